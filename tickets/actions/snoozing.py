"""Letting a ticket sleep until there is something to do. It wakes by itself, and at once when the contact writes."""

from datetime import datetime

from tickets import snooze as sleep
from tickets import ticket as tickets_
from tickets.actions.errors import RuleError, UnknownValueError
from tickets.actions.rights import require_agent
from tickets.actor import Actor
from tickets.ledger.events import append
from tickets.ledger.tx import Tx
from tickets.lifecycle import TO_DO
from tickets.ticket import TicketNow


def snooze(
    tx: Tx, number: int, until: datetime, *, by: Actor, at: datetime, reason: str | None = None
) -> TicketNow:
    """Let the ticket sleep until an instant. Its clocks run on: only waiting for the contact pauses one."""
    ticket = tickets_.load(tx, number)
    require_agent(by, ticket)
    if until <= at:
        raise UnknownValueError("a ticket sleeps until later", field="until", value=until.isoformat())
    if ticket.status not in TO_DO:
        raise RuleError(f"ticket #{number} is {ticket.status}", ticket=number, status=str(ticket.status))
    if ticket.snoozed_until == until:
        return ticket
    append(
        tx, "ticket.snoozed", desk=ticket.desk, ticket=number, at=at, actor=by.key, until=until.isoformat(),
        reason=reason,
    )  # fmt: skip
    return tickets_.change(tx, ticket, at=at, snoozed_until=until)


def wake(tx: Tx, number: int, *, by: Actor, at: datetime) -> TicketNow:
    """Bring a sleeping ticket back now."""
    ticket = tickets_.load(tx, number)
    require_agent(by, ticket)
    return sleep.wake(tx, ticket, actor=by.key, at=at)
