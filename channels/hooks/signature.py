"""Signatures as the Standard Webhooks specification has them: HMAC-SHA256 over `id.timestamp.body`.

A secret is written `whsec_` and Base64, so that every library of the specification reads it as we do. A header may
hold several signatures, separated by spaces: that is how a sender changes its secret without losing anything.
"""

import base64
import binascii
import hashlib
import hmac
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

PREFIX = "whsec_"
SHORTEST_KEY = 24  # bytes, as the specification asks for
ID, TIMESTAMP, SIGNATURE = "webhook-id", "webhook-timestamp", "webhook-signature"
TOLERANCE = timedelta(minutes=5)
_LONGEST_ID = 200


class SignatureError(Exception):
    """What came is not signed by whom we know, or not now. `reason` is a fixed word for logs and metrics."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class SecretError(ValueError):
    """A secret is `whsec_` and the Base64 of at least 24 bytes."""


def key_of(secret: str) -> bytes:
    """Return the key that a secret stands for. Raises SecretError."""
    if not secret.startswith(PREFIX):
        raise SecretError
    try:
        key = base64.b64decode(secret.removeprefix(PREFIX), validate=True)
    except binascii.Error as error:
        raise SecretError from error
    if len(key) < SHORTEST_KEY:
        raise SecretError
    return key


def signature(secret: str, *, id: str, timestamp: str, body: bytes) -> str:  # noqa: A002  the word of the specification
    """Return `v1,…` for a message."""
    signed = b".".join((id.encode(), timestamp.encode(), body))
    return "v1," + base64.b64encode(hmac.digest(key_of(secret), signed, hashlib.sha256)).decode()


def headers(secret: str, *, id: str, body: bytes, at: datetime) -> dict[str, str]:  # noqa: A002
    """Return the three headers with which a message goes out at an instant."""
    timestamp = str(int(at.timestamp()))
    signed = signature(secret, id=id, timestamp=timestamp, body=body)
    return {ID: id, TIMESTAMP: timestamp, SIGNATURE: signed}


def verified_id(secret: str, given: Mapping[str, str], body: bytes, *, now: datetime) -> str:
    """Return the id of a message whose headers prove it genuine and fresh. Raises SignatureError."""
    id_, timestamp = given.get(ID, ""), given.get(TIMESTAMP, "")
    if not id_ or len(id_) > _LONGEST_ID or not id_.isprintable() or not timestamp.isdecimal():
        raise SignatureError("headers")
    ours = signature(secret, id=id_, timestamp=timestamp, body=body).encode()
    theirs = [each.encode() for each in given.get(SIGNATURE, "").split()]
    if not any(hmac.compare_digest(ours, each) for each in theirs):
        raise SignatureError("signature")
    if abs(now - _instant(timestamp)) > TOLERANCE:
        raise SignatureError("timestamp")
    return id_


def _instant(timestamp: str) -> datetime:
    try:
        return datetime.fromtimestamp(int(timestamp[:12]), UTC)
    except (OverflowError, ValueError):  # year 10000 and later
        raise SignatureError("timestamp") from None
