"""Messages to one browser, closed with the keys that it gave: RFC 8291, one record of `aes128gcm` (RFC 8188)."""

import base64
import binascii
import os
import struct
from dataclasses import dataclass
from typing import TYPE_CHECKING

from channels.destinations import ForbiddenDestinationError, destination
from later import Later

if TYPE_CHECKING:
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec
    from cryptography.hazmat.primitives.ciphers import aead
    from cryptography.hazmat.primitives.kdf import hkdf
else:
    aead = Later("cryptography.hazmat.primitives.ciphers.aead")
    ec = Later("cryptography.hazmat.primitives.asymmetric.ec")
    hashes = Later("cryptography.hazmat.primitives.hashes")
    hkdf = Later("cryptography.hazmat.primitives.kdf.hkdf")
    serialization = Later("cryptography.hazmat.primitives.serialization")

LONGEST_ENDPOINT = 1000  # characters
LONGEST_MESSAGE = 3000  # bytes; every push service takes 4096 of the closed message
_SECRET = 16  # bytes
_SALT = 16
_RECORD = 4096
_LAST_RECORD = b"\x02"


class SubscriptionError(ValueError):
    """A browser's subscription that nothing can be sent to."""


@dataclass(frozen=True, kw_only=True)
class Subscription:
    """Where a browser takes messages, and the keys that close them."""

    endpoint: str
    public_key: "ec.EllipticCurvePublicKey"
    secret: bytes

    def __repr__(self) -> str:
        return "Subscription()"  # who knows the endpoint may try to send to it


def read_subscription(endpoint: str, p256dh: str, auth: str) -> Subscription:
    """Read what a browser says of itself. Raises SubscriptionError."""
    if len(endpoint) > LONGEST_ENDPOINT or not endpoint.isascii() or not endpoint.isprintable():
        raise SubscriptionError("the endpoint is no address")
    try:
        destination(endpoint, frozenset())
        secret = unbased(auth)
        key = ec.EllipticCurvePublicKey.from_encoded_point(curve(), unbased(p256dh))
    except ForbiddenDestinationError as error:
        raise SubscriptionError(str(error)) from error
    except ValueError as error:
        raise SubscriptionError("the keys are none of this curve") from error
    if len(secret) != _SECRET:
        raise SubscriptionError("the secret is not as long as it should be")
    return Subscription(endpoint=endpoint, public_key=key, secret=secret)


def is_sound(endpoint: str, p256dh: str, auth: str) -> bool:
    """Whether a browser's subscription is one."""
    try:
        read_subscription(endpoint, p256dh, auth)
    except SubscriptionError:
        return False
    return True


def closed(
    message: bytes,
    subscription: Subscription,
    *,
    ours: "ec.EllipticCurvePrivateKey | None" = None,
    salt: bytes | None = None,
) -> bytes:
    """Close a message for one browser; `ours` and `salt` are new for every message."""
    if len(message) > LONGEST_MESSAGE:
        raise ValueError("the message is too long")
    ours, salt = ours or ec.generate_private_key(curve()), salt or os.urandom(_SALT)
    our_point, their_point = point(ours.public_key()), point(subscription.public_key)
    shared = ours.exchange(ec.ECDH(), subscription.public_key)
    between = derived(
        shared, salt=subscription.secret, info=b"WebPush: info\0" + their_point + our_point, length=32
    )
    key = derived(between, salt=salt, info=b"Content-Encoding: aes128gcm\0", length=16)
    nonce = derived(between, salt=salt, info=b"Content-Encoding: nonce\0", length=12)
    header = salt + struct.pack("!IB", _RECORD, len(our_point)) + our_point
    return header + aead.AESGCM(key).encrypt(nonce, message + _LAST_RECORD, None)


def curve() -> "ec.EllipticCurve":
    """Return the one curve of web push, P-256."""
    return ec.SECP256R1()


def point(key: "ec.EllipticCurvePublicKey") -> bytes:
    """Return a public key as browsers write it."""
    return key.public_bytes(serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint)


def derived(secret: bytes, *, salt: bytes | None, info: bytes, length: int) -> bytes:
    """Return so many bytes of a key that a secret gives for one purpose (RFC 5869)."""
    return hkdf.HKDF(algorithm=hashes.SHA256(), length=length, salt=salt, info=info).derive(secret)


def based(content: bytes) -> str:
    """Write bytes as browsers do: Base64 for URLs, without padding."""
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()


def unbased(written: str) -> bytes:
    """Read what `based` writes. Raises ValueError."""
    try:
        return base64.b64decode(
            written.rstrip("=") + "=" * (-len(written.rstrip("=")) % 4), b"-_", validate=True
        )
    except binascii.Error as error:
        raise ValueError("no Base64") from error
