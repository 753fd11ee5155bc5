"""What procedures have asked money for: invoices of a desk or a case, payments that are checked. Amounts are whole rupiah."""

from collections.abc import Callable, Sequence
from dataclasses import asdict
from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any

from fastapi import Query
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field
from pydantic.dataclasses import dataclass

from console.api.bodies import Line, Said
from console.api.caller import Asked, Asking, Caller
from console.api.cases import their_case
from console.api.shapes import answer
from console.api.theirs import theirs
from console.api.tickets import REFUSALS
from console.house import TheHouse
from console.ids import Id
from console.money.billed import Billed, billed
from console.routes import Router
from procedures.cases.happened import Doing
from procedures.money import views as money
from procedures.money.invoices import InvoiceNow, NoSuchInvoiceError, NoSuchPaymentError, PaymentNow
from procedures.money.reckoning import MOST, item
from procedures.money.views import Show, Wanted
from procedures.running import billing, paying
from procedures.words.answer_words import spoken
from tickets.actions.errors import NotAllowedError
from tickets.actions.rights import require
from tickets.actor import Actor, Role
from tickets.ledger.tx import Tx

PAGE, LONGEST_LIST = 50, 200
Rupiah = Annotated[int, Field(gt=0, le=MOST)]

router = Router(tags=["bills"], responses=REFUSALS)


class Payment(BaseModel):
    amount: Rupiah | None = Field(
        default=None, description="What has come in, in rupiah; left out: all that is open"
    )
    paid_on: date | None = Field(default=None, description="Left out: today")


class Reason(BaseModel):
    reason: Said


class NewLine(BaseModel):
    name: Line = Field(min_length=1)
    quantity: float = Field(default=1, gt=0, le=10**6)
    unit: Line = ""
    price: Annotated[int, Field(ge=0, le=MOST)] = Field(description="Rupiah for one")


class Replacement(BaseModel):
    lines: list[NewLine] = Field(min_length=1, max_length=50)
    reason: Said


@dataclass(frozen=True, kw_only=True)
class LineShape:
    name: str
    quantity: str
    unit: str
    price: int
    amount: int


@dataclass(frozen=True, kw_only=True)
class PaymentShape:
    id: int
    state: str  # handed_in, accepted, refused
    messages: Sequence[int]
    handed_in_at: datetime
    handed_in_by: str
    amount: int | None
    paid_on: date | None
    receipt: str | None
    checked_at: datetime | None
    checked_by: str | None
    reason: str | None


@dataclass(frozen=True, kw_only=True)
class BillShape:
    id: int
    number: str
    desk: str
    ticket: int
    case: int
    step: str
    state: str  # open, paid, void
    overdue: bool
    lines: Sequence[LineShape]
    total: int
    paid: int
    left: int
    made_at: datetime
    made_by: str
    due_on: date
    ended_at: datetime | None
    reason: str | None
    replaces: int | None


@router.get("/bills", summary="The invoices of a desk")
async def list_bills(
    house: TheHouse, by: Caller, *, desk: str, show: Show = Show.ALL,
    first: date | None = None, last: date | None = None, q: Annotated[str, Query(max_length=100)] = "",
    limit: Annotated[int, Query(ge=1, le=LONGEST_LIST)] = PAGE,
    after: Annotated[int, Query(ge=0, le=10**6)] = 0,
) -> JSONResponse:  # fmt: skip
    """`first` and `last` are days on which they are due. Those that are open come in that order, others newest first."""
    _require_sight(by, desk)
    here = house.desk(desk).desk
    today = here.calendar.day_of(house.clock())
    wanted = Wanted(desks={desk: today}, show=show, first_on=first, last_on=last, q=q)
    found = await house.ledger.read(
        lambda session: money.bills(session, wanted, most=limit + 1, skipped=after)
    )
    return answer(
        {
            "items": [_bill(each.invoice, today, here.language) for each in found[:limit]],
            "next": after + limit if len(found) > limit else None,
        }
    )


@router.get("/bills/{id}", summary="One invoice")
async def show_bill(id: Id, asked: Asking) -> JSONResponse:  # noqa: A002
    """With what has come in for it, the oldest first."""
    return await _shown(asked, id)


@router.get("/cases/{id}/bills", summary="The invoices of a case")
async def of_case(id: Id, house: TheHouse, by: Caller) -> JSONResponse:  # noqa: A002
    found = await their_case(house, by, id)
    _require_sight(by, found.desk)
    here = house.desk(found.desk).desk
    today = here.calendar.day_of(house.clock())
    invoices = await house.ledger.read(lambda session: money.of_cases(session, [id]))
    return answer({"items": [_bill(each, today, here.language) for each in invoices], "next": None})


