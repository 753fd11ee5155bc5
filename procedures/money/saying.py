"""What the requester is told of money, in their language, on their channel."""

from collections.abc import Callable
from datetime import datetime

from procedures.cases.happened import Doing
from procedures.cases.rows import CaseNow
from procedures.cases.telling import contact_language
from procedures.papers.rows import PaperNow
from procedures.papers.sending import send
from templates_replies.catalogue import Language
from tickets import ticket as tickets_
from tickets.actions import answering
from tickets.actor import Actor
from tickets.desk import DeskNow
from tickets.ledger.tx import Tx

KIND = "money"  # why the bot speaks


def tell(
    tx: Tx, number: int, words: Callable[[Language], str], *, desk: DeskNow, by: Actor, at: datetime
) -> None:
    """Say it, as it stands."""
    ticket = tickets_.load(tx, number)
    said = answering.Words(text=words(contact_language(ticket, desk)))
    answering.say_automatically(tx, ticket, said, at=at, kind=KIND, by=by)


def tell_with(
    tx: Tx, case: CaseNow, paper: PaperNow, words: Callable[[Language], str], *, doing: Doing
) -> None:
    """Say it in one message with the paper that it is about, as soon as that is typeset."""
    language = contact_language(tickets_.load(tx, case.ticket), doing.desk)
    send(tx, case, doing, paper.paper, said=words(language))
