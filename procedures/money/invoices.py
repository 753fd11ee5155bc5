"""The rows of invoices and payments, read and written inside the writer's transaction."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import bindparam, select, update

from procedures.money.reckoning import Item
from procedures.money.tables import Invoice, Payment
from tickets.ledger.prepared import Prepared, Row, inserting
from tickets.ledger.tx import Tx

_INVOICES = Invoice.__table__  # type: ignore[attr-defined]
_PAYMENTS = Payment.__table__  # type: ignore[attr-defined]
_INSERT_INVOICE, _INSERT_PAYMENT = inserting(Invoice), inserting(Payment)
_INVOICE = Prepared(select(_INVOICES).where(_INVOICES.c.id == bindparam("id")))
_PAYMENT = Prepared(select(_PAYMENTS).where(_PAYMENTS.c.id == bindparam("id")))
_OF_CASE = Prepared(
    select(_INVOICES)
    .where(_INVOICES.c.case == bindparam("case"))
    .order_by(_INVOICES.c.due_on, _INVOICES.c.id)
)
_PAYMENTS_OF = Prepared(
    select(_PAYMENTS).where(_PAYMENTS.c.invoice == bindparam("invoice")).order_by(_PAYMENTS.c.id)
)
_WAITING_OF = Prepared(
    select(_PAYMENTS)
    .join(_INVOICES, _INVOICES.c.id == _PAYMENTS.c.invoice)
    .where(
        _PAYMENTS.c.ticket == bindparam("ticket"),
        _PAYMENTS.c.state == "handed_in",
        _INVOICES.c.state == "open",
    )
    .order_by(_PAYMENTS.c.id)
)
_SAVE_INVOICE = Prepared(
    update(_INVOICES)
    .where(_INVOICES.c.id == bindparam("of_id"))
    .values({name: bindparam(name) for name in ("paid", "state", "remind_at", "ended_at", "reason")})
)
_SAVE_PAYMENT = Prepared(
    update(_PAYMENTS)
    .where(_PAYMENTS.c.id == bindparam("of_id"))
    .values(
        {
            name: bindparam(name)
            for name in (
                "invoice", "state", "messages", "amount", "paid_on", "receipt", "paper", "checked_at", "checked_by", "reason",
            )
        }
    )
)  # fmt: skip
_TO_REMIND = Prepared(
    select(_INVOICES)
    .where(_INVOICES.c.state == "open", _INVOICES.c.remind_at <= bindparam("now"))
    .order_by(_INVOICES.c.remind_at)
    .limit(bindparam("most"))
)


class State(StrEnum):
    """How an invoice stands."""

    OPEN = "open"
    PAID = "paid"
    VOID = "void"


class Proof(StrEnum):
    """How a payment stands."""

    HANDED_IN = "handed_in"
    ACCEPTED = "accepted"
    REFUSED = "refused"


class NoSuchInvoiceError(Exception):
    """There is no invoice of that number."""

    def __init__(self, invoice: int) -> None:
        super().__init__(f"there is no invoice {invoice}")
        self.invoice = invoice


class NoSuchPaymentError(Exception):
    """There is no payment of that number."""

    def __init__(self, payment: int) -> None:
        super().__init__(f"there is no payment {payment}")
        self.payment = payment


@dataclass(frozen=True, kw_only=True)
class InvoiceNow:
    """One invoice as it stands; amounts are whole rupiah."""

    id: int
    desk: str
    ticket: int
    case: int
    step: str
    number: str
    lines: tuple[Item, ...] = field(repr=False)
    total: int
    paid: int = 0
    state: State = State.OPEN
    made_at: datetime
    made_by: str
    due_on: date
    reminders: tuple[int, ...] = ()
    remind_at: datetime | None = None
    ended_at: datetime | None = None
    reason: str | None = None
    replaces: int | None = None
    paper: int | None = None

    @property
    def left(self) -> int:
        """What is still to be paid; below nothing where more has come in than was asked for."""
        return self.total - self.paid

    def is_overdue(self, today: date) -> bool:
        return self.state is State.OPEN and self.due_on < today


@dataclass(frozen=True, kw_only=True)
class PaymentNow:
    """One payment as it stands."""

    id: int
    desk: str
    ticket: int
    invoice: int
    state: Proof
    messages: tuple[int, ...] = ()
    handed_in_at: datetime
    handed_in_by: str
    amount: int | None = None
    paid_on: date | None = None
    receipt: str | None = None
    paper: int | None = None
    checked_at: datetime | None = None
    checked_by: str | None = None
    reason: str | None = None


def next_id(tx: Tx) -> int:
    return tx.next_id("invoices")


def create(tx: Tx, **fields: Any) -> InvoiceNow:
    """Write an invoice down; its `id` comes from `next_id`."""
    invoice = InvoiceNow(**fields)
    lines = [each.to_data() for each in invoice.lines]
    written = {"lines": lines, "state": str(invoice.state), "reminders": list(invoice.reminders)}
    tx.run(_INSERT_INVOICE, **vars(invoice) | written)
    return invoice


def load(tx: Tx, id: int) -> InvoiceNow:  # noqa: A002  the column
    """Return an invoice. Raises NoSuchInvoiceError."""
    row = tx.one(_INVOICE, id=id)
    if row is None:
        raise NoSuchInvoiceError(id)
    return invoice_from(row._asdict())


def of_case(tx: Tx, case: int) -> tuple[InvoiceNow, ...]:
    """Return the invoices of a case, the first due first."""
    return tuple(invoice_from(row._asdict()) for row in tx.all(_OF_CASE, case=case))


def to_remind(tx: Tx, *, now: datetime, most: int) -> tuple[InvoiceNow, ...]:
    """Return open invoices of which the requester is to be reminded, the longest waiting first."""
    return tuple(invoice_from(row._asdict()) for row in tx.all(_TO_REMIND, now=now, most=most))


def change(tx: Tx, invoice: InvoiceNow, **changed: Any) -> InvoiceNow:
    invoice = replace(invoice, **changed)
    tx.run(
        _SAVE_INVOICE, of_id=invoice.id, paid=invoice.paid, state=str(invoice.state), remind_at=invoice.remind_at,
        ended_at=invoice.ended_at, reason=invoice.reason,
    )  # fmt: skip
    return invoice


def create_payment(tx: Tx, **fields: Any) -> PaymentNow:
    payment = PaymentNow(id=tx.next_id("payments"), **fields)
    tx.run(
        _INSERT_PAYMENT, **vars(payment) | {"messages": list(payment.messages), "state": str(payment.state)}
    )
    return payment


def load_payment(tx: Tx, id: int) -> PaymentNow:  # noqa: A002  the column
    """Return a payment. Raises NoSuchPaymentError."""
    row = tx.one(_PAYMENT, id=id)
    if row is None:
        raise NoSuchPaymentError(id)
    return payment_from(row)


def payment_on(tx: Tx, ticket: int, id: int) -> PaymentNow | None:  # noqa: A002  the column
    """Return a payment of a ticket; None if that has none of this number."""
    row = tx.one(_PAYMENT, id=id)
    return payment_from(row) if row is not None and row.ticket == ticket else None


def payments_of(tx: Tx, invoice: int) -> tuple[PaymentNow, ...]:
    """Return what was handed in for an invoice, the oldest first."""
    return tuple(payment_from(row) for row in tx.all(_PAYMENTS_OF, invoice=invoice))


def waiting_of(tx: Tx, ticket: int) -> tuple[PaymentNow, ...]:
    """Return what was handed in on a ticket and nobody has checked, the oldest first."""
    return tuple(payment_from(row) for row in tx.all(_WAITING_OF, ticket=ticket))


def change_payment(tx: Tx, payment: PaymentNow, **changed: Any) -> PaymentNow:
    payment = replace(payment, **changed)
    tx.run(
        _SAVE_PAYMENT,
        of_id=payment.id,
        **vars(payment) | {"messages": list(payment.messages), "state": str(payment.state)},
    )
    return payment


def invoice_from(fields: Mapping[str, Any]) -> InvoiceNow:
    """Return the columns of an invoice as a value."""
    return InvoiceNow(
        **{
            **fields,
            "lines": tuple(Item.from_data(each) for each in fields["lines"] or ()),
            "reminders": tuple(fields["reminders"] or ()),
            "state": State(fields["state"]),
        }
    )


def payment_from(row: Row) -> PaymentNow:
    """Return a row of the table as a value."""
    fields = row._asdict()
    return PaymentNow(
        **fields | {"messages": tuple(fields["messages"] or ()), "state": Proof(fields["state"])}
    )
