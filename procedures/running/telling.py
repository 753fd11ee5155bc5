"""What the requester is told as a case moves, and the papers that go to them with it."""

from functools import partial

from procedures.cases.happened import Doing
from procedures.cases.rows import CaseNow
from procedures.cases.telling import say, told
from procedures.definition.procedure import Words
from procedures.papers.sending import send_along
from procedures.running.issued import issued_last
from tickets import ticket as tickets_
from tickets.actions import answering
from tickets.ledger.tx import Tx


def tell_requester(tx: Tx, case: CaseNow, doing: Doing, by_step: Words | None, *, reason: str | None) -> None:
    """Tell them what the step and the end say, in one message with a paper where one goes to them."""
    said = told(tx, case, doing, by_step, reason=reason, issued=partial(issued_last, tx, case.id))
    if not send_along(tx, case, said, doing) and said:
        say(tx, tickets_.load(tx, case.ticket), answering.Words(text=said), by=doing.by, at=doing.at)