@router.post("/bills/{id}/payments", summary="Write down what came in without a proof")
async def receive(id: Id, asked: Asking, body: Payment | None = None) -> JSONResponse:  # noqa: A002
    given = body or Payment()
    return await _does(
        asked, id, body,
        lambda tx, doing: paying.receive(tx, id, amount=given.amount, paid_on=given.paid_on, doing=doing),
    )  # fmt: skip


@router.post("/payments/{id}/accept", summary="Say that what was handed in has come in")
async def accept(id: Id, asked: Asking, body: Payment | None = None) -> JSONResponse:  # noqa: A002
    """409 where somebody else has said so already."""
    given = body or Payment()
    return await _does(
        asked, await _invoice_of(asked, id), body,
        lambda tx, doing: paying.accept(tx, id, amount=given.amount, paid_on=given.paid_on, doing=doing),
    )  # fmt: skip


@router.post("/payments/{id}/refuse", summary="Say that what was handed in proves nothing")
async def refuse(id: Id, asked: Asking, body: Reason) -> JSONResponse:  # noqa: A002
    """The requester reads the reason, and is asked again."""
    return await _does(
        asked, await _invoice_of(asked, id), body,
        lambda tx, doing: paying.refuse(tx, id, reason=body.reason, doing=doing),
    )  # fmt: skip


@router.post("/bills/{id}/void", summary="Ask for it no more")
async def void(id: Id, asked: Asking, body: Reason) -> JSONResponse:  # noqa: A002
    return await _does(
        asked, id, body, lambda tx, doing: billing.void(tx, id, reason=body.reason, doing=doing)
    )


@router.post("/bills/{id}/replace", summary="Make another invoice in its place")
async def replace(id: Id, asked: Asking, body: Replacement) -> JSONResponse:  # noqa: A002
    """What has been paid counts for the new one, with which it answers."""

    def act(tx: Tx, doing: Doing) -> InvoiceNow:
        language = doing.desk.desk.language
        lines = tuple(
            item(
                {language: one.name}, one.price, Decimal(str(one.quantity)), {language: one.unit} if one.unit else {}
            )
            for one in body.lines
        )  # fmt: skip
        return billing.replace(tx, id, lines, reason=body.reason, doing=doing)

    return await _does(asked, id, body, act)


async def _does(
    asked: Asked, id: int, body: Any, act: Callable[[Tx, Doing], PaymentNow | InvoiceNow]  # noqa: A002
) -> JSONResponse:  # fmt: skip
    """Do it once, and answer with the invoice as it stands then."""
    found = await _theirs(asked, id)
    done: list[int] = []

    def job(tx: Tx, at: datetime) -> None:
        made = act(tx, found.doing(asked.by, at))
        done.append(made.id if isinstance(made, InvoiceNow) else made.invoice)

    await asked.does_once(job, body)
    return await _shown(asked, done[-1] if done else id)


async def _invoice_of(asked: Asked, payment: int) -> int:
    """Return the invoice of a payment, if it is of a desk of theirs. Raises NoSuchPaymentError."""
    found = await asked.house.ledger.read(lambda session: money.payment(session, payment))
    return theirs(asked.by, found, NoSuchPaymentError(payment)).invoice


async def _theirs(asked: Asked, id: int) -> Billed:  # noqa: A002
    """Return an invoice of a desk of theirs. Raises NoSuchInvoiceError."""
    found = await billed(asked.house, id)
    theirs(asked.by, found.invoice, NoSuchInvoiceError(id))
    return found


async def _shown(asked: Asked, id: int) -> JSONResponse:  # noqa: A002
    found = await _theirs(asked, id)
    desk = found.desk.desk
    _require_sight(asked.by, desk.slug)
    today = desk.calendar.day_of(asked.house.clock())
    shape = asdict(_bill(found.invoice, today, desk.language))
    return answer({**shape, "payments": [_payment(each) for each in found.whole.payments]})


def _require_sight(by: Actor, desk: str) -> None:
    """Raise NotAllowedError unless a desk's money is for their eyes: the first line's."""
    require(by, Role.VIEWER, desk)
    if by.helps is not None:
        raise NotAllowedError("the money of a desk is for its first line")


def _bill(invoice: InvoiceNow, today: date, language: str) -> BillShape:
    names = BillShape.__dataclass_fields__.keys() - {"lines", "overdue", "left", "state"}
    return BillShape(
        **{name: getattr(invoice, name) for name in names},
        state=invoice.state,
        overdue=invoice.is_overdue(today),
        left=invoice.left,
        lines=[
            LineShape(
                name=spoken(each.name, language), quantity=str(each.quantity), unit=spoken(each.unit, language),
                price=each.price, amount=each.amount,
            )
            for each in invoice.lines
        ],
    )  # fmt: skip


def _payment(payment: PaymentNow) -> PaymentShape:
    return PaymentShape(**{name: getattr(payment, name) for name in PaymentShape.__dataclass_fields__})
