"""Reminders of open invoices, sent as they come due. Run by the writer; what is due stands in the table."""

from datetime import datetime

from procedures.money import invoices
from procedures.money.invoices import InvoiceNow
from procedures.money.reminding import next_reminder
from procedures.money.saying import tell
from templates_replies import money_phrases as phrases
from tickets.actor import BOT
from tickets.desk import DeskNow
from tickets.ledger.events import append
from tickets.ledger.tx import Tx


def remind(tx: Tx, invoice: InvoiceNow, *, desk: DeskNow, at: datetime) -> InvoiceNow:
    """Remind the requester of an invoice, and say when to do so next."""
    today = desk.desk.calendar.day_of(at)
    tell(
        tx, invoice.ticket,
        lambda language: phrases.reminder(
            language, number=invoice.number, left=invoice.left, due_on=invoice.due_on, today=today
        ),
        desk=desk, by=BOT, at=at,
    )  # fmt: skip
    append(
        tx, "invoice.reminded", desk=invoice.desk, ticket=invoice.ticket, subject=invoice.id, at=at, actor=BOT.key,
        case=invoice.case, number=invoice.number,
    )  # fmt: skip
    following = next_reminder(invoice.due_on, invoice.reminders, after=at, calendar=desk.desk.calendar)
    return invoices.change(tx, invoice, remind_at=following)
