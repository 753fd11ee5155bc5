"""Whom somebody means who types what a person is reached at: a number in any writing, a mailbox, an id, a username."""

import re
from typing import Any

from sqlalchemy import func, or_, select

from tickets.tables import Address

_ADDRESSES = Address.__table__  # type: ignore[attr-defined]
_BETWEEN = re.compile(r"[\s().\-/]")
_DIGITS = re.compile(r"\+?[0-9]{7,15}")
_AT_HOME = "+62"  # stands for a leading zero
_MARK = re.compile(r"[0-9@._]")  # a word without any of these is a word
_SHORTEST = 5  # letters of an id


def ids_meant(typed: str) -> tuple[str, ...]:
    """Return the external ids that may be meant, as channels write them; none for what is plain words."""
    words = typed.strip()
    digits = _BETWEEN.sub("", words)
    if _DIGITS.fullmatch(digits):
        bare = digits.removeprefix("+")
        at_home = (f"{_AT_HOME}{bare[1:]}",) if digits.startswith("0") else ()
        return (f"+{bare}", bare, *at_home)
    if len(words) < _SHORTEST or len(words.split()) != 1 or not _MARK.search(words):
        return ()
    return tuple(dict.fromkeys((words, words.lower())))


def contacts_at(typed: str) -> Any | None:
    """Return the contacts who are reached at it, as a query; None if it cannot be an address."""
    ids, handle = ids_meant(typed), typed.strip().removeprefix("@").lower()
    if not ids:
        return None
    return select(_ADDRESSES.c.contact).where(
        or_(_ADDRESSES.c.external_id.in_(ids), func.lower(_ADDRESSES.c.handle) == handle)
    )
