"""Promises under way: reckoned anew when policy, category, priority or desk change; extended; acknowledged."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from tickets import ticket as tickets_
from tickets.actions.errors import ActError, RuleError, UnknownValueError
from tickets.actions.rights import require_on
from tickets.actor import Actor, Role
from tickets.clocks import ClockState, Happening
from tickets.desk import DeskNow
from tickets.hours import Span
from tickets.ledger.events import append, clocks_of, moved_clocks
from tickets.ledger.tx import Tx
from tickets.promises import due_under
from tickets.revisions import terms_of
from tickets.ticket import NoSuchTicketError, TicketNow

_EVENT = "ticket.repromised"
Key = tuple[str, str, int]  # of a clock: kind, subject, cycle


@dataclass(frozen=True, kw_only=True)
class Acknowledged:
    """What became of several broken promises."""

    tickets: tuple[int, ...]  # one for each that is looked after now
    refused: Mapping[int, ActError | NoSuchTicketError]  # by number, and why


def repromise(tx: Tx, ticket: TicketNow, *, desk: DeskNow, why: str, by: Actor, at: datetime) -> bool:
    """Reckon the running clocks by what the desk promises now for a ticket of this kind; False: nothing changes.

    `why` is policy, category, priority or desk.
    """
    data = {"revision": desk.revision, "category": ticket.category, "priority": ticket.priority, "why": why}
    would = Happening(kind=_EVENT, at=at, desk=desk.slug, actor=by.key, data=data)
    before, after = clocks_of(tx, ticket.number), moved_clocks(tx, would, ticket=ticket.number)
    if (
        why != "policy"
    ):  # the same end under another revision is no change; a new policy may tell later, in a pause
        before, after = _terms_aside(before), _terms_aside(after)
    if after == before:
        return False
    append(tx, _EVENT, desk=desk.slug, ticket=ticket.number, at=at, actor=by.key, **data)
    return True


def _terms_aside(states: tuple[ClockState, ...]) -> tuple[ClockState, ...]:
    """Return clocks without what says nothing of their end: under which revision that was reckoned."""
    return tuple(replace(state, revision=0, desk="") for state in states)


def extend(
    tx: Tx,
    number: int,
    clock: Key,
    due_at: datetime,
    *,
    reason: str,
    by: Actor,
    at: datetime,
) -> ClockState:
    """Give a running clock more time, for a reason that is kept; the clock as it stands then.

    `clock` is its kind, subject and cycle. What is broken already stays broken.
    """
    ticket = tickets_.load(tx, number)
    require_on(by, Role.SUPERVISOR, ticket)
    found = _running(tx, ticket, clock)
    if not reason.strip():
        raise UnknownValueError("more time needs a reason", field="reason", value="")
    if found.paused_at is not None:
        raise RuleError(f"the clock of ticket #{number} is paused; it needs no more time", ticket=number)
    if due_at <= max(found.due_at, at):
        raise UnknownValueError(
            "more time ends later than now and than before", field="due_at", value=due_at.isoformat()
        )
    kind, subject, cycle = clock
    append(
        tx, "clock.extended", desk=ticket.desk, ticket=number, at=at, actor=by.key, clock=kind, about=subject,
        cycle=cycle, due_at=due_at.isoformat(), before=found.due_at.isoformat(), reason=reason.strip()[:500],
    )  # fmt: skip
    return _running(tx, ticket, clock)


def extend_by(
    tx: Tx,
    number: int,
    clock: Key,
    length: Span,
    *,
    reason: str,
    by: Actor,
    at: datetime,
) -> ClockState:
    """Give a running clock so much more, from now if it is late already; in operating time, if that was promised."""
    ticket = tickets_.load(tx, number)
    require_on(by, Role.SUPERVISOR, ticket)
    found = _running(tx, ticket, clock)
    more = replace(length, counts=found.promise.counts)
    due_at = due_under(terms_of(tx, found.desk, found.revision), more, max(found.due_at, at))
    return extend(tx, number, clock, due_at, reason=reason, by=by, at=at)


def acknowledge(tx: Tx, number: int, clock: Key, *, by: Actor, at: datetime, reason: str = "") -> ClockState:
    """Say that one has seen a clock's alert and looks after it; the first to say so stays named.

    A promise that was broken is looked after although its clock runs no more: why it came to that is worth a reason.
    """
    ticket = tickets_.load(tx, number)
    require_on(by, Role.SUPERVISOR, ticket)
    found = _clock(tx, ticket, clock)
    if found.breached_at is None:
        found = _running(tx, ticket, clock)
    if found.acknowledged_at is not None:
        return found
    kind, subject, cycle = clock
    why = {"reason": reason.strip()} if reason.strip() else {}
    append(
        tx, "clock.acknowledged", desk=ticket.desk, ticket=number, at=at, actor=by.key, clock=kind, about=subject,
        cycle=cycle, **why,
    )  # fmt: skip
    return _clock(tx, ticket, clock)


def acknowledge_many(
    tx: Tx, clocks: Iterable[tuple[int, Key]], *, by: Actor, at: datetime, reason: str
) -> Acknowledged:
    """Look after several, each a ticket and its clock, for one reason; those that may not be are left as they are."""
    if not reason.strip():
        raise UnknownValueError("say why", field="reason", value=reason)
    done: list[int] = []
    refused: dict[int, ActError | NoSuchTicketError] = {}
    for number, clock in dict.fromkeys(clocks):
        try:
            acknowledge(tx, number, clock, by=by, at=at, reason=reason)
            done.append(number)
        except (ActError, NoSuchTicketError) as error:  # raised before anything of this ticket was written
            refused[number] = error
    return Acknowledged(tickets=tuple(done), refused=refused)


def _clock(tx: Tx, ticket: TicketNow, key: Key) -> ClockState:
    found = next((state for state in clocks_of(tx, ticket.number) if state.key == key), None)
    if found is None:
        raise UnknownValueError(f"ticket #{ticket.number} has no such clock", field="clock", value=key[0])
    return found


def _running(tx: Tx, ticket: TicketNow, key: Key) -> ClockState:
    found = _clock(tx, ticket, key)
    if not found.running:
        raise RuleError(f"this clock of ticket #{ticket.number} runs no more", ticket=ticket.number)
    return found
