"""What a look-up in the directory says about a contact's identity: words for it, and nothing that is decided.

Who compares is `bot.directory.likeness`, who writes down and who overrules stands in `actions.identity`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

_SHORTEST_SHOWN = 8  # digits; of a shorter number the ends give too much away


class Source(StrEnum):
    """Whose word it is. A machine's look-up gives way to a person's word and to a proof."""

    DIRECTORY = "directory"
    PERSON = "person"
    LMS = "lms"  # the site from which they write has logged them in
    CODE = "code"  # whoever writes can read the mailbox that the directory has


class Outcome(StrEnum):
    VERIFIED = "verified"
    MISMATCH = "mismatch"  # the number is there, and it is somebody else's
    NOT_FOUND = "not_found"
    UNCHECKED = "unchecked"  # too little was said to tell


class Likeness(StrEnum):
    """How what a contact says of themselves compares with what the directory has, field by field."""

    SAME = "same"
    PARTLY = "partly"  # one name of several
    DIFFERENT = "different"
    NOT_SAID = "not_said"  # the contact did not say it
    NOT_LISTED = "not_listed"  # the directory does not have it


def masked(number: str) -> str:
    """Return an identity number for places where others read along: `13519001` gives `135•••01`."""
    digits = "".join(each for each in number if each.isdigit())
    return f"{digits[:3]}•••{digits[-2:]}" if len(digits) >= _SHORTEST_SHOWN else "•••"


@dataclass(frozen=True, kw_only=True)
class Listed:
    """A person as the directory has them."""

    number: str | None = None
    name: str | None = None
    email: str | None = None
    unit: str | None = None
    status: str | None = None

    @property
    def key(self) -> str | None:
        """What names the entry: two addresses that are proven to be of one key are of one person."""
        return self.number or self.email


@dataclass(frozen=True, kw_only=True)
class Finding:
    outcome: Outcome
    compared: Mapping[str, str] = field(default_factory=dict)  # number, name, email, unit → a Likeness
    listed: Listed | None = None  # whom the directory has there
