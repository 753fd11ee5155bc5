"""Payments from chat: whoever checks a proof accepts it, in whole or in part, or says why not."""

from bot.commands import Verb
from bot.executing import prompts
from bot.executing.doing import Doing
from bot.executing.prompts import Prompt
from bot.executing.verbs import OnTicket
from bot.former_procedures import procedure_of
from bot.turns.outcomes import named
from procedures.asking.questions import AnswerError, Kind, Question
from procedures.asking.reading import read_answer
from procedures.cases import happened as procedures_
from procedures.cases import rows as cases
from procedures.money import invoices
from procedures.money.invoices import PaymentNow, Proof
from procedures.running import paying
from templates_replies import money_phrases as phrases

_DIGITS = 15  # of a number of a row; what is longer fits no column
_AMOUNT = Question(id="amount", ask={}, kind=Kind.AMOUNT)


def _proof(doing: Doing, rest: str) -> None:
    """Check the proof that waits on a ticket: `accept`, with an amount for a part; `refuse` with a reason."""
    payment, words = _meant(doing, rest)
    language, (way, _, more) = doing.voice.language, words.partition(" ")
    if payment is None:
        doing.tell(phrases.nothing_to_check(language, ticket=doing.number))
    elif payment.state is not Proof.HANDED_IN:
        who = named(doing.tx, doing.desk, payment.checked_by)
        doing.tell(phrases.checked_already(language, who=who, state=payment.state))
    elif way.lower() in phrases.ACCEPTING:
        _accept(doing, payment, more.strip())
    elif way.lower() in phrases.REFUSING and more.strip():
        paying.refuse(doing.tx, payment.id, reason=more, doing=_upon(doing, payment))
        doing.tell(phrases.refused_it(language, ticket=doing.number))
    elif way.lower() in phrases.REFUSING:
        doing.tell(phrases.ask_why(language, ticket=doing.number))
        begun = f"{payment.id} {phrases.REFUSE}"
        prompts.expect(
            doing.tx, Prompt(ticket=doing.number, verb=Verb.PROOF, begun=begun), of=doing.person,
            at_place=doing.written.said.place, at=doing.at,
        )  # fmt: skip
    else:
        doing.tell(phrases.check_in_words(language, ticket=doing.number))


def _meant(doing: Doing, rest: str) -> tuple[PaymentNow | None, str]:
    """Return the payment that is meant, and the words upon it: a button names it, words mean the one that waits."""
    first, _, others = rest.strip().partition(" ")
    if first.isdecimal():
        found = invoices.payment_on(doing.tx, doing.number, int(first)) if len(first) <= _DIGITS else None
        return found, others.strip()
    return next(iter(invoices.waiting_of(doing.tx, doing.number)), None), rest.strip()


def _accept(doing: Doing, payment: PaymentNow, said: str) -> None:
    language = doing.voice.language
    try:
        today = doing.desk.now.desk.calendar.day_of(doing.at)
        amount = int(read_answer(_AMOUNT, said, today=today)) if said else None
    except AnswerError:
        doing.tell(phrases.no_amount(language, ticket=doing.number))
        return
    after = paying.accept(doing.tx, payment.id, amount=amount, paid_on=None, doing=_upon(doing, payment))
    doing.tell(
        phrases.accepted_it(
            language, ticket=doing.number, amount=after.amount or 0, receipt=after.receipt or "",
            left=invoices.load(doing.tx, after.invoice).left,
        )
    )  # fmt: skip


def _upon(doing: Doing, payment: PaymentNow) -> procedures_.Doing:
    case = cases.load(doing.tx, invoices.load(doing.tx, payment.invoice).case)
    procedure = procedure_of(doing.tx, case, doing.desk)
    if procedure is None:
        raise cases.NoSuchCaseError(case.id)
    return procedures_.Doing(procedure=procedure, desk=doing.desk.now, by=doing.by, at=doing.at)


VERBS: OnTicket = {Verb.PROOF: _proof}
