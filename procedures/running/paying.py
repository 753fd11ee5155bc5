"""Payments: handed in by the requester, seen to have come in by the desk, accepted or not. Run by the writer."""

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

from procedures.cases import rows as cases
from procedures.cases.happened import Doing
from procedures.cases.presence import not_here
from procedures.cases.rights import may_end
from procedures.cases.rows import CaseNow
from procedures.definition.money import Settles
from procedures.definition.procedure import Procedure, Role, Step
from procedures.money import invoices
from procedures.money.invoices import InvoiceNow, PaymentNow, Proof, State
from procedures.money.invoicing import local_day, record, settled
from procedures.money.printed import print_receipt
from procedures.money.reckoning import MOST, NotTakenError
from procedures.money.saying import tell, tell_with
from procedures.running import actions
from procedures.running.actions import ReasonMissingError
from procedures.running.billing import InvoiceOverError
from templates_replies import money_phrases as phrases
from templates_replies.catalogue import Language
from tickets.actions.errors import NotAllowedError, RuleError
from tickets.actor import CONTACT
from tickets.ledger.tx import Tx


class CheckedError(RuleError):
    """Somebody has said already whether the payment has come in."""

    code = "payment_checked"

    def __init__(self, payment: PaymentNow) -> None:
        super().__init__(
            f"payment {payment.id} was {payment.state} by {payment.checked_by}", ticket=payment.ticket
        )
        self.payment = payment


class NothingOpenError(RuleError):
    """Nothing is asked for that could be paid."""

    code = "nothing_open"


class PaidOnError(NotTakenError):
    """Nobody can have paid on that day."""

    code = "no_day"
    field = "paid_on"


def settles_now(case: CaseNow, procedure: Procedure) -> Iterator[Step]:
    """Yield the steps of a case that wait for what was billed to be paid."""
    for name in case.standing.open:
        step = procedure.step(name)
        if step is not None and step.money.settles is not None:
            yield step


def is_asked(tx: Tx, case: CaseNow) -> bool:
    """Whether something that a case has billed is still to be paid."""
    return bool(_open(tx, case))


def hand_in(tx: Tx, case: CaseNow, message: int, *, doing: Doing) -> PaymentNow:
    """Take a message with files in as proof that the first due of a case's invoices is paid; it counts once checked.

    More files before somebody has checked are of the same payment. Raises NothingOpenError.
    """
    invoice = _first_open(tx, case)
    waiting = next(
        (each for each in invoices.payments_of(tx, invoice.id) if each.state is Proof.HANDED_IN), None
    )
    if waiting is not None:
        known = dict.fromkeys((*waiting.messages, message))
        return invoices.change_payment(tx, waiting, messages=tuple(known))
    payment = _create(tx, invoice, doing, messages=(message,))
    record(tx, "payment.handed_in", invoice, doing, number=invoice.number, payment=payment.id)
    _tell(tx, case, doing, lambda language: phrases.handed_in(language, number=invoice.number))
    return payment


def accept(tx: Tx, payment_id: int, *, amount: int | None, paid_on: date | None, doing: Doing) -> PaymentNow:
    """Say that what was handed in has come in: all that is open where no amount is named. Raises CheckedError."""
    payment, invoice, case = _to_check(tx, payment_id, doing)
    return _came_in(tx, payment, invoice, case, amount=amount, paid_on=paid_on, doing=doing)


def receive(tx: Tx, invoice_id: int, *, amount: int | None, paid_on: date | None, doing: Doing) -> PaymentNow:
    """Write down what came in without a proof: over the counter, or seen on the account of the office."""
    invoice = invoices.load(tx, invoice_id)
    case = cases.load(tx, invoice.case)
    _require_checker(tx, case, invoice, doing)
    _require_open(invoice)
    payment = _create(tx, invoice, doing)
    return _came_in(tx, payment, invoice, case, amount=amount, paid_on=paid_on, doing=doing)


def refuse(tx: Tx, payment_id: int, *, reason: str | None, doing: Doing) -> PaymentNow:
    """Say that what was handed in proves nothing, and ask the requester again."""
    payment, invoice, case = _to_check(tx, payment_id, doing)
    why = (reason or "").strip()
    if not why:
        raise ReasonMissingError("whoever does not accept a payment says why")
    payment = invoices.change_payment(
        tx, payment, state=Proof.REFUSED, reason=why, checked_at=doing.at, checked_by=doing.by.key
    )
    record(tx, "payment.refused", invoice, doing, number=invoice.number, payment=payment.id, reason=why)
    _tell(tx, case, doing, lambda language: phrases.refused(language, number=invoice.number, reason=why))
    return payment


def checkers(procedure: Procedure, case: CaseNow, invoice: InvoiceNow) -> tuple[Role, ...]:
    """Return the roles that say whether a payment has come in: of the steps that settle, else of the one that billed."""
    billing = procedure.step(invoice.step)
    names = [terms.checked_by for terms in _settling(procedure, case)]
    wanted = names or ([billing.role] if billing else [])
    return tuple(role for name in dict.fromkeys(wanted) if (role := procedure.role(name)))


