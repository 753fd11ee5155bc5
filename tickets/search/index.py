"""The index of a ledger: follows the history, and is asked.

It is behind the history until somebody calls `advance`, and may be thrown away at any time. A new one is built from the
tickets themselves, the newest first, so that it serves before it is whole; what happens meanwhile is followed after.
"""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, Self

from sqlalchemy import bindparam, func, select
from sqlmodel import Session

from tickets.ledger.store import Ledger
from tickets.search.asked import Asked
from tickets.search.documents import documents
from tickets.search.file_index import FileIndex
from tickets.search.matches import Found
from tickets.search.progress import Progress
from tickets.search.table_index import TableIndex
from tickets.tables import Event, Ticket

AT_ONCE = 1_000  # events followed, or tickets built, in one turn
_OF_CONTACT = 500  # tickets that follow when a contact is called otherwise

_EVENTS = Event.__table__  # type: ignore[attr-defined]
_TICKETS = Ticket.__table__  # type: ignore[attr-defined]
_NEWEST_EVENT = select(func.coalesce(func.max(_EVENTS.c.id), 0))
_NEW = (
    select(_EVENTS.c.id, _EVENTS.c.kind, _EVENTS.c.ticket, _EVENTS.c.subject, _EVENTS.c.data)
    .where(_EVENTS.c.id > bindparam("position"))
    .order_by(_EVENTS.c.id)
    .limit(bindparam("most"))
)
_BELOW = (
    select(_TICKETS.c.number)
    .where(_TICKETS.c.number < bindparam("below"))
    .order_by(_TICKETS.c.number.desc())
    .limit(bindparam("most"))
)
_OF = (
    select(_TICKETS.c.number)
    .where(_TICKETS.c.contact == bindparam("contact"))
    .order_by(_TICKETS.c.number.desc())
    .limit(_OF_CONTACT)
)
_ABOVE_ALL = 2**62
_NOT_FOUND_BY = frozenset({"delivery.sent", "delivery.delivered", "delivery.read"})
_OF_WHO = frozenset(  # what changes how all tickets of a contact are found
    f"contact.{what}" for what in ("identified", "joined", "parted", "renumbered", "number_lost")
)


class SearchIndex:
    """Any thread may ask it; one at a time should advance it."""

    def __init__(self, ledger: Ledger, kept: FileIndex | TableIndex, *, at_once: int) -> None:
        self._ledger, self._at_once = ledger, at_once
        self.words = kept  # what it knows of words

    @classmethod
    def open(cls, ledger: Ledger, path: Path, *, at_once: int = AT_ONCE) -> Self:
        """Open the index of a ledger; `path` is where it lies beside a ledger on SQLite."""
        kept = TableIndex(ledger) if ledger.is_postgres else FileIndex(path)
        progress = kept.progress()
        with ledger.reading() as session:
            if progress is not None and progress.position > session.execute(_NEWEST_EVENT).scalar_one():
                kept.clear()  # the ledger is an older one than the index has seen: it was restored
        return cls(ledger, kept, at_once=at_once)

    def advance(self) -> int:
        """Follow what is new in the history; how many steps were taken, 0 when there is nothing to do."""
        progress = self.words.progress()
        with self._ledger.reading() as session:
            if progress is None:
                newest = session.execute(_NEWEST_EVENT).scalar_one()
                if not newest:
                    return 0
                progress = Progress(position=newest, below=_ABOVE_ALL)
            if progress.below is not None:
                return self._build(session, progress, progress.below)
            new = session.execute(_NEW, {"position": progress.position, "most": self._at_once}).all()
            if not new:
                return 0
            touched = sorted(_touched(session, new))
            self.words.replace(touched, documents(session, touched), Progress(position=new[-1].id))
        return len(new)

    def find(self, asked: Asked, *, limit: int, enough: int | None = None, below: int | None = None) -> Found:
        """Return the newest tickets that match, below a number; `enough` of `limit` will do where more would take long."""
        if asked.is_vain or limit <= 0:
            return Found(numbers=())
        return self.words.find(asked, limit=limit, enough=limit if enough is None else enough, below=below)

    def catch_up(self) -> None:
        """Follow the history to its end."""
        while self.advance():
            pass

    def compact(self) -> None:
        """Let what was taken out of the index be nowhere in its files."""
        self.words.compact()

    def close(self) -> None:
        self.words.close()

    def _build(self, session: Session, progress: Progress, below: int) -> int:
        numbers = sorted(session.execute(_BELOW, {"below": below, "most": self._at_once}).scalars())
        rest = numbers[0] if len(numbers) == self._at_once else None
        self.words.replace(
            numbers, documents(session, numbers), Progress(position=progress.position, below=rest)
        )
        return max(len(numbers), 1)


def _touched(session: Session, new: Sequence[Any]) -> set[int]:
    """Return the tickets of which something may have changed."""
    touched = {event.ticket for event in new if event.ticket is not None and event.kind not in _NOT_FOUND_BY}
    for contact in set(_contacts(new)):
        touched.update(session.execute(_OF, {"contact": contact}).scalars())
    return touched


def _contacts(new: Iterable[Any]) -> Iterable[int]:
    """Yield the contacts of whom something may have changed."""
    for event in new:
        if event.kind in _OF_WHO:
            joined = (event.data or {}).get("joined")
            yield from (int(each) for each in map(str, (event.subject, joined)) if each.isdecimal())
