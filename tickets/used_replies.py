"""What ranks the replies that agents are offered: what the contact says, and which replies were given for what."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice
from typing import Any

from sqlalchemy import Row, bindparam, select, text
from sqlmodel import Session

from tickets.ledger.prepared import Prepared
from tickets.ledger.tx import Tx
from tickets.message import Direction
from tickets.tables import Event, Message, Ticket

MOST = 2_000  # of the newest
HORIZON = timedelta(days=180)
SPOKEN = 3  # messages of the contact, of which a reply is about the newest
CATEGORISED = "ticket.categorised"
FRESH = timedelta(minutes=1)  # for so long what was read is good enough for a page

_EVENTS = Event.__table__  # type: ignore[attr-defined]
_MESSAGES = Message.__table__  # type: ignore[attr-defined]
_TICKETS = Ticket.__table__  # type: ignore[attr-defined]
_LATELY = (
    select(_EVENTS.c.at, _EVENTS.c.data, _TICKETS.c.category)
    .join(_TICKETS, _TICKETS.c.number == _EVENTS.c.ticket)
    .where(
        text("events.kind = 'message.answered' AND events.data IS NOT NULL"),  # as its index has it
        _EVENTS.c.desk == bindparam("desk"),
        _EVENTS.c.at > bindparam("since"),
    )
    .order_by(_EVENTS.c.at.desc())
    .limit(bindparam("most"))
)
_PREPARED = Prepared(_LATELY)
_SAID = Prepared(
    select(_MESSAGES.c.text, _MESSAGES.c.at)
    .where(
        _MESSAGES.c.ticket == bindparam("ticket"),
        _MESSAGES.c.direction == str(Direction.IN),
        _MESSAGES.c.withdrawn_at.is_(None),
    )
    .order_by(_MESSAGES.c.id.desc())
    .limit(SPOKEN)
)


_CATEGORISED_AT = Prepared(
    select(_EVENTS.c.at)
    .where(_EVENTS.c.ticket == bindparam("ticket"), _EVENTS.c.kind == CATEGORISED)
    .order_by(_EVENTS.c.id.desc())
    .limit(1)
)


@dataclass(frozen=True, kw_only=True)
class Spoken:
    """What the contact of a ticket wrote last, newest first."""

    said: tuple[str, ...]
    since: tuple[str, ...]  # what of it came after the ticket got its category; all where it has none


@dataclass(frozen=True, kw_only=True)
class UsedReply:
    reply: str
    category: str | None  # of the ticket, as it is now
    at: datetime


def used_lately(tx: Tx, desk: str, *, at: datetime) -> tuple[UsedReply, ...]:
    """Return the newest answers of a desk that were reply templates, newest first."""
    return _uses(tx.all(_PREPARED, desk=desk, since=at - HORIZON, most=MOST))


def said_lately(tx: Tx, ticket: int) -> Spoken:
    categorised = tx.one(_CATEGORISED_AT, ticket=ticket)
    said = [(row.text, row.at) for row in tx.all(_SAID, ticket=ticket)]
    return spoken(said, categorised_at=categorised.at if categorised is not None else None)


def spoken(newest_first: Iterable[tuple[str, datetime]], *, categorised_at: datetime | None) -> Spoken:
    said = tuple(islice(newest_first, SPOKEN))
    return Spoken(
        said=tuple(text for text, _ in said),
        since=tuple(text for text, at in said if categorised_at is None or at > categorised_at),
    )


class UsedReplies:
    """The same for pages, which ask at every view: read anew when it is older than a minute."""

    def __init__(self) -> None:
        self._read: dict[str, tuple[datetime, tuple[UsedReply, ...]]] = {}

    def of(self, session: Session, desk: str, *, at: datetime) -> tuple[UsedReply, ...]:
        read_at, uses = self._read.get(desk, (at - 2 * FRESH, ()))
        if abs(at - read_at) < FRESH:
            return uses
        rows = session.execute(_LATELY, {"desk": desk, "since": at - HORIZON, "most": MOST}).all()
        self._read[desk] = (at, _uses(rows))
        return self._read[desk][1]


def _uses(rows: Sequence[Row[Any] | Any]) -> tuple[UsedReply, ...]:
    return tuple(
        UsedReply(reply=row.data["reply"], category=row.category, at=row.at)
        for row in rows
        if "reply" in row.data
    )
