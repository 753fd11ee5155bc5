"""The one-time code by which a contact proves that a mailbox of the directory is theirs.

A code is derived from a key of the installation and a nonce of its own, never stored: neither the ledger nor a backup
of it can give one away. It lives for ten minutes and for five tries, and not many are sent to one contact or mailbox.
"""

import hmac
import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from hashlib import sha256

LIVES = timedelta(minutes=10)
REMEMBERED = timedelta(
    hours=1
)  # for so long a code that is over is answered as such, and not taken for a question
TRIES = 5
DIGITS = 6
PER = timedelta(hours=1)
MOST_FOR_CONTACT = 3  # codes in that time
MOST_FOR_MAILBOX = 3  # from whichever contact

# Six digits, perhaps parted in the middle, with a few words around: "kodenya 123 456 kak".
_TYPED = re.compile(r"(?:[^\W\d]+[ :.,]+){0,4}([0-9]{3})[ -]?([0-9]{3})(?:[ .,!]+[^\W\d]+){0,4}[ .,!]*")


class Try(StrEnum):
    """What became of a code that somebody typed."""

    RIGHT = "right"
    WRONG = "wrong"
    SPENT = "spent"  # tried too often
    EXPIRED = "expired"


@dataclass(frozen=True, kw_only=True)
class Tried:
    result: Try
    left: int  # tries


def derive_key(secret: str) -> bytes:
    """Return the key of an installation's codes."""
    return hmac.digest(secret.encode(), b"one-time codes", sha256)


def code_of(key: bytes, nonce: str) -> str:
    number = int.from_bytes(hmac.digest(key, nonce.encode(), sha256))
    return f"{number % 10**DIGITS:0{DIGITS}}"


def typed_code(text: str) -> str | None:
    """Return the code that a message consists of; None if it says anything else."""
    match = _TYPED.fullmatch(text.strip()) if len(text) <= 80 else None
    return f"{match[1]}{match[2]}" if match else None


def judge(typed: str, *, key: bytes, nonce: str, expires_at: datetime, tries: int, at: datetime) -> Try:
    """Say what a typed code is; `tries`: how often another was typed before. Takes the same time for any."""
    right = hmac.compare_digest(typed, code_of(key, nonce))
    if at >= expires_at:
        return Try.EXPIRED
    if tries >= TRIES:
        return Try.SPENT
    if right:
        return Try.RIGHT
    return Try.WRONG if tries + 1 < TRIES else Try.SPENT


def masked_mailbox(mailbox: str) -> str:
    """Return a mailbox so that its owner knows which one is meant: `a***@students…`."""
    name, _, domain = mailbox.partition("@")
    first, dot, _ = domain.partition(".")
    return f"{name[:1]}***@{first}{'…' if dot else ''}"
