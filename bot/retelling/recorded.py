"""What a ledger has on record of everything that came in, and of what time did meanwhile, in the order of its history.

An event that came in took effect where the history first says something of its ticket at its instant. That is exact
however clocks jumped: ids of the history follow the order of commits. What left nothing in the history (a receipt, a
question for the state), and what people and programs did before an event knew its ticket, has its place by its instant.
"""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import accumulate
from typing import Any

from sqlalchemy import func, or_, select
from sqlmodel import Session

from tickets.actor import SYSTEM
from tickets.tables import Event, Inbound, Message

_BY_TIME = ("clock.warned", "clock.breached")
_FARED = ("delivery.failed", "delivery.parked")
_REVISED = "desk.revised"

_EVENTS: Any = Event.__table__  # type: ignore[attr-defined]
_INBOUND: Any = Inbound.__table__  # type: ignore[attr-defined]
_MESSAGES: Any = Message.__table__  # type: ignore[attr-defined]


@dataclass(frozen=True, kw_only=True)
class CameIn:
    """Something that came in and was processed; what it said lies in `inbound` under its key."""

    account: str
    event_id: str
    done_at: datetime
    said_at: datetime | None  # as its message has it
    is_message: bool


@dataclass(frozen=True, kw_only=True)
class CameDue:
    """A clock's warning or breach, at the instant at which it happened."""

    ticket: int
    clock: tuple[str, str, int]  # kind, subject, cycle
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Fared:
    """An answer did not reach its contact, or waits for them: which its promise depends on."""

    kind: str
    desk: str
    ticket: int
    message: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Revised:
    """From here on a desk works by another revision of its files."""

    desk: str
    number: int
    at: datetime


@dataclass(frozen=True, kw_only=True)
class DidItself:
    """The service did something by itself, because it was time."""

    at: datetime


Step = CameIn | CameDue | Fared | Revised | DidItself


def steps(session: Session) -> list[Step]:
    """Read them all, in their order."""
    placed: list[tuple[int, Step]] = []
    unplaced: list[CameIn] = []
    for place, step in _came_in(session):
        if place is None:
            unplaced.append(step)
        else:
            placed.append((place, step))
    placed += _of_time(session)
    placed.sort(key=lambda pair: pair[0])
    return _with_unplaced([step for _, step in placed], sorted(unplaced, key=lambda each: each.done_at))


def unprocessed(session: Session) -> int:
    """Count what is kept because it could not be processed: it had no effect that could be told."""
    count: int = session.execute(select(func.count()).where(_INBOUND.c.processed_at.is_(None))).scalar_one()
    return count


def _came_in(session: Session) -> list[tuple[int | None, CameIn]]:
    inbound, event, message = _INBOUND.c, _EVENTS.c, _MESSAGES.c
    first = select(func.min(event.id)).where(event.at == inbound.processed_at)
    of_ticket = first.where(event.ticket == inbound.ticket).scalar_subquery()
    of_message = first.where(event.desk == message.desk).scalar_subquery()  # it belongs to no ticket
    place = func.coalesce(of_ticket, of_message)
    rows = session.execute(
        select(
            inbound.account, inbound.event_id, inbound.processed_at, inbound.message, message.said_at,
            place.label("place"),
        )
        .select_from(_INBOUND.outerjoin(_MESSAGES, message.id == inbound.message))
        .where(inbound.processed_at.is_not(None))
    )  # fmt: skip
    return [
        (
            row.place,
            CameIn(
                account=row.account, event_id=row.event_id, done_at=row.processed_at, said_at=row.said_at,
                is_message=row.message is not None,
            ),
        )
        for row in rows
    ]  # fmt: skip


def _of_time(session: Session) -> list[tuple[int, Step]]:
    event = _EVENTS.c
    rows = session.execute(
        select(_EVENTS).where(or_(event.kind.in_((*_BY_TIME, *_FARED, _REVISED)), event.actor == SYSTEM.key))
    )
    return [(row.id, _step_of(row)) for row in rows]


def _step_of(row: Any) -> Step:
    if row.kind == _REVISED:
        return Revised(desk=row.desk, number=row.data["revision"], at=row.at)
    if row.kind in _BY_TIME:
        clock = (row.data["clock"], row.data.get("about", ""), row.data["cycle"])
        return CameDue(ticket=row.ticket, clock=clock, at=row.at)
    if row.kind in _FARED:
        return Fared(kind=row.kind, desk=row.desk, ticket=row.ticket, message=row.subject, at=row.at)
    return DidItself(at=row.at)


def _with_unplaced(placed: Sequence[Step], unplaced: Sequence[CameIn]) -> list[Step]:
    """Put what has no place of its own behind everything that was done before its instant.

    What came due at the very same instant came of it: a promise made outside the hours may be warned of at once.
    """
    latest = list(accumulate((_order(step) for step in placed), max))
    found: list[Step] = list(placed)
    for behind, step in enumerate(unplaced):
        found.insert(bisect_right(latest, _order(step)) + behind, step)
    return found


def _order(step: Step) -> tuple[datetime, bool]:
    return (step.done_at, False) if isinstance(step, CameIn) else (step.at, isinstance(step, CameDue))
