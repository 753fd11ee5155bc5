"""The monthly reports: made here for any month, team or category, kept in the archive, and months closed and opened again."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Annotated
from urllib.parse import quote

from fastapi import Query, Request
from fastapi.responses import RedirectResponse, Response
from sqlmodel import Session
from starlette.exceptions import HTTPException

from console.doors import Visitor, trail
from console.doors.trail import Kind
from console.forms import Form, OurForm
from console.house import House, TheHouse
from console.ids import Id
from console.kept_files import kept_file
from console.language import language_of
from console.once import done_once
from console.pages.render import moments, page
from console.reports.asking import ask_once
from console.reports.made_files import PATH as MADE
from console.reports.reported import known_of
from console.routes import Router
from console.supervised import supervised
from console.visitors import Here, knock_of
from reports.errors import BadMonthError, ReportError, UnknownPartError, UnwritableError
from reports.filed import closing, filing, waiting
from reports.filed.closing import ClosedAlreadyError, NotClosedError, StillRunningError
from reports.filed.filing import Filed
from reports.filed.waiting import Waiting
from reports.files import TYPES
from reports.handed import Known
from reports.making.order import CLOSING, REPORT, Order
from reports.making.queue import TooManyError, UnderWayError
from reports.monthly import FORMATS
from reports.periods import Month
from templates_replies.moments import month_in_words
from tickets.desk import Desk
from tickets.ledger.tx import Tx

PATH = "/reports"
PAGE = 30
LANGUAGES = ("id", "en")
# What a refusal is called on the page, the narrower ones first.
_PROBLEMS: Mapping[type[ReportError], str] = {
    BadMonthError: "reports_bad_month",
    UnknownPartError: "reports_bad_part",
    StillRunningError: "reports_still_running",
    ClosedAlreadyError: "reports_closed_already",
    NotClosedError: "reports_not_closed",
    UnderWayError: "making_under_way",
    TooManyError: "making_too_many",
    UnwritableError: "reports_unwritable",
}
router = Router(include_in_schema=False)


@dataclass(frozen=True, kw_only=True)
class Wished:
    """The form as it was filled in; nothing of it need make sense."""

    month: str
    format: str = FORMATS[0]
    language: str = ""
    team: str = ""
    category: str = ""
    identities: bool = False
    problem: str | None = None

    @property
    def order(self) -> Order:
        return Order(
            what=REPORT, month=self.month, format=self.format, language=self.language if self.language in LANGUAGES else None, team=self.team or None,
            category=self.category or None, identities=self.identities,
        )  # fmt: skip


@router.get(PATH)
async def show(
    request: Request, house: TheHouse, visitor: Here, *, desk: Annotated[str, Query(max_length=60)] = "",
    month: Annotated[str, Query(max_length=7)] = "", page_: Annotated[int, Query(alias="page", ge=0, le=1000)] = 0,
    done: Annotated[str, Query(max_length=10)] = "",
) -> Response:  # fmt: skip
    desks = supervised(house, visitor)
    chosen = desks.get(desk) or visitor.begins_with(desks)
    wished = Wished(month=month or _last_month(chosen, house.clock()), language=chosen.language)
    return await _shown(request, house, visitor, chosen, wished, page_=page_, done=done)


@router.post(PATH)
async def make(request: Request, house: TheHouse, visitor: Here, form: OurForm) -> Response:
    """Have a report made; the page of files shows how far it is, then it is in the archive."""
    desk = _desk(house, visitor, form)
    wished = Wished(
        month=form.line("month", longest=7), format=form.line("format", longest=10) or FORMATS[0], language=form.line("language"),
        team=form.line("team"), category=form.line("category"), identities=bool(form.line("identities")),
    )  # fmt: skip
    try:
        await ask_once(request, house, form, wished.order, desk, by=visitor.actor(desk.slug))
    except ReportError as refused:
        return await _refused(request, house, visitor, desk, wished, refused)
    return RedirectResponse(MADE, status_code=303)


@router.post(PATH + "/close")
async def close(request: Request, house: TheHouse, visitor: Here, form: OurForm) -> Response:
    """Have a month closed with its report, which is made for that; the page of files shows how far it is."""
    desk = _desk(house, visitor, form)
    wished = Wished(month=form.line("month", longest=7))
    order = Order(what=CLOSING, month=wished.month, format=FORMATS[0])
    try:
        await ask_once(request, house, form, order, desk, by=visitor.actor(desk.slug))
    except ReportError as refused:
        return await _refused(request, house, visitor, desk, wished, refused)
    return RedirectResponse(MADE, status_code=303)


@router.post(PATH + "/reopen")
async def reopen(request: Request, house: TheHouse, visitor: Here, form: OurForm) -> Response:
    """Open a closed month again; what was reported stays in the archive."""
    desk, at = _desk(house, visitor, form), house.clock()
    by, month = visitor.actor(desk.slug), form.line("month", longest=7)
    command = form.command(by, body={"month": month})

    def act(tx: Tx) -> None:
        closing.reopen(tx, desk.slug, month, by=by, at=at)

    try:
        await done_once(house.ledger, command, act, at=at)
    except ReportError as refused:
        return await _refused(request, house, visitor, desk, Wished(month=month), refused)
    return RedirectResponse(f"{PATH}?desk={desk.slug}&month={month}&done=reopened", status_code=303)


@router.get(PATH + "/{report}")
async def take_out(request: Request, report: Id, house: TheHouse, visitor: Here) -> Response:
    """Hand out a report of the archive as it was made; the trail says so."""
    desks = supervised(house, visitor)
    found = await house.ledger.read(lambda session: filing.one(session, report))
    if found is None or found.desk not in desks:
        raise HTTPException(404, "there is no such report")
    if found.discarded_at is not None:
        raise HTTPException(404, "the file of this report is not kept any more")
    entry = trail.by(
        visitor, Kind.EXPORTED, knock_of(request), what="report", format=found.format,
        **({"identities": True} if found.identities else {}),
    )  # fmt: skip
    now = house.clock()
    await house.ledger.write(lambda tx: trail.write(tx, entry, at=now), name="trail")
    return await kept_file(
        house.ledger, found.sha256, type=TYPES[found.format], asked=request,
        headers={
            "Content-Disposition": f"attachment; filename*=UTF-8''{quote(found.name)}", "Cache-Control": "no-store"
        },
    )  # fmt: skip


def _desk(house: House, visitor: Visitor, form: Form) -> Desk:
    found = supervised(house, visitor).get(form.line("desk"))
    if found is None:
        raise HTTPException(403, "for supervisors")
    return found


async def _refused(
    request: Request, house: House, visitor: Visitor, desk: Desk, wished: Wished, refused: ReportError
) -> Response:
    problem = next((key for error, key in _PROBLEMS.items() if isinstance(refused, error)), "refused_rule")
    shown = Wished(**{**vars(wished), "problem": problem})
    return await _shown(request, house, visitor, desk, shown, status=422)


async def _shown(
    request: Request, house: House, visitor: Visitor, desk: Desk, wished: Wished, *, page_: int = 0, done: str = "",
    status: int = 200,
) -> Response:  # fmt: skip
    language, now = language_of(request), house.clock()

    def read(session: Session) -> tuple[list[Filed], list[Waiting], list[closing.Closing], Known]:
        found = filing.filed(session, {desk.slug}, most=PAGE + 1, skipped=page_ * PAGE)
        unheard = waiting.at_desks(session, {desk.slug})
        return found, unheard, closing.closings(session, desk.slug), known_of(session, house, desk)

    found, unheard, closings, known = await house.ledger.read(read)
    people = {f"staff:{key}": name for key, name in known.staff_names.items()}
    return page(
        request, house, "reports.html", visitor=visitor, status=status, desks=supervised(house, visitor), desk=desk,
        wished=wished, done=done if done == "reopened" else "", page_=page_, found=found[:PAGE],
        more=len(found) > PAGE, closings=closings, waits=", ".join(month_in_words(each.first_on, language) for each in unheard), to_close=_last_month(desk, now),
        is_closed={each.month for each in closings if each.reopened_at is None}, formats=FORMATS, languages=LANGUAGES,
        teams=[(team.id, team.name) for team in desk.teams], categories=list(known.category_names.items()),
        people=people | {visitor.actor(desk.slug).key: visitor.name}, when=moments(request, desk.calendar.tz, now),
        month_words=lambda month: month_in_words(datetime.strptime(month, "%Y-%m").date(), language),  # noqa: DTZ007
        latest=f"{now.astimezone(desk.calendar.tz):%Y-%m}",
    )  # fmt: skip


def _last_month(desk: Desk, now: datetime) -> str:
    local = now.astimezone(desk.calendar.tz)
    last = (local.replace(day=1) - timedelta(days=1)).date()
    return str(Month.of(last.year, last.month, zone=desk.calendar.zone, now=now))
