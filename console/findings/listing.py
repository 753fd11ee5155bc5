"""The register as a list: open, overdue, to be judged, closed; filters, and a table to take out."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Query, Request
from fastapi.responses import Response
from sqlmodel import Session
from starlette.exceptions import HTTPException

from console.addressed import Addressed
from console.chosen_desk import EVERY, desks_looked_at, named
from console.doors import Visitor, trail
from console.doors.trail import Kind
from console.findings.theirs import desks_of, names_at, only_their_own, services_of, today_at
from console.house import House, TheHouse
from console.language import language_of
from console.pages.render import page
from console.routes import Router
from console.visitors import Here, knock_of
from reports.register import register_csv
from templates_replies.moments import date_in_words
from tickets import views
from tickets.desk import Desk
from tickets.findings import Source
from tickets.views import FindingView, WantedFindings
from tickets.views.findings import Show, counts

PATH = "/findings"
PAGE = 30

router = Router(include_in_schema=False)


@dataclass(frozen=True, kw_only=True)
class Filters(Addressed):
    desk: str
    show: Show
    source: str
    responsible: str
    q: str

    def wanted(self, house: House, visitor: Visitor, desks: Mapping[str, Desk]) -> WantedFindings:
        return WantedFindings(
            desks=today_at(desks, house), show=self.show, responsible=self.responsible or None,
            source=Source(self.source) if self.source in set(Source) else None,
            q=self.q.strip(), only=only_their_own(visitor),
        )  # fmt: skip


def _asked(
    *, desk: Annotated[str, Query(max_length=60)] = "", show: Show = Show.OPEN,
    source: Annotated[str, Query(max_length=20)] = "", responsible: Annotated[str, Query(max_length=200)] = "",
    q: Annotated[str, Query(max_length=100)] = "",
) -> Filters:  # fmt: skip
    return Filters(desk=desk, show=show, source=source, responsible=responsible, q=q)


Asked = Annotated[Filters, Depends(_asked)]


@router.get(PATH)
async def show(
    request: Request, house: TheHouse, visitor: Here, filters: Asked, *,
    page_: Annotated[int, Query(alias="page", ge=0, le=1000)] = 0,
) -> Response:  # fmt: skip
    theirs, desks = _desks(house, visitor, filters)
    wanted, language = filters.wanted(house, visitor, desks), language_of(request)

    def read(session: Session) -> tuple[list[FindingView], dict[Show, int], dict[str, str]]:
        found = views.findings(session, wanted, most=PAGE + 1, skipped=page_ * PAGE)
        return found, counts(session, wanted), names_at(session, desks)

    found, counted, names = await house.ledger.read(read)
    return page(
        request, house, "findings.html", visitor=visitor, desks=theirs, desk=named(desks), filters=filters,
        page_=page_, found=found[:PAGE], more=len(found) > PAGE, counts=counted, shows=tuple(Show),
        sources=tuple(Source), names=names, today=wanted.desks, may_record=bool(visitor.supervised(desks)),
        services={slug: services_of(house, slug, language) for slug in desks},
        on=lambda day: date_in_words(day, language),
    )  # fmt: skip


@router.get(PATH + ".csv")
async def take_out(request: Request, house: TheHouse, visitor: Here, filters: Asked) -> Response:
    """Hand out what the page shows, all of it, as CSV; the trail says so."""
    theirs, desks = _desks(house, visitor, filters)
    if filters.desk not in {*theirs, EVERY}:
        raise HTTPException(404, "there is no such desk")
    now, language = house.clock(), language_of(request)
    wanted = filters.wanted(house, visitor, desks)
    found, names = await house.ledger.read(
        lambda session: (views.findings(session, wanted, most=None), names_at(session, desks))
    )
    entry = trail.by(visitor, Kind.EXPORTED, knock_of(request), what="findings", format="csv")
    await house.ledger.write(lambda tx: trail.write(tx, entry, at=now), name="trail")
    services = {slug: services_of(house, slug, language) for slug in desks}
    table = register_csv(found, desks=desks, names=names, services=services, today=wanted.desks)
    name = f"{named(desks)}-findings-{max(wanted.desks.values())}.csv"
    return Response(
        table, media_type="text/csv; charset=utf-8", headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )  # fmt: skip


def _desks(house: House, visitor: Visitor, filters: Filters) -> tuple[dict[str, Desk], dict[str, Desk]]:
    """Return the desks whose findings are for their eyes, and those of them that are looked at."""
    theirs = desks_of(house, visitor)
    return theirs, desks_looked_at(filters.desk, visitor.chosen, theirs)
