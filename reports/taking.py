"""The tickets of a month are read in pages, each by whoever is free: this process, or its helper.

Which tickets they are is settled before, so that a page has its place wherever it is read.
"""

import tempfile
from array import array
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any, Protocol

from sqlmodel import Session

from reports.helper import Answers
from reports.progress import Progress, Stage, Tell, unheard
from reports.reckoning import Reckoning
from reports.rows import PAGE, Names, TicketRow, rows_of
from reports.tally import Tally


class Use(Protocol):
    """What is made of rows beside figures. It goes by its value to whoever takes some of them."""

    def begin(self, rows: Sequence[TicketRow]) -> None:
        """Look at the first page, before anything is made of any."""

    def write(self, before: int, rows: Sequence[TicketRow]) -> Any:
        """Make of a page, before which there are so many tickets, what `gather` will need."""

    def gather(self, written: Sequence[Any]) -> None:
        """Put together what was made of all pages, in their order."""


class Unused:
    """Nothing is made of rows but figures."""

    def begin(self, rows: Sequence[TicketRow]) -> None:
        pass

    def write(self, before: int, rows: Sequence[TicketRow]) -> None:
        pass

    def gather(self, written: Sequence[None]) -> None:
        pass


UNUSED = Unused()


@dataclass(frozen=True, kw_only=True)
class Pages:
    """Which tickets are to be read, and how."""

    numbers: "array[int]"  # of all tickets, oldest first
    now: datetime
    names: Names
    identities: bool
    turns: Path | None = None  # a folder in which whoever takes a page says so; None: nobody else takes any
    size: int = PAGE

    def mine(self) -> Iterator[int]:
        """Yield how many tickets there are before each page that falls to whoever asks."""
        return (before for before in range(0, len(self.numbers), self.size) if self._is_free(before))

    def _is_free(self, before: int) -> bool:
        if self.turns is None:
            return True
        try:
            (self.turns / str(before)).touch(exist_ok=False)
        except FileExistsError:
            return False
        return True


@dataclass(kw_only=True)
class Taken:
    """What came of the pages that somebody took."""

    tally: Tally
    written: dict[int, Any] = field(default_factory=dict)  # by how many tickets are before the page

    def add(self, other: "Taken") -> None:
        self.tally.merge(other.tally)
        self.written.update(other.written)


def take_all(session: Session, answers: Answers, pages: Pages, use: Use, tell: Tell = unheard) -> Tally:
    """Read all pages and count their tickets, `use` them, and `tell` how far it is; a helper takes its share."""
    with _shared(pages, among=answers) as shared:
        taken = _taken(session, answers, shared, use, tell)
    use.gather([taken.written[before] for before in sorted(taken.written)])
    return taken.tally


def _taken(session: Session, answers: Answers, pages: Pages, use: Use, tell: Tell) -> Taken:
    many, reading, theirs = len(pages.numbers), _Reading(session, pages, use), None
    for before in pages.mine():
        tell(Progress(what=Stage.READING, done=before, of=many))
        rows = reading.rows(before)
        if before == 0:
            use.begin(rows)
            theirs = answers.ask(partial(_take, pages=pages, use=use)) if answers.is_apart else None
        reading.take(before, rows)
    if theirs is not None:
        reading.taken.add(theirs.result())
    tell(Progress(what=Stage.READING, done=many, of=many))
    return reading.taken


def _take(session: Session, *, pages: Pages, use: Use) -> Taken:
    """Take what is left of the pages."""
    reading = _Reading(session, pages, use)
    for before in pages.mine():
        reading.take(before, reading.rows(before))
    return reading.taken


class _Reading:
    """Somebody's share of the pages."""

    def __init__(self, session: Session, pages: Pages, use: Use) -> None:
        self.taken = Taken(tally=Tally(pages.names))
        self._session, self._pages, self._use = session, pages, use
        self._reckoning = Reckoning(session, now=pages.now)

    def rows(self, before: int) -> Sequence[TicketRow]:
        pages = self._pages
        return rows_of(
            self._session, pages.numbers[before : before + pages.size], reckoning=self._reckoning, names=pages.names,
            identities=pages.identities,
        )  # fmt: skip

    def take(self, before: int, rows: Sequence[TicketRow]) -> None:
        for row in rows:
            self.taken.tally.add(row)
        self.taken.written[before] = self._use.write(before, rows)


@contextmanager
def _shared(pages: Pages, *, among: Answers) -> Iterator[Pages]:
    """Have pages that are shared with a helper, where there is one."""
    if not among.is_apart:
        yield pages
        return
    with tempfile.TemporaryDirectory(prefix="tanggap-report-") as folder:
        yield replace(pages, turns=Path(folder))
