"""The archive: cases that are over, found by the name of their activity, handed out as one ZIP each; the trail says to whom."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Annotated
from urllib.parse import quote
from zoneinfo import ZoneInfo

from fastapi import Depends, Query, Request
from fastapi.responses import Response, StreamingResponse
from sqlmodel import Session

from console.addressed import Addressed
from console.chosen_desk import desks_looked_at, named
from console.days import day_in
from console.doors import Visitor, trail
from console.doors.trail import Kind
from console.first_line import of_the_first_line
from console.house import House, TheHouse
from console.ids import Id
from console.language import language_of
from console.pages.render import page
from console.routes import Router
from console.visitors import Here, knock_of
from procedures.archive.casefile import Office, entries, file_name
from procedures.archive.gathering import Gathered, gathered
from procedures.archive.packing import packed
from procedures.archive.views import Filed, Span, Wanted, filed, procedures_of
from procedures.definition.procedure import Procedure
from procedures.running import actions
from procedures.words.masking import hidden, whole
from templates_replies.moments import date_in_words
from tickets.actions.errors import NotAllowedError
from tickets.actions.rights import require
from tickets.actor import Actor, Role
from tickets.desk import Desk

PATH = "/archive"
PAGE = 30

router = Router(include_in_schema=False)


@dataclass(frozen=True, kw_only=True)
class Filters(Addressed):
    desk: str
    q: str
    procedure: str
    first: str
    last: str

    def wanted(self, desks: Mapping[str, Desk]) -> Wanted:
        return Wanted(
            desks={slug: self._span(desk.calendar.tz) for slug, desk in desks.items()},
            q=self.q, procedure=self.procedure,
        )  # fmt: skip

    def _span(self, zone: ZoneInfo) -> Span:
        first, last = day_in(self.first), day_in(self.last)
        return Span(
            start_at=datetime(first.year, first.month, first.day, tzinfo=zone) if first else None,
            end_at=datetime(last.year, last.month, last.day, tzinfo=zone) + timedelta(days=1)
            if last
            else None,
        )


def _asked(
    *, desk: Annotated[str, Query(max_length=60)] = "", q: Annotated[str, Query(max_length=100)] = "",
    procedure: Annotated[str, Query(max_length=60)] = "", first: Annotated[str, Query(max_length=10)] = "",
    last: Annotated[str, Query(max_length=10)] = "",
) -> Filters:  # fmt: skip
    return Filters(desk=desk, q=q, procedure=procedure, first=first, last=last)


@router.get(PATH)
async def show(
    request: Request, house: TheHouse, visitor: Here, filters: Annotated[Filters, Depends(_asked)], *,
    page_: Annotated[int, Query(alias="page", ge=0, le=1000)] = 0,
) -> Response:  # fmt: skip
    theirs, language = of_the_first_line(house, visitor), language_of(request)
    desks = desks_looked_at(filters.desk, visitor.chosen, theirs)

    def read(session: Session) -> tuple[list[Filed], list[tuple[str, str]]]:
        found = filed(session, filters.wanted(desks), most=PAGE + 1, skipped=page_ * PAGE)
        return found, procedures_of(session, desks)

    found, known = await house.ledger.read(read)
    names = {(slug, each.id): each.name for slug in desks for each in house.procedures(slug)}
    may = {role: _where(visitor, desks, role) for role in (Role.AGENT, Role.SUPERVISOR)}
    shown = [
        each if each.desk in may[Role.SUPERVISOR] else replace(each, name=hidden(each.name))
        for each in found[:PAGE]
    ]
    return page(
        request, house, "archive.html", visitor=visitor, desks=theirs, desk=named(desks), filters=filters, page_=page_,
        found=shown, more=len(found) > PAGE, names={key: names.get(key, key[1]) for key in {**names, **dict.fromkeys(known)}},
        may_take=may[Role.AGENT], may_read=may[Role.SUPERVISOR],
        kept={slug: desk.retention for slug, desk in desks.items()},
        on=lambda each, at: date_in_words(desks[each.desk].calendar.day_of(at), language),
    )  # fmt: skip


@router.get(PATH + "/{case}.zip")
async def take_out(
    request: Request, case: Id, house: TheHouse, visitor: Here, *, identities: bool = False
) -> Response:  # fmt: skip
    """Hand out a case with everything that belongs to it, made while it is sent; `identities` for supervisors alone."""
    found = await house.ledger.read(lambda session: gathered(session, case))
    slug = found.view.case.desk
    by, now = visitor.actor(slug), house.clock()
    if slug in visitor.only_teams:
        raise NotAllowedError("the archive of a desk is for its first line")
    entry = trail.by(
        visitor, Kind.EXPORTED, knock_of(request), what="archive", format="zip", case=case,
        **({"identities": True} if identities else {}),
    )  # fmt: skip
    response = await handed_out(house, found, by=by, at=now, identities=identities)
    await house.ledger.write(lambda tx: trail.write(tx, entry, at=now), name="trail")
    return response


async def handed_out(house: House, found: Gathered, *, by: Actor, at: datetime, identities: bool) -> Response:
    """Return a case as one ZIP. Raises NotAllowedError."""
    case = found.view.case
    require(by, Role.SUPERVISOR if identities else Role.AGENT, case.desk)
    office = Office(
        desk=house.desk(case.desk).desk, blobs=house.ledger.blobs, mask=whole if identities else hidden, now=at
    )  # fmt: skip
    procedure = await _procedure_of(house, found)
    name = file_name(found, procedure, office)
    return StreamingResponse(
        packed(entries(found, procedure, office, folder=name)), media_type="application/zip",
        headers={
            "Content-Disposition": f"attachment; filename=\"case-{case.id}.zip\"; filename*=UTF-8''{quote(name)}.zip",
            "Cache-Control": "no-store",
        },
    )  # fmt: skip


def _where(visitor: Visitor, desks: Iterable[str], role: Role) -> frozenset[str]:
    return frozenset(slug for slug in desks if visitor.actor(slug).may(role, slug))


async def _procedure_of(house: House, found: Gathered) -> Procedure:
    case = found.view.case
    under = await house.ledger.aside(house.procedures_under, case.desk, case.revision)
    return actions.of_case(under, case)
