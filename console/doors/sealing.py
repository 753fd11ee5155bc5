"""Sealing small secrets with a key of the installation: who reads the database, or a page's source, reads nothing."""

import base64
import json
import os
from typing import TYPE_CHECKING, Any

from later import Later

if TYPE_CHECKING:
    from cryptography import exceptions
    from cryptography.hazmat.primitives import hashes
    from cryptography.hazmat.primitives.ciphers import aead
    from cryptography.hazmat.primitives.kdf import hkdf
else:
    aead = Later("cryptography.hazmat.primitives.ciphers.aead")
    exceptions = Later("cryptography.exceptions")
    hashes = Later("cryptography.hazmat.primitives.hashes")
    hkdf = Later("cryptography.hazmat.primitives.kdf.hkdf")

_NONCE = 12  # bytes


class Sealer:
    """Seals for one purpose: AES-256-GCM under a key that is derived from the installation's for nothing else."""

    def __init__(self, secret_key: str, purpose: str) -> None:
        derived = hkdf.HKDF(
            algorithm=hashes.SHA256(), length=32, salt=None, info=f"tanggap {purpose}".encode()
        )
        self._cipher = aead.AESGCM(derived.derive(secret_key.encode()))

    def seal(self, content: Any, *, of: str) -> str:
        """Seal a JSON value; `of` is whose it is, and it opens as nobody else's."""
        nonce = os.urandom(_NONCE)
        sealed = self._cipher.encrypt(nonce, json.dumps(content).encode(), of.encode())
        return base64.urlsafe_b64encode(nonce + sealed).decode()

    def open(self, sealed: str, *, of: str) -> Any:
        """Return what was sealed; None for what is not ours, not theirs, or sealed under another key."""
        try:
            content = base64.urlsafe_b64decode(sealed.encode())
            return json.loads(self._cipher.decrypt(content[:_NONCE], content[_NONCE:], of.encode()))
        except (ValueError, exceptions.InvalidTag):
            return None
