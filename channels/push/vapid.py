"""By whom a message comes (VAPID, RFC 8292): a browser takes messages of the one key alone that it subscribed with."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cached_property
from typing import TYPE_CHECKING

import httpx

from channels.push.encryption import based, curve, derived, point
from later import Later

if TYPE_CHECKING:
    from cryptography.hazmat.primitives import serialization
    from cryptography.hazmat.primitives.asymmetric import ec
    from joserfc import jwk, jwt
else:
    ec = Later("cryptography.hazmat.primitives.asymmetric.ec")
    jwk = Later("joserfc.jwk")
    jwt = Later("joserfc.jwt")
    serialization = Later("cryptography.hazmat.primitives.serialization")

LASTS = timedelta(hours=12)  # of the 24 that push services take
_ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551  # of the curve's group
_BYTES = 48  # half as many again as the order has: no key is likelier than another


@dataclass(frozen=True, kw_only=True)
class VapidKey:
    """The key of this installation, and how its operators can be reached.

    It is derived from that of the installation: the same in every process, after every restart and restore.
    """

    secret_key: str = field(repr=False)  # the installation's
    contact: str | None = None  # an https or mailto URL; None where there is none that the world knows

    @cached_property
    def public(self) -> str:
        """What browsers are given to subscribe with."""
        return based(point(self._private.public_key()))

    def authorization(self, endpoint: str, *, at: datetime) -> str:
        """Return the header with which a message goes to an endpoint."""
        to = httpx.URL(endpoint)
        claims = {"aud": f"{to.scheme}://{to.netloc.decode('ascii')}", "exp": int((at + LASTS).timestamp())}
        if self.contact is not None:
            claims["sub"] = self.contact
        return f"vapid t={jwt.encode({'alg': 'ES256'}, claims, self._signing)}, k={self.public}"

    @cached_property
    def _private(self) -> "ec.EllipticCurvePrivateKey":
        drawn = derived(self.secret_key.encode(), salt=None, info=b"tanggap web push", length=_BYTES)
        number = int.from_bytes(drawn) % (_ORDER - 1) + 1
        return ec.derive_private_key(number, curve())

    @cached_property
    def _signing(self) -> "jwk.ECKey":
        written = self._private.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        return jwk.ECKey.import_key(written)
