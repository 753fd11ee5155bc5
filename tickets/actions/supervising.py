"""Supervising: a solved ticket becomes closed when the supervisor, or time, has confirmed it, or it is sent back."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, bindparam, exists, select

from tickets import placing
from tickets import ticket as tickets_
from tickets.actions import answering
from tickets.actions.errors import ActError, NothingToSayError, OwnTicketError, RuleError
from tickets.actions.rights import require, require_on
from tickets.actor import SYSTEM, Actor, Kind, Role
from tickets.desk import DeskNow
from tickets.ledger.events import append
from tickets.ledger.prepared import Prepared, inserting
from tickets.ledger.tx import Tx
from tickets.lifecycle import Status
from tickets.supervision import is_drawn
from tickets.tables import Event, Ticket, VerificationDraw
from tickets.ticket import NoSuchTicketError, TicketNow

_TICKETS = Ticket.__table__  # type: ignore[attr-defined]
_EVENTS = Event.__table__  # type: ignore[attr-defined]
_DRAWS = VerificationDraw.__table__  # type: ignore[attr-defined]
_INSERT_DRAW = inserting(VerificationDraw)
_DRAW = Prepared(
    select(_DRAWS.c.drawn).where(_DRAWS.c.ticket == bindparam("ticket"), _DRAWS.c.cycle == bindparam("cycle"))
)
_SILENT = Prepared(
    select(_TICKETS.c.number)
    .where(
        _TICKETS.c.desk == bindparam("desk"),
        _TICKETS.c.status == "solved",
        _TICKETS.c.solved_at <= bindparam("until"),
        ~exists().where(
            and_(_DRAWS.c.ticket == _TICKETS.c.number, _DRAWS.c.cycle == _TICKETS.c.cycle, _DRAWS.c.drawn)
        ),
    )
    .order_by(_TICKETS.c.number)
    .limit(bindparam("most"))
)
_SOLVED_BY = Prepared(
    select(_EVENTS.c.actor)
    .where(_EVENTS.c.ticket == bindparam("ticket"), _EVENTS.c.kind == "ticket.solved")
    .order_by(_EVENTS.c.id.desc())
    .limit(1)
)
_TO_VERIFY = Prepared(
    select(_TICKETS.c.number)
    .where(_TICKETS.c.desk == bindparam("desk"), _TICKETS.c.status == "solved")
    .order_by(_TICKETS.c.number)
    .limit(bindparam("most"))
)


@dataclass(frozen=True, kw_only=True)
class Verified:
    """What became of several tickets."""

    tickets: tuple[TicketNow, ...]  # closed now
    refused: Mapping[int, ActError | NoSuchTicketError]  # by number, and why


def verify(tx: Tx, number: int, *, by: Actor, at: datetime) -> TicketNow:
    """Confirm a solved ticket: it is closed. Raises OwnTicketError for whoever holds or solved it."""
    ticket = tickets_.load(tx, number)
    require_on(by, Role.SUPERVISOR, ticket)
    if ticket.status is Status.CLOSED:
        return ticket
    _require_solved_by_somebody_else(tx, ticket, by)
    return _close(tx, ticket, by=by, at=at)


def verify_many(tx: Tx, numbers: Iterable[int], *, by: Actor, at: datetime) -> Verified:
    """Confirm several solved tickets; those that may not be are left as they are, and told."""
    done: list[TicketNow] = []
    refused: dict[int, ActError | NoSuchTicketError] = {}
    for number in dict.fromkeys(numbers):
        try:
            done.append(verify(tx, number, by=by, at=at))
        except (ActError, NoSuchTicketError) as error:  # raised before anything of this ticket was written
            refused[number] = error
    return Verified(tickets=tuple(done), refused=refused)


def verifiable(tx: Tx, desk: str, *, by: Actor, most: int) -> list[int]:
    """Return the solved tickets of a desk that they may verify, lowest number first."""
    require(by, Role.SUPERVISOR, desk)
    numbers = [row.number for row in tx.all(_TO_VERIFY, desk=desk, most=most)]
    return [number for number in numbers if not _is_own(tx, tickets_.load(tx, number), by)]


def send_back(tx: Tx, number: int, note: str, *, desk: DeskNow, by: Actor, at: datetime) -> TicketNow:
    """Do not confirm a solved ticket: it is open again for its agent, with a note that says what is missing.

    Its resolution clock runs anew, as after any reopening. The contact is not told: nothing has changed for them.
    """
    ticket = tickets_.load(tx, number)
    require_on(by, Role.SUPERVISOR, ticket)
    _require_solved_by_somebody_else(tx, ticket, by)
    if not note.strip():
        raise NothingToSayError("say in a note what is missing")
    message = answering.note(tx, number, note, by=by, at=at)
    append(tx, "ticket.sent_back", desk=ticket.desk, ticket=number, at=at, actor=by.key, subject=message)
    return placing.reopen(tx, ticket, desk=desk, actor=by.key, asks=False, at=at)


def draw(tx: Tx, number: int, *, share: float, at: datetime) -> bool:
    """Draw whether a solved ticket must be verified by a person; what was drawn once for a round stays so."""
    ticket = tickets_.load(tx, number)
    if ticket.status is not Status.SOLVED or ticket.solved_at is None:
        return False
    kept = tx.one(_DRAW, ticket=number, cycle=ticket.cycle)
    if kept is not None:
        return bool(kept.drawn)
    drawn = is_drawn(share, desk=ticket.desk, ticket=number, cycle=ticket.cycle, solved_at=ticket.solved_at)
    tx.run(_INSERT_DRAW, ticket=number, cycle=ticket.cycle, drawn=drawn, share=share, at=at)
    if drawn:
        append(tx, "ticket.sampled", desk=ticket.desk, ticket=number, at=at, actor=SYSTEM.key, share=share)
    return drawn


def close_silent(
    tx: Tx, *, desk: str, solved_until: datetime, at: datetime, sample: float | None = None, most: int = 100
) -> list[int]:
    """Close what was solved up to an instant and stayed silent, but for the sample; the tickets' numbers."""
    closed = []
    for row in tx.all(_SILENT, desk=desk, until=solved_until, most=most):
        if sample is not None and draw(tx, row.number, share=sample, at=at):
            continue  # whoever follows the history has not drawn it yet
        _close(tx, tickets_.load(tx, row.number), by=SYSTEM, at=at)
        closed.append(row.number)
    return closed


