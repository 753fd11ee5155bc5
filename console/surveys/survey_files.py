"""The reports on surveys to take out: twelve months of satisfaction, a period of the survey of public services, and its poster."""

from pathlib import Path
from typing import Annotated

from fastapi import Query, Request
from fastapi.responses import Response
from sqlmodel import Session
from starlette.exceptions import HTTPException

from console.house import TheHouse
from console.language import language_of
from console.reports.measured_files import handed_out
from console.routes import Router
from console.supervised import month_asked, supervised
from console.visitors import Here
from reports.measures import names_of
from reports.paper.logos import logo_of
from reports.periods import Days
from reports.surveyed.files import FORMATS, write_public_file, write_survey_file
from reports.surveyed.measured import public_report, survey_report
from tickets import views

_KINDS = (*FORMATS, "poster")
Short = Annotated[str, Query(max_length=60)]

router = Router(include_in_schema=False)


@router.get("/surveys/months.{format}")
async def months(
    request: Request, format: str, house: TheHouse, visitor: Here, *, desk: Short, month: Annotated[str, Query(max_length=7)] = ""  # noqa: A002  the word of the address
) -> Response:  # fmt: skip
    """Hand out the twelve months up to one."""
    desks = supervised(house, visitor)
    if desk not in desks or format not in FORMATS:
        raise HTTPException(404, "there is no such report")
    chosen, language, last = desks[desk], language_of(request), month_asked(month, desks[desk], house)
    first_on = last.first_on.replace(year=last.year - (last.number < 12), month=last.number % 12 + 1)
    categories = {each.id: each.name for each in house.catalogue(desk).categories}

    def write(session: Session, path: Path) -> None:
        staff = {each.id: each.name for each in views.colleagues(session, frozenset({desk}))}
        found = survey_report(
            session, desk=chosen, now=house.clock(), days=Days.of(first_on, last.last_on, zone=last.zone),
            names=names_of(chosen, category_names=categories, staff_names=staff),
        )  # fmt: skip
        write_survey_file(
            found, path, format=format, language=language, letterhead=chosen.letterhead, logo=logo_of(session, chosen)
        )  # fmt: skip

    return await handed_out(
        request, house, visitor, write, what="survey", format=format, name=f"survey-{desk}-{last}"
    )


@router.get("/surveys/public.{kind}")
async def public(
    request: Request, kind: str, house: TheHouse, visitor: Here, *, desk: Short, period: Annotated[str, Query(max_length=10)]
) -> Response:  # fmt: skip
    """Hand out a period of the survey of public services, or the sheet to hang up."""
    desks = supervised(house, visitor)
    if desk not in desks or kind not in _KINDS:
        raise HTTPException(404, "there is no such report")
    chosen, language = desks[desk], language_of(request)

    def write(session: Session, path: Path) -> None:
        write_public_file(
            public_report(session, desk=chosen, period=period, now=house.clock()), path, format=kind, language=language,
            letterhead=chosen.letterhead, logo=logo_of(session, chosen),
        )  # fmt: skip

    name = f"{'index' if kind == 'poster' else 'public-survey'}-{desk}-{period}"
    return await handed_out(
        request, house, visitor, write, what="survey", format="pdf" if kind == "poster" else kind, name=name
    )
