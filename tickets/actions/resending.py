"""Sending an answer again of which nobody knows whether it arrived. The house never does so by itself: a person decides."""

from datetime import datetime

from sqlalchemy import bindparam, select

from tickets import outbox
from tickets import ticket as tickets_
from tickets.actions.errors import RuleError
from tickets.actions.rights import require_agent
from tickets.actor import Actor
from tickets.ledger.events import append
from tickets.ledger.prepared import Prepared
from tickets.ledger.tx import Tx
from tickets.message import Author, Delivery
from tickets.tables import Message

SENT_AGAIN = "message.sent_again"

_MESSAGES = Message.__table__  # type: ignore[attr-defined]
_IN_DOUBT = Prepared(
    select(_MESSAGES.c.id)
    .where(
        _MESSAGES.c.ticket == bindparam("ticket"),
        _MESSAGES.c.author == str(Author.AGENT),
        _MESSAGES.c.delivery == str(Delivery.UNKNOWN),
        _MESSAGES.c.withdrawn_at.is_(None),
    )
    .order_by(_MESSAGES.c.id.desc())
)


class NotInDoubtError(RuleError):
    """What became of it is known, or somebody has sent it again already."""

    code = "not_in_doubt"


def send_again(tx: Tx, number: int, message: int | None, *, by: Actor, at: datetime) -> int:
    """Send an answer again whose outcome is unknown, the newest one if none is named; the message."""
    ticket = tickets_.load(tx, number)
    require_agent(by, ticket)
    in_doubt = [int(row.id) for row in tx.all(_IN_DOUBT, ticket=number)]
    wanted = next((each for each in in_doubt if message is None or each == message), None)
    if wanted is None or not outbox.try_again(tx, wanted, at=at):
        raise NotInDoubtError(f"nothing on ticket #{number} is in doubt", ticket=number)
    append(tx, SENT_AGAIN, desk=ticket.desk, ticket=number, at=at, subject=wanted, actor=by.key)
    return wanted
