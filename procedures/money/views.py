"""Invoices and payments as they are read: for pages, programs and tables."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlmodel import Session

from procedures.cases.tables import Case
from procedures.money.invoices import InvoiceNow, PaymentNow, State, invoice_from, payment_from
from procedures.money.tables import Invoice, Payment
from tickets.tables import Contact, Ticket

_INVOICES = Invoice.__table__  # type: ignore[attr-defined]
_PAYMENTS = Payment.__table__  # type: ignore[attr-defined]
_CASES = Case.__table__  # type: ignore[attr-defined]
_TICKETS = Ticket.__table__  # type: ignore[attr-defined]
_CONTACTS = Contact.__table__  # type: ignore[attr-defined]
_OPEN = _INVOICES.c.state == State.OPEN
_WAITS = (
    select(_PAYMENTS.c.id)
    .where(_PAYMENTS.c.invoice == _INVOICES.c.id, _PAYMENTS.c.state == "handed_in")
    .exists()
)
_LEFT = _INVOICES.c.total - _INVOICES.c.paid


class Show(StrEnum):
    """Which invoices are looked at."""

    OPEN = "open"
    OVERDUE = "overdue"
    TO_CHECK = "to_check"  # a payment was handed in and nobody has said whether it came in
    PAID = "paid"
    VOID = "void"
    ALL = "all"


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """What is asked for: invoices of some desks."""

    desks: Mapping[str, date]  # by slug: today there
    show: Show = Show.ALL
    first_on: date | None = None  # due from …
    last_on: date | None = None  # … to, both included
    q: str = ""  # part of a number, or of the name of whoever is billed


@dataclass(frozen=True, kw_only=True)
class Bill:
    """An invoice in a list."""

    invoice: InvoiceNow
    procedure: str
    contact: str | None
    waits: bool  # a payment was handed in and nobody has said whether it came in


@dataclass(frozen=True, kw_only=True)
class WholeInvoice:
    bill: Bill
    revision: int  # of the desk's files, under which its case runs
    payments: Sequence[PaymentNow] = ()  # the oldest first


@dataclass(frozen=True, kw_only=True)
class Sums:
    """How many, and how much of rupiah: what is left of those that are open, the total of the others."""

    counts: Mapping[Show, int] = field(default_factory=dict)
    amounts: Mapping[Show, int] = field(default_factory=dict)


def bills(session: Session, wanted: Wanted, *, most: int | None, skipped: int = 0) -> list[Bill]:
    """Return invoices: the first due first of those that are open, else the newest first. None: all of them."""
    by_due = wanted.show in {Show.OPEN, Show.OVERDUE, Show.TO_CHECK}
    order = (_INVOICES.c.due_on, _INVOICES.c.id) if by_due else (_INVOICES.c.id.desc(),)
    rows = session.execute(
        _bills().where(*_conditions(wanted, wanted.show)).order_by(*order).limit(most).offset(skipped)
    )
    return [_bill(row) for row in rows]


def sums(session: Session, wanted: Wanted) -> Sums:
    """Sum up every part of what is asked for, whichever is shown."""
    columns: list[Any] = []
    for show in Show:
        held = and_(*_conditions(wanted, show))
        amount = _INVOICES.c.total if show in {Show.PAID, Show.VOID, Show.ALL} else _LEFT
        columns += [
            func.count().filter(held).label(f"count_{show}"),
            func.coalesce(func.sum(amount).filter(held), 0).label(f"amount_{show}"),
        ]
    statement = select(*columns).select_from(_joined()).where(_INVOICES.c.desk.in_(wanted.desks))
    row = session.execute(statement).one()._asdict()
    return Sums(
        counts={show: row[f"count_{show}"] for show in Show},
        amounts={show: int(row[f"amount_{show}"]) for show in Show},
    )


def invoice(session: Session, id: int) -> WholeInvoice | None:  # noqa: A002  the column
    """Return an invoice with what was handed in for it; None if there is none of that number."""
    row = session.execute(_bills().where(_INVOICES.c.id == id)).one_or_none()
    if row is None:
        return None
    payments = session.execute(
        select(_PAYMENTS).where(_PAYMENTS.c.invoice == id).order_by(_PAYMENTS.c.id)
    ).all()
    return WholeInvoice(
        bill=_bill(row), revision=row.revision, payments=[payment_from(each) for each in payments]
    )


def payment(session: Session, id: int) -> PaymentNow | None:  # noqa: A002  the column
    """Return a payment; None if there is none of that number."""
    row = session.execute(select(_PAYMENTS).where(_PAYMENTS.c.id == id)).one_or_none()
    return None if row is None else payment_from(row)


def of_cases(session: Session, cases: Sequence[int]) -> list[InvoiceNow]:
    """Return the invoices of some cases, the oldest first."""
    if not cases:
        return []
    rows = session.execute(
        select(_INVOICES).where(_INVOICES.c.case.in_(cases)).order_by(_INVOICES.c.id)
    ).all()
    return [invoice_from(row._asdict()) for row in rows]


def _joined() -> Any:
    return (
        _INVOICES.join(_CASES, _CASES.c.id == _INVOICES.c.case)
        .join(_TICKETS, _TICKETS.c.number == _INVOICES.c.ticket)
        .join(_CONTACTS, _CONTACTS.c.id == _TICKETS.c.contact)
    )


_CALLED = func.coalesce(_CONTACTS.c.identity_name, _CONTACTS.c.name)


def _bills() -> Select[Any]:
    return select(
        *_INVOICES.c, _CASES.c.procedure, _CASES.c.revision, _CALLED.label("contact"), _WAITS.label("waits")
    ).select_from(_joined())


def _conditions(wanted: Wanted, show: Show) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = [_INVOICES.c.desk.in_(wanted.desks)]
    match show:
        case Show.OPEN:
            found.append(_OPEN)
        case Show.OVERDUE:
            over = (
                and_(_INVOICES.c.desk == desk, _INVOICES.c.due_on < today)
                for desk, today in wanted.desks.items()
            )
            found += [_OPEN, or_(*over)]
        case Show.TO_CHECK:
            found += [_OPEN, _WAITS]
        case Show.PAID | Show.VOID:
            found.append(_INVOICES.c.state == str(show))
        case Show.ALL:
            found.append(_INVOICES.c.state != State.VOID)
    if wanted.first_on is not None:
        found.append(_INVOICES.c.due_on >= wanted.first_on)
    if wanted.last_on is not None:
        found.append(_INVOICES.c.due_on <= wanted.last_on)
    if wanted.q:
        found.append(
            or_(
                _INVOICES.c.number.icontains(wanted.q, autoescape=True),
                _CALLED.icontains(wanted.q, autoescape=True),
            )
        )
    return found


_OF_INVOICE = frozenset(_INVOICES.c.keys())


def _bill(row: Any) -> Bill:
    columns = {name: value for name, value in row._asdict().items() if name in _OF_INVOICE}
    return Bill(
        invoice=invoice_from(columns), procedure=row.procedure, contact=row.contact, waits=bool(row.waits)
    )
