"""What the kinds of records have in common: columns, and lines that are read of some days, the oldest first."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from reports.columns import Kind, Value
from reports.exports.filtered import EVERY, Only
from reports.handed import Known
from reports.labels import Language
from reports.measures import names_of
from reports.rows import Names
from tickets.desk import Desk

Cells = Sequence[Value]  # in the order of the columns


@dataclass(frozen=True, kw_only=True)
class Column:
    key: str  # the header of csv, the key in jsonl
    kind: Kind
    for_people: bool = True  # False: an id beside a name; not in the workbook


@dataclass(frozen=True, kw_only=True)
class Whose:
    """A desk of which an export is, what is known of its ids, and which of its tickets are meant."""

    desk: Desk
    known: Known
    only: Only = EVERY


@dataclass(frozen=True, kw_only=True)
class Reading:
    """What is read of which desk, between which instants, and what is known of its ids."""

    session: Session
    desk: Desk
    start_at: datetime
    end_at: datetime
    now: datetime
    known: Known
    only: Only
    identities: bool
    language: Language  # of what people read

    @property
    def names(self) -> Names:
        known = self.known
        return names_of(self.desk, category_names=known.category_names, staff_names=known.staff_names)


@dataclass(frozen=True, kw_only=True)
class Records:
    """One kind of records."""

    columns: Sequence[Column]
    lines: Callable[[Reading], Iterator[Cells]]
    count: Callable[[Reading], int]  # how many lines there are, whatever words they are asked for by

    def of_desks(self) -> "Records":
        """Return these with the desk before each line: for an export of several."""

        def lines(reading: Reading) -> Iterator[Cells]:
            return ((reading.desk.slug, reading.desk.name, *line) for line in self.lines(reading))

        return Records(columns=(*_DESK, *self.columns), lines=lines, count=self.count)


_DESK = (
    Column(key="desk", kind=Kind.TEXT, for_people=False),
    Column(key="desk_name", kind=Kind.TEXT),
)
