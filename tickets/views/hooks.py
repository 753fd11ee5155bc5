"""What webhooks tell, and how they fare."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlmodel import Session

from tickets.tables import Event, Hook, HookTry, Message, Outbox, Ticket
from tickets.views.conversation import message_views
from tickets.views.message_values import EventView, Link, MessageView
from tickets.views.queue import event_view, ticket_views
from tickets.views.ticket_values import TicketView

_EVENTS = Event.__table__  # type: ignore[attr-defined]
_TICKETS = Ticket.__table__  # type: ignore[attr-defined]
_MESSAGES = Message.__table__  # type: ignore[attr-defined]
_HOOKS = Hook.__table__  # type: ignore[attr-defined]
_TRIES = HookTry.__table__  # type: ignore[attr-defined]
_OUTBOX = Outbox.__table__  # type: ignore[attr-defined]
_ABOUT_MESSAGES = ("message.", "delivery.", "answer.")


@dataclass(frozen=True, kw_only=True)
class Happening:
    """One event, with the ticket as it stands now and the message that it is about."""

    event: EventView
    ticket: TicketView | None
    message: MessageView | None


@dataclass(frozen=True, kw_only=True)
class TryView:
    id: int
    delivery: int  # of what was brought; by this it is sent again
    kind: str
    ticket: int | None
    at: datetime
    took_ms: int
    status: int | None
    error: str | None
    state: str | None  # where the delivery stands now: queued, sending, sent, failed


@dataclass(frozen=True, kw_only=True)
class HookView:
    """How a hook fares."""

    failing_since: datetime | None
    paused_at: datetime | None
    paused_why: str | None
    waiting: int  # deliveries that have not arrived yet
    given_up: int
    tries: tuple[TryView, ...]  # newest first


def happened(session: Session, event: int, *, link: Link) -> Happening | None:
    """Return an event with what it is about; None if it is no longer there."""
    row = session.execute(select(_EVENTS).where(_EVENTS.c.id == event)).one_or_none()
    if row is None:
        return None
    message = None
    if row.kind.startswith(_ABOUT_MESSAGES) and (row.subject or "").isdecimal():
        said = session.execute(select(_MESSAGES).where(_MESSAGES.c.id == int(row.subject))).all()
        message = next(iter(message_views(session, said, link=link)), None)
    about = session.execute(select(_TICKETS).where(_TICKETS.c.number == row.ticket)).all()
    return Happening(
        event=event_view(row), ticket=next(iter(ticket_views(session, about)), None), message=message
    )


def hooks(session: Session, keys: Sequence[str], *, tries: int) -> dict[str, HookView]:
    """Return how hooks fare, by their keys, each with its last tries."""
    states = {row.key: row for row in session.execute(select(_HOOKS).where(_HOOKS.c.key.in_(keys)))}
    many = {
        (row.account, row.state): row.many
        for row in session.execute(
            select(_OUTBOX.c.account, _OUTBOX.c.state, func.count().label("many"))
            .where(_OUTBOX.c.account.in_(keys), _OUTBOX.c.state.in_(("queued", "sending", "failed")))
            .group_by(_OUTBOX.c.account, _OUTBOX.c.state)
        )
    }
    return {
        key: HookView(
            failing_since=states[key].failing_since if key in states else None,
            paused_at=states[key].paused_at if key in states else None,
            paused_why=states[key].paused_why if key in states else None,
            waiting=many.get((key, "queued"), 0) + many.get((key, "sending"), 0),
            given_up=many.get((key, "failed"), 0),
            tries=tries_of(session, key, limit=tries),
        )
        for key in keys
    }


def tries_of(session: Session, key: str, *, limit: int) -> tuple[TryView, ...]:
    statement = (
        select(_TRIES, _OUTBOX.c.state)
        .outerjoin(_OUTBOX, _OUTBOX.c.id == _TRIES.c.outbox)
        .where(_TRIES.c.hook == key)
        .order_by(_TRIES.c.id.desc())
        .limit(limit)
    )
    return tuple(
        TryView(
            id=row.id, delivery=row.outbox, kind=row.kind, ticket=row.ticket, at=row.at, took_ms=row.took_ms,
            status=row.status, error=row.error, state=row.state,
        )
        for row in session.execute(statement)
    )  # fmt: skip
