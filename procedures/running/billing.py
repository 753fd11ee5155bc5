"""What people do with invoices: make one void, or another in its place. Run by the writer, as every act is."""

from procedures.cases.happened import Doing
from procedures.cases.presence import not_here
from procedures.cases.rights import require_turn
from procedures.definition.money import Bills
from procedures.money import invoices
from procedures.money.invoices import InvoiceNow, State
from procedures.money.invoicing import make_instead, make_void
from procedures.money.reckoning import Item, NotTakenError
from procedures.running.actions import ReasonMissingError
from tickets.actions.errors import RuleError, UnknownValueError
from tickets.ledger.tx import Tx


class MoneyCameInError(RuleError):
    """Something has been paid for it: it can be replaced, and takes along what has come in, but not just go."""

    code = "money_came_in"


class InvoiceOverError(RuleError):
    """The invoice is void, or paid."""

    code = "invoice_over"


def void(tx: Tx, invoice_id: int, *, reason: str | None, doing: Doing) -> InvoiceNow:
    """Ask no more for what an invoice asks for. Raises InvoiceOverError, MoneyCameInError, ReasonMissingError."""
    invoice = _theirs(tx, invoice_id, doing)
    why = _reason(reason)
    if invoice.paid:
        raise MoneyCameInError(f"{invoice.number} has been paid in part", ticket=invoice.ticket)
    return make_void(tx, invoice, reason=why, doing=doing)


def replace(
    tx: Tx, invoice_id: int, items: tuple[Item, ...], *, reason: str | None, doing: Doing
) -> InvoiceNow:
    """Make another invoice in place of an open one; what has come in for that counts for the new one."""
    invoice = _theirs(tx, invoice_id, doing)
    why = _reason(reason)
    if not items:
        raise NotTakenError("an invoice has lines")
    step = doing.procedure.step(invoice.step)
    terms = step.money.bills if step and step.money.bills else Bills(rates=())
    made = make_instead(tx, invoice, items, reason=why, terms=terms, doing=doing)
    if made is None:
        raise AssertionError("there are items")
    return made


def _theirs(tx: Tx, invoice_id: int, doing: Doing) -> InvoiceNow:
    """Return an open invoice that is theirs to change: who does the step that billed it, and supervisors."""
    invoice = invoices.load(tx, invoice_id)
    step = doing.procedure.step(invoice.step)
    role = doing.procedure.acting(step) if step else None
    if role is None:
        raise UnknownValueError(f"no step bills {invoice.number}", field="invoice", value=invoice.number)
    require_turn(doing.by, role, doing.desk.desk, absent=not_here(tx, invoice.desk, doing.at))
    if invoice.state is not State.OPEN:
        raise InvoiceOverError(f"{invoice.number} is {invoice.state}", ticket=invoice.ticket)
    return invoice


def _reason(given: str | None) -> str:
    reason = (given or "").strip()
    if not reason:
        raise ReasonMissingError("an invoice is not changed without a reason")
    return reason
