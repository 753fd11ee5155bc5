"""What another system of the house says about who a visitor is: a JSON web token, signed with a secret that both share.

The learning management system knows who has logged in, and says so for a quarter of an hour at most, once if it gives
the token a name (`jti`). Whatever is not right about a token is refused; nobody is taken for anybody on a part of one.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from later import Later
from tickets.message import Vouched

if TYPE_CHECKING:
    import jwt
else:
    jwt = Later("jwt")

LASTS = 15 * 60  # seconds from now to which a token may be good
_LEEWAY = 60  # seconds by which two clocks may differ
_LONGEST = 4000  # characters of a token
_FIELDS = {"name": 100, "email": 254, "number": 30, "unit": 100}  # claims, and how long each may be
_DECODING = {
    f"verify_{claim}": False for claim in ("exp", "nbf", "iat", "aud", "iss", "sub", "jti")
}  # done here


class BadTokenError(Exception):
    """The token is not one by which somebody could be known."""


@dataclass(frozen=True, kw_only=True)
class Word:
    """What a token says."""

    vouched: Vouched
    once: str | None = None  # by which it is known again; None: it may be shown as often as it is good


def word_of(token: str, secrets: Sequence[str], *, desk: str, issuer: str | None = None, now: float) -> Word:
    """Return what a token says, of whichever issuer if none is named. Raises BadTokenError."""
    if len(token) > _LONGEST:
        raise BadTokenError("longer than a token is")
    claims = next((found for secret in secrets if (found := _signed(token, secret)) is not None), None)
    if claims is None:
        raise BadTokenError("not signed with the desk's secret (HS256)")
    if issuer is not None and claims.get("iss") != issuer:
        raise BadTokenError(f"iss must be {issuer}")
    _check_meant_for(claims, desk=desk, now=now)
    vouched = Vouched(
        subject=_name(claims, "sub", "the person"), **{field: _text(claims, field) for field in _FIELDS}
    )
    name = _name(claims, "jti", "the token") if claims.get("jti") is not None else None
    return Word(vouched=vouched, once=None if name is None else hashlib.sha256(name.encode()).hexdigest())


def _signed(token: str, secret: str) -> Mapping[str, Any] | None:
    """Return the claims of a token that this secret signed; the comparison takes the same time for any."""
    try:
        return jwt.decode(token, secret, algorithms=["HS256"], options=_DECODING)  # type: ignore[arg-type]
    except jwt.PyJWTError:
        return None


def _check_meant_for(claims: Mapping[str, Any], *, desk: str, now: float) -> None:
    audience = claims.get("aud")
    if desk not in (audience if isinstance(audience, list) else [audience]):
        raise BadTokenError(f"aud must be {desk}")
    expires = _instant(claims, "exp")
    if expires is None or expires > now + LASTS + _LEEWAY:
        raise BadTokenError(f"exp must be there, at most {LASTS} seconds from now")
    if expires <= now - _LEEWAY:
        raise BadTokenError("it has expired")
    for name in ("nbf", "iat"):
        begins = _instant(claims, name)
        if begins is not None and begins > now + _LEEWAY:
            raise BadTokenError(f"it is not good yet ({name})")


def _name(claims: Mapping[str, Any], claim: str, what: str) -> str:
    value = claims.get(claim)
    if not isinstance(value, str) or not 0 < len(value.strip()) <= 200:
        raise BadTokenError(f"{claim} must name {what} by a text of at most 200 characters")
    return value.strip()


def _instant(claims: Mapping[str, Any], name: str) -> float | None:
    value = claims.get(name)
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise BadTokenError(f"{name} must be a number of seconds")
    return float(value)


def _text(claims: Mapping[str, Any], name: str) -> str | None:
    """Return a claim as one line; a number of a person may be written as one, or be called NIM."""
    value = claims.get(name, claims.get("nim") if name == "number" else None)
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, str | int):
        raise BadTokenError(f"{name} must be a text")
    text = " ".join(str(value).split())
    if len(text) > _FIELDS[name] or not text.isprintable():
        raise BadTokenError(f"{name} may have {_FIELDS[name]} characters")
    return (text.lower() if name == "email" else text) or None
