"""The self-evaluation of a unit: its year as a file to take, and the texts that only people can write, heading by heading."""

from dataclasses import dataclass
from functools import partial
from typing import Annotated

from fastapi import Query, Request
from fastapi.responses import RedirectResponse, Response
from starlette.exceptions import HTTPException

from console.doors import trail
from console.doors.trail import Kind
from console.errors import status_of
from console.forms import OurForm
from console.house import House, TheHouse
from console.language import language_of
from console.once import done_once
from console.pages.render import moments, page
from console.reports.evaluated import document
from console.reports.reported import known_of
from console.routes import Router
from console.supervised import supervised
from console.visitors import Here, knock_of
from reports.errors import BadMonthError, ReportError
from reports.led.files import FORMATS, TYPES
from reports.led.headings import HEADINGS, WANTED
from reports.led.year import read_year
from tickets.actions import evaluating
from tickets.actions.errors import ActError
from tickets.desk import Desk
from tickets.evaluation import LONGEST_TEXT, Section
from tickets.ledger.writer import Tx
from tickets.views.evaluation import WrittenText, evaluation_texts

PATH = "/evaluation"
_Slug = Annotated[str, Query(max_length=60)]
_Year = Annotated[str, Query(max_length=10)]

router = Router(include_in_schema=False)


@dataclass(frozen=True, kw_only=True)
class Chapter:
    """One heading of the page."""

    section: Section
    name: str
    wanted: str  # what belongs there
    versions: tuple[WrittenText, ...]  # the one that holds first


@router.get(PATH)
async def show(
    request: Request, house: TheHouse, visitor: Here, *, desk: _Slug = "", year: _Year = ""
) -> Response:
    desks = supervised(house, visitor)
    chosen = desks.get(desk) or visitor.begins_with(desks)
    shown, language = _year(year, chosen, house), language_of(request)
    texts, names = await house.ledger.read(
        lambda session: (
            evaluation_texts(session, chosen.slug, shown),
            known_of(session, house, chosen).staff_names,
        )
    )
    chapters = [
        Chapter(
            section=section, name=HEADINGS[section].say(language), wanted=WANTED[section].say(language),
            versions=texts[section],
        )
        for section in Section
    ]  # fmt: skip
    this_year = house.clock().astimezone(chosen.calendar.tz).year
    return page(
        request, house, "evaluation.html", visitor=visitor, desks=desks, desk=chosen, year=shown, chapters=chapters,
        formats=FORMATS, is_running=shown == this_year, longest=LONGEST_TEXT,
        who=lambda key: names.get(key.partition(":")[2], key.partition(":")[2] or key),
        when=moments(request, chosen.calendar.tz, house.clock()),
    )  # fmt: skip


@router.post(PATH + "/{section}")
async def write(section: Section, house: TheHouse, visitor: Here, form: OurForm) -> Response:
    """Keep what was written under a heading, for this year and those after it."""
    desk = supervised(house, visitor).get(form.line("desk"))
    if desk is None:
        raise HTTPException(404, "there is no such desk")
    year, text = _year(form.line("year"), desk, house), form.text("text")
    by, at = visitor.actor(desk.slug), house.clock()
    command = form.command(by, body={"desk": desk.slug, "year": year, "text": text})

    def act(tx: Tx) -> None:
        evaluating.write(tx, desk.slug, year, section, text, by=by, at=at)

    try:
        await done_once(house.ledger, command, act, at=at)
    except ActError as refused:
        raise HTTPException(status_of(refused), str(refused)) from refused
    return RedirectResponse(f"{PATH}?desk={desk.slug}&year={year}#{section}", status_code=303)


@router.get(PATH + ".{format_}")
async def take_out(
    request: Request, format_: str, house: TheHouse, visitor: Here, *, desk: _Slug, year: _Year
) -> Response:
    """Hand the document out; the trail says so."""
    chosen = supervised(house, visitor).get(desk)
    if chosen is None or format_ not in FORMATS:
        raise HTTPException(404, "there is no such document")
    language, now = language_of(request), house.clock()
    try:
        made = await house.ledger.read(
            partial(document, house=house, desk=chosen, year=year, form=format_, language=language)
        )
    except ReportError as refused:
        raise HTTPException(404, str(refused)) from refused
    entry = trail.by(visitor, Kind.EXPORTED, knock_of(request), what="annual", format=format_)
    await house.ledger.write(lambda tx: trail.write(tx, entry, at=now), name="trail")
    return Response(
        made, media_type=TYPES[format_],
        headers={"Content-Disposition": f'attachment; filename="{chosen.slug}-{read_year(year)}.{format_}"'},
    )  # fmt: skip


def _year(asked: str, desk: Desk, house: House) -> int:
    """Return the year that is asked for; the running one where none is, or one that has not begun."""
    running = house.clock().astimezone(desk.calendar.tz).year
    try:
        return min(read_year(asked), running)
    except BadMonthError:
        return running
