"""Passwords: argon2id, slow on purpose."""

import secrets

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

SHORTEST = 10
LONGEST = 200

_hasher = PasswordHasher()
# Checked against when there is none: a wrong name takes as long as a wrong password.
_NOBODY = _hasher.hash(secrets.token_urlsafe(16))


def hash_password(password: str) -> str:
    """Hash with argon2id. Slow on purpose: for threads, not for the event loop."""
    return _hasher.hash(password)


def fits(kept: str | None, password: str) -> bool:
    """Whether it is the password of which a hash was kept. Slow on purpose, and as slow where none was."""
    try:
        right = _hasher.verify(kept or _NOBODY, password[:LONGEST])
    except (VerificationError, InvalidHashError):
        return False
    return right and kept is not None


def is_long_enough(password: str) -> bool:
    return SHORTEST <= len(password) <= LONGEST
