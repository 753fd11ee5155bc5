"""What a directory is, written against three of them at once; beside it a directory on paper, for tests.

A directory answers who has a number or a mailbox. It says no more than that: whether the contact is this person is
decided elsewhere. Its two errors are those of the channels. `Deferred`: it could not be asked now, later perhaps.
`RefusedByProvider`: it will not be asked like this, somebody has to mend the settings. What it says comes from outside
and is bounded here: one line a field, few entries an answer.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

MOST_ENTRIES = (
    5  # of one answer: who is looked up by number or mailbox is one person, or a question for an agent
)
LONGEST_FIELD = 200
FIELDS = ("number", "name", "email", "unit", "status")


@dataclass(frozen=True, kw_only=True)
class Entry:
    """A person as the directory has them. No field is guaranteed."""

    number: str | None = None  # NIM or NIP, digits only
    name: str | None = None
    email: str | None = None  # lower case
    unit: str | None = None
    status: str | None = None  # the directory's own word: mahasiswa, dosen, nonaktif, …


class Directory(Protocol):
    """Asked by number or by mailbox, never by both; a number is digits, a mailbox in lower case."""

    async def find(self, *, number: str | None = None, email: str | None = None) -> tuple[Entry, ...]:
        """Return who has this number, or this mailbox; nobody is an answer. Raises Deferred or RefusedByProvider."""

    async def state(self) -> str:
        """Say in a sentence that it can be asked, for the operator. Raises like `find`."""


class PaperDirectory:
    """A directory of a few entries that a test writes down, and out of reach when told to be."""

    def __init__(self, *entries: Entry) -> None:
        self.entries = list(entries)
        self.fails_with: Exception | None = None
        self.asked = 0

    async def find(self, *, number: str | None = None, email: str | None = None) -> tuple[Entry, ...]:
        self.asked += 1
        if self.fails_with is not None:
            raise self.fails_with
        if number is not None:
            return tuple(entry for entry in self.entries if entry.number == number)[:MOST_ENTRIES]
        return tuple(entry for entry in self.entries if email and entry.email == email)[:MOST_ENTRIES]

    async def state(self) -> str:
        if self.fails_with is not None:
            raise self.fails_with
        return f"{len(self.entries)} entries on paper."


def entry_of(
    *,
    number: object = None,
    name: object = None,
    email: object = None,
    unit: object = None,
    status: object = None,
) -> Entry:
    """Make an entry of what a directory says: cut, on one line, a number as digits, a mailbox in lower case."""
    mailbox = _line(email)
    return Entry(
        number=digits_of(_line(number)),
        name=_line(name),
        email=mailbox.lower() if mailbox and "@" in mailbox else None,
        unit=_line(unit),
        status=_line(status),
    )


def digits_of(text: str | None) -> str | None:
    """Return a number as it is compared: `135.19.001` and `135 19 001` are 13519001."""
    return "".join(each for each in text or "" if each.isascii() and each.isdigit()) or None


def first_of(values: Iterable[object]) -> object:
    """Return the first value that says anything."""
    return next((value for value in values if _line(value)), None)


def _line(value: object) -> str | None:
    if value is None or isinstance(value, bool | list | dict):
        return None
    text = " ".join("".join(each if each.isprintable() else " " for each in str(value)).split())
    return text[:LONGEST_FIELD] or None
