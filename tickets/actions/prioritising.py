"""Saying how urgent a ticket is. Where the desk promises urgent tickets more, the clocks follow."""

from datetime import datetime

from tickets import ticket as tickets_
from tickets.actions.errors import UnknownValueError
from tickets.actions.promises import repromise
from tickets.actions.rights import require_agent
from tickets.actor import Actor
from tickets.desk import DeskNow
from tickets.ledger.events import append
from tickets.ledger.tx import Tx
from tickets.priority import PRIORITIES, Priority
from tickets.ticket import TicketNow


def prioritise(tx: Tx, number: int, priority: str, *, desk: DeskNow, by: Actor, at: datetime) -> TicketNow:
    """Set one of the priorities by its name."""
    ticket = tickets_.load(tx, number)
    require_agent(by, ticket)
    if priority not in PRIORITIES:
        raise UnknownValueError(
            f"no priority is called {priority}; {', '.join(PRIORITIES)} are", field="priority", value=priority
        )
    if ticket.priority == PRIORITIES[priority]:
        return ticket
    append(
        tx, "ticket.prioritised", desk=ticket.desk, ticket=number, at=at, actor=by.key, priority=priority,
        before=Priority(ticket.priority).key,
    )  # fmt: skip
    ticket = tickets_.change(tx, ticket, at=at, priority=int(PRIORITIES[priority]))
    repromise(tx, ticket, desk=desk, why="priority", by=by, at=at)
    return ticket
