"""The questions of a request form, and why an answer to one cannot be taken. Pure."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta
from decimal import Decimal
from enum import StrEnum

from procedures.asking.conditions import Conditions
from procedures.asking.items import COUNT


class Kind(StrEnum):
    """What is asked for."""

    TEXT = "text"  # one line
    PARAGRAPH = "paragraph"
    NUMBER = "number"
    AMOUNT = "amount"  # rupiah
    DATE = "date"
    TIME = "time"
    PERIOD = "period"  # from when to when
    YES_NO = "yes_no"
    CHOICE = "choice"
    CHOICES = "choices"
    RESOURCE = "resource"  # something that can be booked; its choices are the desk's
    RESOURCES = "resources"  # several
    FILE = "file"
    EMAIL = "email"
    PHONE = "phone"
    ITEMS = "items"  # rows of some columns


@dataclass(frozen=True, kw_only=True)
class Choice:
    id: str
    label: Mapping[str, str]  # language → text


@dataclass(frozen=True, kw_only=True)
class Question:
    """One question, in the words of the office."""

    id: str
    ask: Mapping[str, str]  # language → text
    kind: Kind
    label: Mapping[str, str] = field(
        default_factory=dict
    )  # its short name, language → text; left out: its id
    required: bool = True
    choices: tuple[Choice, ...] = ()
    only_if: Conditions | None = None  # asked only where this holds
    least: Decimal | None = None
    most: Decimal | None = None
    ahead: timedelta | None = None  # a date must lie at least so many days after today
    columns: tuple["Question", ...] = ()  # of a list
    product: tuple[str, ...] = ()  # of a column that nobody fills in: the columns that are multiplied

    @property
    def filled(self) -> tuple["Question", ...]:
        """Return the columns that people fill in."""
        return tuple(column for column in self.columns if not column.product)

    @property
    def sums(self) -> Iterator["Question"]:
        """Yield what a list adds up to, under the names by which it is asked for: `barang.harga`, `barang.count`."""
        for column in self.columns:
            if column.kind in COUNTED:
                yield replace(column, id=f"{self.id}.{column.id}")
        if self.columns:
            yield Question(id=f"{self.id}.{COUNT}", ask=self.ask, kind=Kind.NUMBER, label=self.label)


COUNTED = frozenset({Kind.NUMBER, Kind.AMOUNT})
CELLS = frozenset({Kind.TEXT, Kind.CHOICE, *COUNTED})  # what a column may hold


class Fault(StrEnum):
    """Why an answer cannot be taken. Whoever asks has the words for it."""

    EMPTY = "empty"
    TOO_LONG = "too_long"
    NO_NUMBER = "no_number"
    TOO_SMALL = "too_small"
    TOO_LARGE = "too_large"
    NO_DATE = "no_date"
    TOO_SOON = "too_soon"
    NO_TIME = "no_time"
    NO_PERIOD = "no_period"
    NOT_YES_OR_NO = "not_yes_or_no"
    NO_CHOICE = "no_choice"
    NO_EMAIL = "no_email"
    NO_PHONE = "no_phone"
    NO_FILE = "no_file"
    NO_ITEMS = "no_items"
    TOO_MANY = "too_many"


@dataclass(frozen=True, kw_only=True)
class WrongRow:
    """The row of a list that cannot be taken."""

    line: str  # as it was written
    column: Question | None = None  # whose cell is wrong; None: it has more cells than there are columns
    fault: Fault  # of the cell


class AnswerError(ValueError):
    """The answer cannot be taken as it is."""

    def __init__(self, fault: Fault, row: WrongRow | None = None) -> None:
        super().__init__(fault.value)
        self.fault = fault
        self.row = row  # of a list
