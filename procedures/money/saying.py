"""What the requester is told of money, in their language, on their channel."""

from collections.abc import Callable
from datetime import datetime

from procedures.cases.telling import contact_language
from templates_replies.catalogue import Language
from tickets import ticket as tickets_
from tickets.actions import answering
from tickets.actor import Actor
from tickets.desk import DeskNow
from tickets.ledger.writer import Tx

KIND = "money"  # why the bot speaks


def tell(
    tx: Tx, number: int, words: Callable[[Language], str], *, desk: DeskNow, by: Actor, at: datetime
) -> None:
    ticket = tickets_.load(tx, number)
    said = answering.Words(text=words(contact_language(ticket, desk)))
    answering.say_automatically(tx, ticket, said, at=at, kind=KIND, by=by)
