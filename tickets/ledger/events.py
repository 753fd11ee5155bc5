"""The one history: `append` is the only way into it, and folds the ticket's clocks in the same transaction."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, delete, select, update
from sqlmodel import Session

from tickets.clocks import (
    RULES,
    TAKE_BACK,
    UNDONE,
    ClockRule,
    ClockState,
    Happening,
    derive,
    fold,
    touches_clocks,
)
from tickets.explain import Explanation, explain
from tickets.hours import Span
from tickets.ledger.news import News
from tickets.ledger.prepared import Prepared, Row, inserting
from tickets.ledger.seeking import among
from tickets.ledger.tx import Tx
from tickets.promises import Pause, Terms
from tickets.revisions import terms_of
from tickets.tables import Clock, Event

_EVENTS = Event.__table__  # type: ignore[attr-defined]
_CLOCKS = Clock.__table__  # type: ignore[attr-defined]
_INSERT = inserting(Event)
_OF_TICKET = Prepared(
    select(
        _EVENTS.c.id,
        _EVENTS.c.kind,
        _EVENTS.c.at,
        _EVENTS.c.desk,
        _EVENTS.c.subject,
        _EVENTS.c.actor,
        _EVENTS.c.data,
    )
    .where(_EVENTS.c.ticket == bindparam("ticket"))
    .order_by(_EVENTS.c.id)
)
_NEW = (
    select(_EVENTS)
    .where(_EVENTS.c.id > bindparam("position"))
    .order_by(_EVENTS.c.id)
    .limit(bindparam("most"))
)
_SINCE = Prepared(_NEW)
_READ_CLOCKS = Prepared(
    select(_CLOCKS)
    .where(_CLOCKS.c.ticket == bindparam("ticket"))
    .order_by(_CLOCKS.c.started_at, _CLOCKS.c.kind)
)
_CLOCKS_OF_MANY = Prepared(
    select(_CLOCKS).where(among(_CLOCKS.c.ticket)).order_by(_CLOCKS.c.started_at, _CLOCKS.c.kind)
)
_KEY = ("ticket", "kind", "subject", "cycle")
_SAVE_CLOCK = Prepared(
    lambda insert: insert(_CLOCKS).on_conflict_do_update(
        index_elements=list(_KEY),
        set_={
            column.name: insert(_CLOCKS).excluded[column.name]
            for column in _CLOCKS.c
            if column.name not in _KEY
        },
    )
)
_FORGET_CLOCK = Prepared(
    delete(_CLOCKS).where(*(_CLOCKS.c[name] == bindparam(f"of_{name}") for name in _KEY))
)
_MOVE_DESK = Prepared(
    update(_CLOCKS).where(_CLOCKS.c.ticket == bindparam("of_ticket")).values(desk=bindparam("desk"))
)
ABOUT = "about"  # under this a transaction remembers the ticket of its newest event
CLOCK_RULES = "clock_rules"  # under this the writer remembers those in force
_TICKET_REVISION = "ticket.opened"
_MOVED = "ticket.moved"
_AS_STORED = (
    "kind", "subject", "cycle", "revision", "started_at", "due_at", "warn_at", "met_at", "met_by", "breached_at",
    "lapsed_at", "warned_at", "ended_at", "extended_at", "acknowledged_at", "acknowledged_by",
)  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Recorded:
    """One event of the history."""

    id: int
    at: datetime
    desk: str
    ticket: int | None
    kind: str
    subject: str | None
    actor: str | None
    data: Mapping[str, Any]


def append(
    tx: Tx,
    kind: str,
    *,
    desk: str,
    at: datetime,
    ticket: int | None = None,
    subject: str | int | None = None,
    actor: str | None = None,
    **data: Any,
) -> int:
    """Write down that something happened (ids and values, never texts or names) and move the ticket's clocks."""
    event_id = tx.next_id("events")
    subject = None if subject is None else str(subject)
    tx.add(
        _INSERT,
        id=event_id,
        at=at,
        desk=desk,
        ticket=ticket,
        kind=kind,
        subject=subject,
        actor=actor,
        data=data or None,
    )
    tx.tell(News.HISTORY)
    if ticket is not None:
        tx.memo[ABOUT] = ticket
        happening = Happening(kind=kind, at=at, desk=desk, subject=subject, actor=actor, data=data)
        _move_clocks(tx, happening, ticket=ticket)
    return event_id


def since(tx: Tx, position: int, *, most: int) -> list[Recorded]:
    """Return the events after a position, oldest first."""
    return [_recorded(row) for row in tx.all(_SINCE, position=position, most=most)]


def read_since(session: Session, position: int, *, most: int) -> list[Recorded]:
    """Return the events after a position, oldest first, to somebody who only reads."""
    return [_recorded(row) for row in session.execute(_NEW, {"position": position, "most": most})]


def _recorded(row: Row) -> Recorded:
    return Recorded(**row._asdict() | {"data": row.data or {}})


def clocks_of(tx: Tx, ticket: int) -> tuple[ClockState, ...]:
    """Return the clocks of a ticket as stored, oldest first."""
    key = ("clocks", ticket)
    if key not in tx.memo:
        tx.memo[key] = tuple(clock_from(row) for row in tx.all(_READ_CLOCKS, ticket=ticket))
    states: tuple[ClockState, ...] = tx.memo[key]
    return states


