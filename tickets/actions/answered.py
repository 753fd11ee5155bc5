"""What a person of the desk said in another way than by an answer, and counts as one."""

from datetime import datetime

from tickets import ticket as tickets_
from tickets.actor import Actor
from tickets.ledger.events import append
from tickets.ledger.tx import Tx
from tickets.lifecycle import Status, after_answer
from tickets.ticket import TicketNow


def count_as_answer(tx: Tx, ticket: TicketNow, message: int, *, by: Actor, at: datetime) -> None:
    """Let a message that the contact reads count as this ticket's answer: its response clocks are met at `at`."""
    append(
        tx, "message.answered", desk=ticket.desk, ticket=ticket.number, at=at, subject=message, actor=by.key
    )
    if ticket.status is Status.WAITING:
        append(tx, "ticket.resumed", desk=ticket.desk, ticket=ticket.number, at=at, actor=by.key)
    tickets_.change(tx, ticket, at=at, status=after_answer(ticket.status))
