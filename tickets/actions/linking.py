"""Links between tickets: related, a duplicate of, caused by, part of an incident. Each is written down once, one way."""

from datetime import datetime

from sqlalchemy import bindparam, delete, or_, select

from tickets import ticket as tickets_
from tickets.actions.errors import RuleError, UnknownValueError
from tickets.actions.rights import require_agent
from tickets.actor import Actor
from tickets.ledger.events import append
from tickets.ledger.prepared import Prepared, inserting_once
from tickets.ledger.tx import Tx
from tickets.links import INCIDENT, KINDS, incident_of, tickets_of
from tickets.tables import Link
from tickets.ticket import TicketNow

_LINKS = Link.__table__  # type: ignore[attr-defined]
_INSERT = inserting_once(Link)
_REMOVE = Prepared(
    delete(_LINKS).where(
        _LINKS.c.ticket == bindparam("of_ticket"), _LINKS.c.to == bindparam("of_to"), _LINKS.c.kind == bindparam("of_kind")
    )
)  # fmt: skip
_BETWEEN = Prepared(
    select(_LINKS.c.ticket, _LINKS.c.to, _LINKS.c.kind).where(
        or_(
            (_LINKS.c.ticket == bindparam("one")) & (_LINKS.c.to == bindparam("other")),
            (_LINKS.c.ticket == bindparam("other")) & (_LINKS.c.to == bindparam("one")),
        )
    )
)


def link(tx: Tx, number: int, to: int, kind: str, *, by: Actor, at: datetime) -> TicketNow:
    """Say how a ticket hangs together with another of the same desk."""
    ticket, other = _both(tx, number, to, by)
    if kind not in KINDS:
        raise UnknownValueError(f"no link is called {kind}; {', '.join(KINDS)} are", field="as", value=kind)
    if kind == INCIDENT:
        _one_incident(tx, ticket, other)
    if not tx.run(_INSERT, ticket=number, to=to, kind=kind, by=by.key, at=at):
        return ticket
    append(
        tx, "ticket.linked", desk=ticket.desk, ticket=number, at=at, actor=by.key, to=other.number, **{"as": kind}
    )  # fmt: skip
    return tickets_.change(tx, ticket, at=at)


def unlink(tx: Tx, number: int, to: int, *, by: Actor, at: datetime) -> TicketNow:
    """Take back whatever links these two, whichever way round it was said."""
    ticket, _ = _both(tx, number, to, by)
    for row in tx.all(_BETWEEN, one=number, other=to):
        tx.run(_REMOVE, of_ticket=row.ticket, of_to=row.to, of_kind=row.kind)
        append(
            tx, "ticket.unlinked", desk=ticket.desk, ticket=row.ticket, at=at, actor=by.key, to=row.to,
            **{"as": row.kind},
        )  # fmt: skip
    return tickets_.change(tx, ticket, at=at)


def _one_incident(tx: Tx, ticket: TicketNow, incident: TicketNow) -> None:
    """A ticket is part of one incident, and an incident is part of none."""
    known = incident_of(tx, ticket.number)
    if known is not None and known != incident.number:
        raise RuleError(f"ticket #{ticket.number} is part of incident #{known}", ticket=known)
    if incident_of(tx, incident.number) is not None:
        raise RuleError(f"ticket #{incident.number} is part of an incident itself", ticket=incident.number)
    if tickets_of(tx, ticket.number):
        raise RuleError(f"ticket #{ticket.number} is an incident itself", ticket=ticket.number)


def _both(tx: Tx, number: int, to: int, by: Actor) -> tuple[TicketNow, TicketNow]:
    ticket, other = tickets_.load(tx, number), tickets_.load(tx, to)
    require_agent(by, ticket)
    require_agent(by, other)
    if ticket.desk != other.desk:
        raise RuleError("tickets of two desks are not linked; move one of them first", ticket=to)
    if number == to:
        raise RuleError("a ticket is not linked to itself", ticket=number)
    return ticket, other
