"""What a desk has asked money for: open, overdue, to be checked, paid; sums, and a table to take out."""

import csv
import io
from dataclasses import dataclass
from datetime import date
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import Response
from sqlmodel import Session
from starlette.exceptions import HTTPException

from console.doors import trail
from console.doors.trail import Kind
from console.first_line import of_the_first_line
from console.house import TheHouse
from console.language import language_of
from console.pages.render import page
from console.visitors import Here, knock_of
from procedures.money.invoices import InvoiceNow
from procedures.money.views import Bill, Show, Sums, Wanted, bills, sums
from reports.table import harmless
from templates_replies.moments import date_in_words
from templates_replies.money_words import rupiah
from tickets.desk import Desk

PATH = "/bills"
PAGE = 30
HEADER = (
    "number", "made_on", "due_on", "state", "overdue", "ticket", "case", "procedure", "contact", "total", "paid", "left",
)  # fmt: skip

router = APIRouter(include_in_schema=False)


@dataclass(frozen=True, kw_only=True)
class Filters:
    """What the address of the page asks for."""

    desk: str
    show: Show
    first: str
    last: str
    q: str

    def address(self, **instead: str | int) -> str:
        asked = {
            "desk": self.desk,
            "show": str(self.show),
            "first": self.first,
            "last": self.last,
            "q": self.q,
        }
        return urlencode({name: value for name, value in (asked | instead).items() if value})

    def wanted(self, desk: Desk, today: date) -> Wanted:
        return Wanted(
            desk=desk.slug, today=today, show=self.show, first_on=_day(self.first), last_on=_day(self.last),
            q=self.q.replace("\x00", "").strip(),
        )  # fmt: skip


def _asked(
    *, desk: Annotated[str, Query(max_length=60)] = "", show: Show = Show.OPEN,
    first: Annotated[str, Query(max_length=10)] = "", last: Annotated[str, Query(max_length=10)] = "",
    q: Annotated[str, Query(max_length=100)] = "",
) -> Filters:  # fmt: skip
    return Filters(desk=desk, show=show, first=first, last=last, q=q)


Asked = Annotated[Filters, Depends(_asked)]


@router.get(PATH)
async def show(
    request: Request, house: TheHouse, visitor: Here, filters: Asked, *,
    page_: Annotated[int, Query(alias="page", ge=0, le=1000)] = 0,
) -> Response:  # fmt: skip
    desks = of_the_first_line(house, visitor)
    desk = desks.get(filters.desk) or visitor.begins_with(desks)
    today = house.clock().astimezone(desk.calendar.tz).date()
    wanted, language = filters.wanted(desk, today), language_of(request)

    def read(session: Session) -> tuple[list[Bill], Sums]:
        return bills(session, wanted, most=PAGE + 1, skipped=page_ * PAGE), sums(session, wanted)

    found, summed = await house.ledger.read(read)
    return page(
        request, house, "bills.html", visitor=visitor, desks=desks, desk=desk, filters=filters, page_=page_,
        found=found[:PAGE], more=len(found) > PAGE, sums=summed, shows=tuple(Show), today=today,
        names={each.id: each.name for each in house.procedures(desk.slug)},
        money=lambda amount: rupiah(amount, language), on=lambda day: date_in_words(day, language),
    )  # fmt: skip


@router.get(PATH + ".csv")
async def take_out(request: Request, house: TheHouse, visitor: Here, filters: Asked) -> Response:
    """Hand out what the page shows, all of it, as CSV; the trail says so. Amounts are rupiah."""
    desks = of_the_first_line(house, visitor)
    desk = desks.get(filters.desk)
    if desk is None:
        raise HTTPException(404, "there is no such desk")
    now = house.clock()
    today = now.astimezone(desk.calendar.tz).date()
    wanted = filters.wanted(desk, today)
    found = await house.ledger.read(lambda session: bills(session, wanted, most=None))
    entry = trail.by(visitor, Kind.EXPORTED, knock_of(request), what="bills", format="csv")
    await house.ledger.write(lambda tx: trail.write(tx, entry, at=now), name="trail")
    return Response(
        _written(found, desk, today), media_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{desk.slug}-{filters.show}-{today}.csv"'},
    )  # fmt: skip


def _written(found: list[Bill], desk: Desk, today: date) -> str:
    """Return the table; no cell is taken for a formula."""
    file = io.StringIO(newline="")
    writer = csv.writer(file, lineterminator="\r\n")
    writer.writerow(HEADER)
    for each in found:
        writer.writerow(harmless(cell) for cell in _row(each, each.invoice, desk, today))
    return file.getvalue()


def _row(bill: Bill, invoice: InvoiceNow, desk: Desk, today: date) -> tuple[str | int, ...]:
    made_on = invoice.made_at.astimezone(desk.calendar.tz).date()
    return (
        invoice.number, made_on.isoformat(), invoice.due_on.isoformat(), str(invoice.state),
        "yes" if invoice.is_overdue(today) else "no", invoice.ticket, invoice.case, bill.procedure, bill.contact or "",
        invoice.total, invoice.paid, invoice.left,
    )  # fmt: skip


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
