"""Several matters that were seen in one message, as the history holds them: which, and where their words stand."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from sqlalchemy import bindparam, or_, select

from tickets.actor import BOT, is_a_persons
from tickets.ledger.events import append
from tickets.ledger.prepared import Prepared
from tickets.ledger.tx import Tx
from tickets.tables import Event
from tickets.ticket import TicketNow

SEEN, SPLIT, MOVED = "ticket.matters_seen", "ticket.split", "ticket.moved"

_EVENTS = Event.__table__  # type: ignore[attr-defined]
_OF_TICKET = Prepared(
    select(_EVENTS.c.kind, _EVENTS.c.subject, _EVENTS.c.data)
    .where(
        _EVENTS.c.ticket == bindparam("ticket"),
        or_(_EVENTS.c.kind == SEEN, _EVENTS.c.kind == SPLIT, _EVENTS.c.kind == MOVED),
    )
    .order_by(_EVENTS.c.id)
)


class Happened(Protocol):
    """An event, as far as it matters here."""

    @property
    def kind(self) -> str: ...
    @property
    def subject(self) -> Any: ...
    @property
    def data(self) -> Any: ...


@dataclass(frozen=True, kw_only=True)
class SeenMatter:
    category: str
    start: int  # where its words stand in the message
    end: int


@dataclass(frozen=True, kw_only=True)
class SeveralMatters:
    message: int
    matters: tuple[SeenMatter, ...]  # at least two

    def of(self, category: str) -> SeenMatter | None:
        return next((each for each in self.matters if each.category == category), None)


def note(tx: Tx, ticket: TicketNow, matters: Sequence[SeenMatter], *, message: int, at: datetime) -> None:
    """Write down once that a message asks for several things."""
    if several_in(tx, ticket) == SeveralMatters(message=message, matters=tuple(matters)):
        return
    seen = [[each.category, each.start, each.end] for each in matters]
    append(
        tx, SEEN, desk=ticket.desk, ticket=ticket.number, at=at, subject=message, actor=BOT.key, matters=seen
    )


def several_in(tx: Tx, ticket: TicketNow) -> SeveralMatters | None:
    """Return the matters of a ticket that are to be told apart still."""
    return undecided(tx.all(_OF_TICKET, ticket=ticket.number), category_by=ticket.category_by)


def undecided(events: Iterable[Happened], *, category_by: str | None) -> SeveralMatters | None:
    """Return what is left of the matters that were seen last; None once a person has said what the ticket is about.

    Another desk has other categories: what was seen before a ticket moved says nothing there.
    """
    if is_a_persons(category_by):
        return None
    found: SeveralMatters | None = None
    for event in events:
        if event.kind == SEEN:
            matters = tuple(
                SeenMatter(category=category, start=start, end=end)
                for category, start, end in event.data["matters"]
            )
            found = SeveralMatters(message=int(event.subject), matters=matters)
        elif event.kind == MOVED:
            found = None
        elif event.kind == SPLIT and found is not None:
            gone = event.data.get("matter")
            left = tuple(each for each in found.matters if each.category != gone)
            found = SeveralMatters(message=found.message, matters=left)
    return found if found is not None and len(found.matters) > 1 else None
