"""Invoices made, made anew and made void as a case moves: what hangs on the steps that bill, and on the case's end."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from procedures.cases import rows as cases
from procedures.cases.happened import Doing, Happened
from procedures.cases.rows import CaseNow
from procedures.definition.money import Bills
from procedures.definition.procedure import End, Ending, Role
from procedures.money import invoices
from procedures.money.invoices import InvoiceNow, Proof, State
from procedures.money.printed import print_invoice
from procedures.money.reckoning import Item, items_of, total
from procedures.money.reminding import next_reminder
from procedures.money.saying import tell_with
from procedures.papers.actions import take_back
from procedures.words.answer_words import spoken
from templates_replies import money_phrases as phrases
from tickets.actions.errors import RuleError
from tickets.desk import Desk
from tickets.ledger.events import append
from tickets.ledger.tx import Tx


class NotPaidError(RuleError):
    """Something that was billed is not paid yet."""

    code = "not_paid"


@dataclass(frozen=True, kw_only=True)
class ToBill:
    """What a step that has ended asks for."""

    items: tuple[Item, ...]
    terms: Bills


def to_bill(happened: Happened) -> Iterator[ToBill]:
    """Say what is billed: by a step that has ended in the first of its ways."""
    step, turn = happened.step, happened.turn
    bills = step.money.bills if step else None
    if step is None or turn is None or bills is None or turn.outcome != step.outcomes[0].id:
        return
    yield ToBill(
        items=items_of(happened.doing.procedure.tariff, bills.rates, happened.case.answers), terms=bills
    )


def bill(tx: Tx, happened: Happened, order: ToBill) -> None:
    """Make the invoice of a step, in place of the one that the step has made before; where it comes to nothing, none."""
    step = happened.step
    if step is None:
        return
    before = next(
        (
            each
            for each in invoices.of_case(tx, happened.case.id)
            if each.step == step.id and each.state is not State.VOID
        ),
        None,
    )
    doing = happened.doing
    if before is not None:
        make_instead(tx, before, order.items, reason=None, terms=order.terms, doing=doing)
    elif order.items:
        make(tx, order.items, terms=order.terms, doing=doing, case=happened.case, step=step.id)


def to_void(happened: Happened) -> Iterator[End | None]:
    """Say whether a case has ended so that nothing more is asked for: refused or withdrawn."""
    end = happened.doing.procedure.end(happened.case.ended or "")
    if end is None or end.ending is not Ending.DONE:
        yield end


def void_open(tx: Tx, happened: Happened, _order: End | None) -> None:
    """Make void what nobody has paid anything of."""
    for each in invoices.of_case(tx, happened.case.id):
        if each.state is State.OPEN and not each.paid:
            make_void(tx, each, reason=None, doing=happened.doing)


def to_be_paid(happened: Happened) -> Iterator[CaseNow]:
    """Say whether a step has ended that is over only once everything is paid."""
    step, turn = happened.step, happened.turn
    if step and turn and step.money.settles and turn.outcome == step.outcomes[0].id:
        yield happened.case


def require_paid(tx: Tx, _happened: Happened, case: CaseNow) -> None:
    """Raise NotPaidError where something is still open."""
    left = [each.number for each in invoices.of_case(tx, case.id) if each.state is State.OPEN]
    if left:
        raise NotPaidError(f"not paid yet: {', '.join(left)}", ticket=case.ticket)


def make(
    tx: Tx, items: tuple[Item, ...], *, terms: Bills, doing: Doing, case: CaseNow, step: str,
    replaces: InvoiceNow | None = None,
) -> InvoiceNow:  # fmt: skip
    """Write an invoice down, print it, and tell the requester of it."""
    desk, at, id_ = doing.desk.desk, doing.at, invoices.next_id(tx)
    due_on = local_day(at, desk) + timedelta(days=terms.due_in)
    printed = print_invoice(
        tx, case, doing, id=id_, paper=terms.paper, items=items, due_on=due_on, role=role_of(doing, step)
    )
    invoice = invoices.create(
        tx, id=id_, desk=desk.slug, ticket=case.ticket, case=case.id, step=step, lines=items, total=total(items),
        number=printed.number or f"#{id_}", paper=printed.id, made_at=at, made_by=doing.by.key, due_on=due_on,
        reminders=terms.reminded, remind_at=next_reminder(due_on, terms.reminded, after=at, calendar=desk.calendar),
        replaces=replaces.id if replaces else None,
    )  # fmt: skip
    record(
        tx, "invoice.made", invoice, doing, number=invoice.number, total=invoice.total, due_on=str(due_on),
        **({"replaces": replaces.id} if replaces else {}),
    )  # fmt: skip
    tell_with(
        tx, case, printed,
        lambda language: phrases.invoice_made(
            language, number=invoice.number, total=invoice.total, due_on=due_on,
            lines=[(spoken(each.name, language), each.amount) for each in items],
            replaces=replaces.number if replaces else None,
        ),
        doing=doing,
    )  # fmt: skip
    return invoice


def role_of(doing: Doing, step: str) -> Role | None:
    """Return the role that does a step."""
    found = doing.procedure.step(step)
    return doing.procedure.acting(found) if found else None


def make_instead(
    tx: Tx, before: InvoiceNow, items: tuple[Item, ...], *, reason: str | None, terms: Bills, doing: Doing
) -> InvoiceNow | None:
    """Make another in place of an invoice, with what has come in for that; None where it comes to nothing."""
    void = make_void(tx, before, reason=reason, doing=doing)
    if not items:
        return None
    case = cases.load(tx, before.case)
    after = make(tx, items, terms=terms, doing=doing, case=case, step=before.step, replaces=void)
    for payment in invoices.payments_of(tx, before.id):
        if payment.state is not Proof.REFUSED:
            invoices.change_payment(tx, payment, invoice=after.id)
    return settled(tx, after, before.paid, doing) if before.paid else after


def make_void(tx: Tx, invoice: InvoiceNow, *, reason: str | None, doing: Doing) -> InvoiceNow:
    """Make void what was asked for. It keeps its number."""
    record(
        tx, "invoice.void", invoice, doing, number=invoice.number, **({"reason": reason} if reason else {})
    )
    if invoice.paper is not None:
        take_back(tx, invoice.paper, reason, by=doing.by, at=doing.at)
    return invoices.change(tx, invoice, state=State.VOID, reason=reason, ended_at=doing.at, remind_at=None)


def settled(tx: Tx, invoice: InvoiceNow, came_in: int, doing: Doing) -> InvoiceNow:
    """Add what has come in; the invoice is paid once that is all of it."""
    paid = invoice.paid + came_in
    if paid < invoice.total:
        return invoices.change(tx, invoice, paid=paid)
    record(tx, "invoice.paid", invoice, doing, number=invoice.number)
    return invoices.change(tx, invoice, paid=paid, state=State.PAID, ended_at=doing.at, remind_at=None)


def record(tx: Tx, kind: str, invoice: InvoiceNow, doing: Doing, **data: Any) -> None:
    """Tell the history of an invoice."""
    append(
        tx, kind, desk=invoice.desk, ticket=invoice.ticket, subject=invoice.id, at=doing.at, actor=doing.by.key,
        case=invoice.case, **data,
    )  # fmt: skip


def local_day(at: datetime, desk: Desk) -> date:
    return desk.calendar.day_of(at)
