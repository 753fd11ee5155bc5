"""The import itself: every row is checked before the first is written, then tickets are written some at a time.

Nothing is kept of the file but the keys that were seen, in a database of its own that grows on disk: a file may be as
large as it likes.
"""

import sqlite3
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import partial
from itertools import islice
from pathlib import Path

from bot.importing.mapping import MESSAGES, Plan
from bot.importing.reading import Mistake, Read, read_tickets
from bot.importing.rows import opened_rows
from reports.progress import Stage, Tell, told, unheard
from tickets.actions.importing import IMPORT, PastTicket, take_over
from tickets.desk import DeskNow
from tickets.ledger.store import Ledger
from tickets.ledger.tx import Tx

AT_ONCE = 100  # tickets of one transaction: messages that come in meanwhile wait for no more than that
MOST_TOLD = 40  # kinds of mistakes


@dataclass
class Checked:
    """What a file holds, and what is wrong with it."""

    tickets: int = 0
    messages: int = 0
    bad: int = 0  # tickets with mistakes
    first_at: datetime | None = None  # of the oldest ticket
    last_at: datetime | None = None  # of the newest
    channels: Counter[str] = field(default_factory=Counter)
    categories: Counter[str | None] = field(default_factory=Counter)
    mistakes: dict[str, Mistake] = field(default_factory=dict)  # the first of each kind
    often: Counter[str] = field(default_factory=Counter)  # of each kind

    def add(self, read: Read) -> None:
        if read.ticket is None:
            self.bad += 1
            for mistake in read.mistakes:
                self._note(mistake)
            return
        at = read.ticket.created_at
        self.tickets += 1
        self.messages += len(read.ticket.messages)
        self.first_at = min(self.first_at or at, at)
        self.last_at = max(self.last_at or at, at)
        self.channels[str(read.ticket.channel)] += 1
        self.categories[read.ticket.category] += 1

    def _note(self, mistake: Mistake) -> None:
        if mistake.kind in self.mistakes or len(self.mistakes) < MOST_TOLD * 25:
            self.mistakes.setdefault(mistake.kind, mistake)
            self.often[mistake.kind] += 1


@dataclass(frozen=True, kw_only=True)
class Written:
    """What is here of a file by now."""

    tickets: int = 0
    known: int = 0  # were here already, from an import before

    @property
    def here(self) -> int:
        return self.tickets + self.known


def check(
    path: Path,
    plan: Plan,
    *,
    now: datetime,
    note: Callable[[Read], None] = lambda _: None,
    tell: Tell = unheard,
) -> Checked:
    """Read the whole file, write nothing, and note each ticket. Raises UnreadableFileError."""
    found = Checked()
    for read in told(_each_once(path, plan, now), Stage.CHECKING, of=None, tell=tell):
        found.add(read)
        note(read)
    return found


def write(path: Path, plan: Plan, *, ledger: Ledger, desk: DeskNow, now: datetime) -> Iterator[Written]:
    """Write what is right in the file and not here yet, some tickets at a time, and yield what is here after each. Blocking."""
    tickets = (read.ticket for read in _each_once(path, plan, now) if read.ticket is not None)
    written = Written()
    while some := list(islice(tickets, AT_ONCE)):
        new = ledger.write_blocking(partial(_take_over, some=some, desk=desk, now=now), name="import")
        written = Written(tickets=written.tickets + new, known=written.known + len(some) - new)
        yield written


def _take_over(tx: Tx, some: list[PastTicket], desk: DeskNow, now: datetime) -> int:
    numbers = [take_over(tx, past, desk=desk, by=IMPORT, at=now) for past in some]
    return sum(number is not None for number in numbers)


def _each_once(path: Path, plan: Plan, now: datetime) -> Iterator[Read]:
    """Yield the tickets of a file; one whose rows stand in several places is a mistake at each of those."""
    with opened_rows(path, plan) as rows, closing(sqlite3.connect("")) as seen:
        seen.execute("CREATE TABLE seen (key TEXT PRIMARY KEY, line INTEGER) WITHOUT ROWID")
        for read in read_tickets(rows, plan, now=now):
            before = seen.execute("SELECT line FROM seen WHERE key = ?", (read.key,)).fetchone()
            if before is None:
                seen.execute("INSERT INTO seen VALUES (?, ?)", (read.key, read.line))
                yield read
            else:
                again = _again(read, plan, first=before[0])
                yield replace(read, ticket=None, mistakes=(again,))


def _again(read: Read, plan: Plan, *, first: int) -> Mistake:
    says = f"the ticket {read.key[:60]} stands in line {first} already"
    if plan.rows == MESSAGES:
        says += "; sort the file by its tickets"
    return Mistake(line=read.line, kind="the ticket stands further up already", says=says)
