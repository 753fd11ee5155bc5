"""What an index is asked: words, each in the forms that count, and marks that a ticket must bear or must not.

Filters are marks: words that nobody writes, kept beside what was said, so that `status:open` and `sandi` are met in
one walk over the index, however many tickets each of them has alone.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import Protocol


class Part(StrEnum):
    """Where in a ticket something stands, as the index keeps it apart."""

    MARKS = "marks"
    WHO = "who"  # names and addresses
    FILES = "files"  # their names
    SAID = "said"  # subject and messages
    NOTES = "notes"


class Mark(StrEnum):
    """What a mark says of a ticket; the letter it begins with."""

    EVERY = "e"  # each ticket has it
    NUMBER = "n"
    DESK = "d"
    DESK_TEAM = "w"  # desk and second-line team
    TEAM = "t"
    STATUS = "s"
    CATEGORY = "c"
    CHANNEL = "h"
    AGENT = "a"
    TAG = "g"
    PRIORITY = "p"
    CONTACT = "k"
    HAS = "f"  # file, note
    STANDS = "i"  # late, soon late, asleep, spam, merged


NOBODY = ""  # the value of a mark that says there is none


@lru_cache(maxsize=4096)
def mark(kind: Mark, value: str = "") -> str:
    """Return a mark as one word that nobody writes."""
    return f"x{kind}{value.encode().hex()}"


def unmarked(word: str) -> tuple[Mark, str]:
    """Return what a mark says."""
    return Mark(word[1]), bytes.fromhex(word[2:]).decode()


@dataclass(frozen=True, kw_only=True)
class Clause:
    """One of these must occur; each is a word, or several that stand beside each other. Of none, none can."""

    any_of: tuple[tuple[str, ...], ...]
    part: Part | None = None  # None: wherever it stands


def marked(kind: Mark, *values: str) -> Clause:
    return Clause(any_of=tuple((mark(kind, value),) for value in values), part=Part.MARKS)


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What the index is asked. With nothing in it, every ticket is meant."""

    all_of: tuple[Clause, ...] = ()
    none_of: tuple[Clause, ...] = ()
    lowest: int | None = None  # number
    highest: int | None = None

    @property
    def is_vain(self) -> bool:
        """Whether nothing can fulfil it."""
        return any(not clause.any_of for clause in self.all_of)


class Vocabulary(Protocol):
    """The words that an index knows."""

    def known(self, words: Sequence[str]) -> dict[str, int]:
        """Return in how many tickets each of the words stands, of those that stand in any."""

    def beginning(self, start: str, *, most: int) -> tuple[str, ...]:
        """Return words that begin so, those of most tickets first."""

    def near(self, keys: Sequence[str]) -> dict[str, int]:
        """Return the words that are filed under any of these keys (`spelling.keys_of`), with their tickets."""
