"""By whom a message comes (VAPID, RFC 8292): a browser takes messages of the one key alone that it subscribed with."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cached_property

import httpx
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from joserfc import jwt
from joserfc.jwk import ECKey

from channels.push.encryption import CURVE, based, point

LASTS = timedelta(hours=12)  # of the 24 that push services take
_ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551  # of the curve's group
_BYTES = 48  # half as many again as the order has: no key is likelier than another


@dataclass(frozen=True, kw_only=True)
class VapidKey:
    """The key of this installation, and how its operators can be reached."""

    private: ec.EllipticCurvePrivateKey = field(repr=False)
    contact: str | None = None  # an https or mailto URL; None where there is none that the world knows

    @property
    def public(self) -> str:
        """What browsers are given to subscribe with."""
        return based(point(self.private.public_key()))

    def authorization(self, endpoint: str, *, at: datetime) -> str:
        """Return the header with which a message goes to an endpoint."""
        to = httpx.URL(endpoint)
        claims = {"aud": f"{to.scheme}://{to.netloc.decode('ascii')}", "exp": int((at + LASTS).timestamp())}
        if self.contact is not None:
            claims["sub"] = self.contact
        return f"vapid t={jwt.encode({'alg': 'ES256'}, claims, self._signing)}, k={self.public}"

    @cached_property
    def _signing(self) -> ECKey:
        return ECKey.import_key(self.private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))


def vapid_key(secret_key: str, *, contact: str | None) -> VapidKey:
    """Derive the key from that of the installation: the same in every process, after every restart and restore."""
    drawn = HKDF(algorithm=SHA256(), length=_BYTES, salt=None, info=b"tanggap web push").derive(
        secret_key.encode()
    )
    number = int.from_bytes(drawn) % (_ORDER - 1) + 1
    return VapidKey(private=ec.derive_private_key(number, CURVE), contact=contact)
