"""What a desk, or all of somebody's, has asked money for: open, overdue, to be checked, paid; sums, and a table to take out."""

import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated

from fastapi import Depends, Query, Request
from fastapi.responses import Response
from sqlmodel import Session
from starlette.exceptions import HTTPException

from console.addressed import Addressed
from console.chosen_desk import EVERY, desks_looked_at, named
from console.days import day_in
from console.doors import Visitor, trail
from console.doors.trail import Kind
from console.first_line import of_the_first_line
from console.house import House, TheHouse
from console.language import language_of
from console.pages.render import page
from console.routes import Router
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
    "number", "made_on", "due_on", "state", "overdue", "ticket", "case", "procedure", "contact", "total", "paid", "left", "desk",
)  # fmt: skip

router = Router(include_in_schema=False)


@dataclass(frozen=True, kw_only=True)
class Filters(Addressed):
    desk: str
    show: Show
    first: str
    last: str
    q: str

    def wanted(self, desks: Mapping[str, Desk], now: datetime) -> Wanted:
        return Wanted(
            desks={slug: desk.calendar.day_of(now) for slug, desk in desks.items()}, show=self.show, first_on=day_in(self.first), last_on=day_in(self.last),
            q=self.q.strip(),
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
    theirs, desks = _desks(house, visitor, filters)
    wanted, language = filters.wanted(desks, house.clock()), language_of(request)

    def read(session: Session) -> tuple[list[Bill], Sums]:
        return bills(session, wanted, most=PAGE + 1, skipped=page_ * PAGE), sums(session, wanted)

    found, summed = await house.ledger.read(read)
    return page(
        request, house, "bills.html", visitor=visitor, desks=theirs, desk=named(desks), filters=filters,
        page_=page_, found=found[:PAGE], more=len(found) > PAGE, sums=summed, shows=tuple(Show), today=wanted.desks,
        names={(slug, each.id): each.name for slug in desks for each in house.procedures(slug)},
        money=lambda amount: rupiah(amount, language), on=lambda day: date_in_words(day, language),
    )  # fmt: skip


@router.get(PATH + ".csv")
async def take_out(request: Request, house: TheHouse, visitor: Here, filters: Asked) -> Response:
    """Hand out what the page shows, all of it, as CSV; the trail says so. Amounts are rupiah."""
    theirs, desks = _desks(house, visitor, filters)
    if filters.desk not in {*theirs, EVERY}:
        raise HTTPException(404, "there is no such desk")
    now = house.clock()
    wanted = filters.wanted(desks, now)
    found = await house.ledger.read(lambda session: bills(session, wanted, most=None))
    entry = trail.by(visitor, Kind.EXPORTED, knock_of(request), what="bills", format="csv")
    await house.ledger.write(lambda tx: trail.write(tx, entry, at=now), name="trail")
    return Response(
        _written(found, desks, wanted.desks), media_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{named(desks)}-{filters.show}-{max(wanted.desks.values())}.csv"'},
    )  # fmt: skip


def _desks(house: House, visitor: Visitor, filters: Filters) -> tuple[dict[str, Desk], dict[str, Desk]]:
    """Return the desks whose bills are for their eyes, and those of them that are looked at."""
    theirs = of_the_first_line(house, visitor)
    return theirs, desks_looked_at(filters.desk, visitor.chosen, theirs)


def _written(found: list[Bill], desks: Mapping[str, Desk], today: Mapping[str, date]) -> str:
    """Return the table; no cell is taken for a formula."""
    file = io.StringIO(newline="")
    writer = csv.writer(file, lineterminator="\r\n")
    writer.writerow(HEADER)
    for each in found:
        here = each.invoice.desk
        writer.writerow(harmless(cell) for cell in _row(each, each.invoice, desks[here], today[here]))
    return file.getvalue()


def _row(bill: Bill, invoice: InvoiceNow, desk: Desk, today: date) -> tuple[str | int, ...]:
    made_on = desk.calendar.day_of(invoice.made_at)
    return (
        invoice.number, made_on.isoformat(), invoice.due_on.isoformat(), str(invoice.state),
        "yes" if invoice.is_overdue(today) else "no", invoice.ticket, invoice.case, bill.procedure, bill.contact or "",
        invoice.total, invoice.paid, invoice.left, invoice.desk,
    )  # fmt: skip
