"""What pages of settings are made of: groups of fields, and short ways to describe the usual ones."""

from dataclasses import dataclass

from console.settings.fields import Field, Kind, Rows
from tickets.clocks import FIRST_RESPONSE, NEXT_RESPONSE, RESOLUTION

COUNTS = ("operating", "calendar")


@dataclass(frozen=True, kw_only=True)
class Group:
    """Fields that belong together, under a heading."""

    key: str  # of its name
    items: tuple[Field | Rows, ...]


@dataclass(frozen=True, kw_only=True)
class Page:
    key: str
    keys: tuple[str, ...]  # of the file, all that are changed as one text here
    groups: tuple[Group, ...] = ()

    @property
    def fields(self) -> tuple[Field, ...]:
        return tuple(item for group in self.groups for item in group.items if isinstance(item, Field))

    @property
    def rows(self) -> tuple[Rows, ...]:
        return tuple(item for group in self.groups for item in group.items if isinstance(item, Rows))


def text(
    *path: str, sample: str = "", usual: str = "", nullable: bool = False, only: tuple[str, ...] = ()
) -> Field:
    return Field(path=path, sample=sample, usual=usual, nullable=nullable, only=only)


def secret(*path: str, sample: str, only: tuple[str, ...] = ()) -> Field:
    return Field(path=path, kind=Kind.VARIABLE, sample=sample, only=only)


def choice(*path: str, choices: tuple[str, ...], usual: str = "") -> Field:
    return Field(path=path, kind=Kind.CHOICE, choices=choices, usual=usual)


def flag(*path: str, usual: bool) -> Field:
    return Field(path=path, kind=Kind.FLAG, choices=("true", "false"), usual="true" if usual else "false")


def number(*path: str, sample: str = "", usual: str = "") -> Field:
    return Field(path=path, kind=Kind.NUMBER, sample=sample, usual=usual)


def date(*path: str) -> Field:
    return Field(path=path, kind=Kind.DATE, sample="2026-12-31")


def items(*path: str, sample: str = "") -> Field:
    return Field(path=path, kind=Kind.LIST, sample=sample)


def some(*path: str, sample: str = "") -> Field:
    """One value, or a list of them."""
    return Field(path=path, kind=Kind.LIST, sample=sample, is_loose=True)


def _promise(*path: str) -> tuple[Field, Field]:
    return text(*path, "within", sample="15m"), choice(*path, "counts", choices=COUNTS, usual="operating")


def promises(*path: str) -> tuple[Field, ...]:
    return tuple(
        field for kind in (FIRST_RESPONSE, NEXT_RESPONSE, RESOLUTION) for field in _promise(*path, kind)
    )
