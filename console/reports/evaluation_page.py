"""The self-evaluation of a unit: its year to be made as a file, and the texts that only people can write, heading by heading."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Annotated

from fastapi import Query, Request
from fastapi.responses import RedirectResponse, Response
from starlette.exceptions import HTTPException

from console.doors import Visitor
from console.errors import status_of
from console.forms import Form, OurForm
from console.house import House, TheHouse
from console.language import language_of
from console.once import done_once
from console.pages.render import moments, page
from console.phrases import say
from console.reports.reported import known_of
from console.routes import Router
from console.supervised import supervised
from console.visitors import Here
from reports.errors import BadMonthError
from reports.led.files import FORMATS
from reports.led.headings import HEADINGS, WANTED
from reports.led.year import read_year
from tickets.actions import evaluating
from tickets.actions.errors import ActError
from tickets.actions.evaluating import Version, WrittenMeanwhileError
from tickets.desk import Desk
from tickets.evaluation import LONGEST_TEXT, Section
from tickets.ledger.tx import Tx
from tickets.views.evaluation import WrittenText, evaluation_texts

PATH = "/evaluation"
NOTHING_TYPED: Mapping[Section, str] = MappingProxyType({})
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
    typed: str | None = None  # what was to be kept, where somebody else has written meanwhile

    @property
    def read(self) -> str:
        """The version that holds, as the form says which one was read."""
        return f"{self.versions[0].year}.{self.versions[0].number}" if self.versions else ""


@router.get(PATH)
async def show(
    request: Request, house: TheHouse, visitor: Here, *, desk: _Slug = "", year: _Year = ""
) -> Response:
    desks = supervised(house, visitor)
    chosen = desks.get(desk) or visitor.begins_with(desks)
    return await _page(request, house, visitor, chosen, _year(year, chosen, house))


async def _page(
    request: Request, house: House, visitor: Visitor, desk: Desk, year: int, typed: Mapping[Section, str] = NOTHING_TYPED
) -> Response:  # fmt: skip
    """Show the texts as they hold, beside those that somebody could not keep."""
    language = language_of(request)
    texts, names = await house.ledger.read(
        lambda session: (
            evaluation_texts(session, desk.slug, year),
            known_of(session, house, desk).staff_names,
        )
    )
    chapters = [
        Chapter(
            section=section, name=HEADINGS[section].say(language), wanted=WANTED[section].say(language),
            versions=texts[section], typed=typed.get(section),
        )
        for section in Section
    ]  # fmt: skip
    this_year = house.clock().astimezone(desk.calendar.tz).year
    return page(
        request, house, "evaluation.html", visitor=visitor, desks=supervised(house, visitor), desk=desk, year=year,
        chapters=chapters, takes=[(form, say(language, f"evaluation_take_{form}")) for form in FORMATS], is_running=year == this_year, longest=LONGEST_TEXT, disputed=list(typed),
        status=409 if typed else 200,
        who=lambda key: names.get(key.partition(":")[2], key.partition(":")[2] or key),
        when=moments(request, desk.calendar.tz, house.clock()),
    )  # fmt: skip


@router.post(PATH)
async def write(request: Request, house: TheHouse, visitor: Here, form: OurForm) -> Response:
    """Keep what was written, for this year and those after it; what somebody else has written meanwhile is shown beside it."""
    desk = supervised(house, visitor).get(form.line("desk"))
    if desk is None:
        raise HTTPException(404, "there is no such desk")
    year, pressed = _year(form.line("year"), desk, house), form.line("section")
    by, at = visitor.actor(desk.slug), house.clock()
    texts = await house.ledger.read(lambda session: evaluation_texts(session, desk.slug, year))
    changed = {
        section: form.text(section)
        for section, versions in texts.items()
        if section in form.data and (section == pressed or form.text(section).strip() != _read(form, section, versions))
    }  # fmt: skip
    command = form.command(
        by,
        body={
            "desk": desk.slug,
            "year": year,
            "texts": {str(section): text for section, text in changed.items()},
        },
    )
    disputed: dict[Section, str] = {}

    def act(tx: Tx) -> None:
        disputed.clear()  # the writer may try again
        for section, text in changed.items():
            try:
                evaluating.write(
                    tx, desk.slug, year, section, text, read=_version(form, section), by=by, at=at
                )
            except WrittenMeanwhileError:
                disputed[section] = text

    try:
        await done_once(house.ledger, command, act, at=at)
    except ActError as refused:
        raise HTTPException(status_of(refused), str(refused)) from refused
    if disputed:
        return await _page(request, house, visitor, desk, year, disputed)
    anchor = pressed if pressed in set(Section) else ""
    return RedirectResponse(f"{PATH}?desk={desk.slug}&year={year}#{anchor}", status_code=303)


def _version(form: Form, section: Section) -> Version | None:
    """Return which version of a text was read; None: there was none."""
    found = re.fullmatch(r"(\d{4})\.(\d{1,6})", form.line(f"{section}.read"), re.ASCII)
    return Version(int(found[1]), int(found[2])) if found else None


def _read(form: Form, section: Section, versions: Sequence[WrittenText]) -> str:
    """Return the text that the form was opened with."""
    read = _version(form, section)
    return next((each.text for each in versions if (each.year, each.number) == read), "")


def _year(asked: str, desk: Desk, house: House) -> int:
    """Return the year that is asked for; the running one where none is, or one that has not begun."""
    running = house.clock().astimezone(desk.calendar.tz).year
    try:
        return min(read_year(asked), running)
    except BadMonthError:
        return running
