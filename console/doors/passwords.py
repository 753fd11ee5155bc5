"""Passwords: argon2id, slow on purpose."""

import secrets
from base64 import b64encode
from functools import cached_property

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

SHORTEST = 10
LONGEST = 200


class Passwords:
    """Hashes and checks. Slow on purpose: for threads, not for the event loop."""

    def __init__(self, hasher: PasswordHasher | None = None) -> None:
        self._hasher = hasher or PasswordHasher()

    def hashed(self, password: str) -> str:
        return self._hasher.hash(password)

    def fits(self, kept: str | None, password: str) -> bool:
        """Whether it is the password of which a hash was kept; as slow where none was."""
        try:
            right = self._hasher.verify(kept or self._of_nobody, password[:LONGEST])
        except (VerificationError, InvalidHashError):
            return False
        return right and kept is not None

    @cached_property
    def _of_nobody(self) -> str:
        """What is checked against when there is none: a wrong name takes as long as a wrong password."""
        salt, drawn = (
            b64encode(secrets.token_bytes(length)).decode().rstrip("=")
            for length in (self._hasher.salt_len, self._hasher.hash_len)
        )
        costs = f"m={self._hasher.memory_cost},t={self._hasher.time_cost},p={self._hasher.parallelism}"
        return f"$argon2id$v=19${costs}${salt}${drawn}"


def is_long_enough(password: str) -> bool:
    return SHORTEST <= len(password) <= LONGEST