def foresee_clocks(tx: Tx, tickets: Sequence[int]) -> None:
    """Read the clocks of these tickets at once, before anybody moves them."""
    clocks: dict[int, list[ClockState]] = {ticket: [] for ticket in tickets}
    for row in tx.among(_CLOCKS_OF_MANY, [(ticket,) for ticket in clocks]):
        clocks[row.ticket].append(clock_from(row))
    for ticket, states in clocks.items():
        tx.memo.setdefault(("clocks", ticket), tuple(states))


def clock_from(row: Row) -> ClockState:
    """Return a row of the table as a value."""
    return ClockState(
        **{name: getattr(row, name) for name in _AS_STORED},
        desk=row.terms_of,
        promise=Span.from_text(row.promise),
        pauses=tuple(
            Pause(datetime.fromisoformat(start), end and datetime.fromisoformat(end))
            for start, end in row.pauses or ()
        ),
    )


def _row_of(state: ClockState, *, ticket: int, desk: str) -> dict[str, Any]:
    return {name: getattr(state, name) for name in _AS_STORED} | {
        "ticket": ticket,
        "desk": desk,
        "terms_of": state.desk,
        "promise": state.promise.to_text(),
        "pauses": [[start.isoformat(), end and end.isoformat()] for start, end in state.pauses] or None,
        "paused_at": state.paused_at,
        "acts_at": state.acts_at,
    }


def derived_clocks(tx: Tx, *, ticket: int) -> tuple[ClockState, ...]:
    """Derive a ticket's clocks anew from its events; what is stored must equal this."""
    return derive(_history(tx, ticket), _terms(tx), rules=rules_of(tx))


def explained_clock(tx: Tx, *, ticket: int, key: tuple[str, str, int], now: datetime) -> Explanation | None:
    """Explain a ticket's clock of this kind, subject and cycle; None if there is none such."""
    return explain(_history(tx, ticket), key, _terms(tx), now=now, rules=rules_of(tx))


def _history(tx: Tx, ticket: int) -> list[Happening]:
    return [
        Happening(
            kind=row.kind, at=row.at, desk=row.desk, subject=row.subject, actor=row.actor, data=row.data or {}
        )
        for row in tx.all(_OF_TICKET, ticket=ticket)
    ]  # fmt: skip


def moved_clocks(tx: Tx, happening: Happening, *, ticket: int) -> tuple[ClockState, ...]:
    """Return a ticket's clocks as they would stand after an event that is not written down."""
    return fold(clocks_of(tx, ticket), happening, _terms(tx), rules=rules_of(tx))


def rules_of(tx: Tx) -> tuple[ClockRule, ...]:
    """Return the clock rules in force: the desk's own and those that the wiring added."""
    rules: tuple[ClockRule, ...] | None = tx.memo.get(CLOCK_RULES)
    if rules is None:
        rules = tx.memo[CLOCK_RULES] = tx.lasting.get(CLOCK_RULES, RULES)
    return rules


def _move_clocks(tx: Tx, happening: Happening, *, ticket: int) -> None:
    if happening.kind == _MOVED:
        tx.run(_MOVE_DESK, of_ticket=ticket, desk=happening.desk)
        return
    taken_back = happening.kind in TAKE_BACK
    if not taken_back and not touches_clocks(happening.kind, rules_of(tx)):
        return
    if happening.kind == _TICKET_REVISION:
        tx.memo[("clocks", ticket)] = ()
    before = clocks_of(tx, ticket)
    if taken_back:
        if happening.kind != UNDONE and not any(state.met_by == happening.subject for state in before):
            return
        after = derived_clocks(tx, ticket=ticket)
    else:
        after = moved_clocks(tx, happening, ticket=ticket)
    changed = [state for state in after if state not in before]
    kept = {state.key for state in after}
    gone = [state for state in before if state.key not in kept]  # began only by an answer that was taken back
    if not changed and not gone:
        return
    tx.memo[("clocks", ticket)] = after
    desk = happening.desk
    for state in changed:
        tx.add(_SAVE_CLOCK, **_row_of(state, ticket=ticket, desk=desk))
    for kind, subject, cycle in (state.key for state in gone):
        tx.run(_FORGET_CLOCK, of_ticket=ticket, of_kind=kind, of_subject=subject, of_cycle=cycle)
    _tell_breaches(tx, before, changed, happening, ticket=ticket)


def _terms(tx: Tx) -> Callable[[str, int], Terms]:
    return lambda desk, number: terms_of(tx, desk, number)


def _tell_breaches(
    tx: Tx,
    before: tuple[ClockState, ...],
    changed: list[ClockState],
    happening: Happening,
    *,
    ticket: int,
) -> None:
    """Write down a breach that another event proved (a late answer), or one that a later fact took back."""
    if happening.kind == "clock.breached" or any(happening.kind in rule.joins for rule in rules_of(tx)):
        return  # it is told here, or was where the clock comes from
    known = {state.key: state.breached_at for state in before}
    desk = happening.desk
    for state in changed:
        named = {"clock": state.kind, "about": state.subject, "cycle": state.cycle}
        if state.breached_at is not None and known.get(state.key) is None:
            _insert_about(tx, "clock.breached", at=state.breached_at, desk=desk, ticket=ticket, data=named)
        elif state.breached_at is None and known.get(state.key) is not None:
            _insert_about(tx, "clock.withdrawn", at=happening.at, desk=desk, ticket=ticket, data=named)


def _insert_about(tx: Tx, kind: str, *, at: datetime, desk: str, ticket: int, data: dict[str, Any]) -> None:
    event_id = tx.next_id("events")
    tx.add(
        _INSERT, id=event_id, at=at, desk=desk, ticket=ticket, kind=kind, subject=None, actor=None, data=data
    )
    tx.tell(News.HISTORY)
