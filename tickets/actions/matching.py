"""What a person says about the matcher's suggestions beside choosing a category."""

from datetime import datetime

from tickets import predictions
from tickets import ticket as tickets_
from tickets.actions.errors import RuleError
from tickets.actions.rights import require_agent
from tickets.actor import Actor
from tickets.ledger.events import append
from tickets.ledger.tx import Tx
from tickets.ticket import TicketNow


def reject(tx: Tx, number: int, *, by: Actor, at: datetime) -> TicketNow:
    """Say that no category of the desk fits the message, whatever the ticket will be filed under."""
    ticket = tickets_.load(tx, number)
    require_agent(by, ticket)
    if not predictions.is_foretold(tx, number):
        raise RuleError(f"nothing was suggested for ticket #{number}", ticket=number)
    if predictions.settle_out_of_scope(tx, ticket, by=by, at=at):
        suggested = [pair[0] for pair in ticket.suggestions or []] or None
        append(
            tx,
            "ticket.out_of_scope",
            desk=ticket.desk,
            ticket=number,
            at=at,
            actor=by.key,
            suggested=suggested,
        )
    return ticket
