"""What a provider says of somebody, and whether it may be believed: pure, with the keys and the time as arguments."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from console.sso.settings import MAILBOX, SingleSignOn
from later import Later

if TYPE_CHECKING:
    from joserfc import errors, jwk, jwt
else:
    errors = Later("joserfc.errors")
    jwk = Later("joserfc.jwk")
    jwt = Later("joserfc.jwt")

# Signed with the provider's own key. Never `none`, and never a shared secret: HS256 over a public key is a known trick.
ALGORITHMS = (
    "RS256",
    "RS384",
    "RS512",
    "PS256",
    "PS384",
    "PS512",
    "ES256",
    "ES384",
    "ES512",
    "EdDSA",
    "Ed25519",
)
LEEWAY = 60  # seconds by which clocks may differ


class SignOnError(Exception):
    """Somebody cannot be let in by what came from the provider; `reason` is for the trail and for the page's phrase."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, kw_only=True)
class Signed:
    """Somebody whom the provider has logged in."""

    subject: str  # who they are there, for ever
    known_by: str  # the claim by which the staff knows them, in small letters
    name: str | None


def verified(
    token: str, keys: Mapping[str, Any], settings: SingleSignOn, *, nonce: str, now: datetime
) -> Mapping[str, Any]:
    """Return the claims of an ID token. Raises SignOnError."""
    try:
        decoded = jwt.decode(token, jwk.KeySet.import_key_set(dict(keys)), algorithms=ALGORITHMS)  # type: ignore[arg-type]
        registry = jwt.JWTClaimsRegistry(
            now=int(now.timestamp()),
            leeway=LEEWAY,
            iss={"essential": True, "value": settings.issuer},
            aud={"essential": True, "value": settings.client_id},
            sub={"essential": True},
            exp={"essential": True},
            iat={"essential": True},
            nonce={"essential": True, "value": nonce},
        )
        registry.validate(decoded.claims)
    except (errors.JoseError, ValueError, TypeError, KeyError) as error:
        raise SignOnError(f"token: {type(error).__name__}") from error
    party = decoded.claims.get("azp")
    if party != settings.client_id and (party is not None or _several(decoded.claims["aud"])):
        raise SignOnError("token: for another party")
    return decoded.claims


def signed_in(claims: Mapping[str, Any], settings: SingleSignOn) -> Signed:
    """Return whom the claims are about. Raises SignOnError where they do not say it well enough."""
    known_by = claims.get(settings.claim)
    if not isinstance(known_by, str) or not known_by.strip():
        raise SignOnError(f"no {settings.claim}")
    is_verified = claims.get("email_verified") in (True, "true")
    if settings.claim == MAILBOX and not is_verified and not settings.trusts_mailboxes:
        raise SignOnError("email not verified")
    name = claims.get("name")
    return Signed(
        subject=claims["sub"], known_by=known_by.strip().lower(), name=name if isinstance(name, str) and name else None
    )  # fmt: skip


def says_enough(claims: Mapping[str, Any], settings: SingleSignOn) -> bool:
    """Whether the ID token alone has what is wanted; else the provider is asked for more."""
    return settings.claim in claims and (settings.claim != MAILBOX or "email_verified" in claims)


def _several(audience: object) -> bool:
    return isinstance(audience, list) and len(audience) > 1