def solved_by(tx: Tx, ticket: int) -> str | None:
    """Return the actor who last said that it is solved."""
    row = tx.one(_SOLVED_BY, ticket=ticket)
    return None if row is None else row.actor


def _require_solved_by_somebody_else(tx: Tx, ticket: TicketNow, by: Actor) -> None:
    if ticket.status is not Status.SOLVED:
        raise RuleError(
            f"ticket #{ticket.number} is {ticket.status}; only what is solved can be verified",
            ticket=ticket.number,
            status=str(ticket.status),
        )
    if _is_own(tx, ticket, by):
        raise OwnTicketError(ticket.number)


def _is_own(tx: Tx, ticket: TicketNow, by: Actor) -> bool:
    """Whether it is their own work that they would judge: they hold it, or it was they who solved it."""
    return by.kind is Kind.STAFF and (by.id == ticket.assignee or by.key == solved_by(tx, ticket.number))


def _close(tx: Tx, ticket: TicketNow, *, by: Actor, at: datetime) -> TicketNow:
    append(tx, "ticket.closed", desk=ticket.desk, ticket=ticket.number, at=at, actor=by.key)
    return tickets_.change(
        tx, ticket, at=at, status=Status.CLOSED, closed_at=at, verified_by=by.key if by.is_person else None
    )