def _settling(procedure: Procedure, case: CaseNow) -> tuple[Settles, ...]:
    """Return the terms of the steps that wait for payment now, else of all that ever do."""
    steps = tuple(settles_now(case, procedure)) or procedure.steps
    return tuple(step.money.settles for step in steps if step.money.settles)


def _receipt(procedure: Procedure, case: CaseNow) -> str | None:
    return next((terms.receipt for terms in _settling(procedure, case) if terms.receipt), None)


def settle(tx: Tx, case: CaseNow, *, doing: Doing) -> CaseNow:
    """End the steps that wait for payment once nothing is open, each in the first of its ways."""
    if is_asked(tx, case):
        return case
    for step in settles_now(case, doing.procedure):
        role = doing.procedure.role(step.role)
        by = CONTACT if role is not None and role.requester else doing.by
        case = actions.act(
            tx, case.id, step.id, step.outcomes[0].id, procedure=doing.procedure, answers={}, reason=None,
            desk=doing.desk, by=by, at=doing.at,
        )  # fmt: skip
    return case


def _came_in(
    tx: Tx, payment: PaymentNow, invoice: InvoiceNow, case: CaseNow, *, amount: int | None, paid_on: date | None,
    doing: Doing,
) -> PaymentNow:  # fmt: skip
    today = local_day(doing.at, doing.desk.desk)
    came = invoice.left if amount is None else amount
    if not 0 < came <= MOST:
        raise NotTakenError(f"expected what has come in, in rupiah, not {came}")
    if paid_on is not None and paid_on > today:
        raise PaidOnError(f"nobody has paid on a day to come, {paid_on}")
    printed = print_receipt(
        tx, case, doing, id=payment.id, paper=_receipt(doing.procedure, case), amount=came, invoice=invoice.number,
        left=invoice.left - came, role=next(iter(checkers(doing.procedure, case, invoice)), None),
    )  # fmt: skip
    receipt = printed.number or f"#{payment.id}"
    payment = invoices.change_payment(
        tx, payment, state=Proof.ACCEPTED, amount=came, paid_on=paid_on or today, checked_at=doing.at,
        checked_by=doing.by.key, receipt=receipt, paper=printed.id,
    )  # fmt: skip
    record(
        tx, "payment.accepted", invoice, doing, number=invoice.number, payment=payment.id, amount=came,
        receipt=receipt,
    )  # fmt: skip
    after = settled(tx, invoice, came, doing)
    tell_with(
        tx, case, printed,
        lambda language: phrases.accepted(
            language, number=invoice.number, amount=came, receipt=receipt, left=after.left
        ),
        doing=doing,
    )  # fmt: skip
    settle(tx, case, doing=doing)
    return payment


def _tell(tx: Tx, case: CaseNow, doing: Doing, words: Callable[[Language], str]) -> None:
    tell(tx, case.ticket, words, desk=doing.desk, by=doing.by, at=doing.at)


def _create(tx: Tx, invoice: InvoiceNow, doing: Doing, **more: Any) -> PaymentNow:
    return invoices.create_payment(
        tx, desk=invoice.desk, ticket=invoice.ticket, invoice=invoice.id, state=Proof.HANDED_IN, handed_in_at=doing.at,
        handed_in_by=doing.by.key, **more,
    )  # fmt: skip


def _to_check(tx: Tx, payment_id: int, doing: Doing) -> tuple[PaymentNow, InvoiceNow, CaseNow]:
    payment = invoices.load_payment(tx, payment_id)
    invoice = invoices.load(tx, payment.invoice)
    case = cases.load(tx, invoice.case)
    _require_checker(tx, case, invoice, doing)
    if payment.state is not Proof.HANDED_IN:
        raise CheckedError(payment)
    _require_open(invoice)
    return payment, invoice, case


def _require_checker(tx: Tx, case: CaseNow, invoice: InvoiceNow, doing: Doing) -> None:
    absent = not_here(tx, invoice.desk, doing.at)
    roles = checkers(doing.procedure, case, invoice)
    if not any(may_end(doing.by, role, doing.desk.desk, absent=absent) for role in roles):
        names = ", ".join(role.name for role in roles)
        raise NotAllowedError(f"payments are checked by {names}")


def _require_open(invoice: InvoiceNow) -> None:
    if invoice.state is not State.OPEN:
        raise InvoiceOverError(f"{invoice.number} is {invoice.state}", ticket=invoice.ticket)


def _open(tx: Tx, case: CaseNow) -> tuple[InvoiceNow, ...]:
    return tuple(each for each in invoices.of_case(tx, case.id) if each.state is State.OPEN)


def _first_open(tx: Tx, case: CaseNow) -> InvoiceNow:
    found = _open(tx, case)
    if not found:
        raise NothingOpenError(f"case {case.id} asks for no money", ticket=case.ticket)
    return found[0]
