"""The promises that were not kept in a period: which, why, who had the ticket, and whether somebody looked after it."""

from collections.abc import Mapping
from functools import partial
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response
from sqlmodel import Session

from console.house import TheHouse
from console.language import language_of
from console.pages.render import moments, page
from console.statistics_page import Asked
from console.supervised import supervised
from console.visitors import Here
from reports.breaches import Broken, broken
from reports.measures import names_of
from templates_replies.catalogue import Language
from templates_replies.explain_phrases import explanation
from templates_replies.moments import date_in_words, in_words
from tickets import views
from tickets.explain import Explanation

PAGE = 20

router = APIRouter(include_in_schema=False)


@router.get("/breaches")
async def show(
    request: Request, house: TheHouse, visitor: Here, wanted: Asked, *,
    page_: Annotated[int, Query(alias="page", ge=0, le=500)] = 0,
) -> Response:  # fmt: skip
    desks = supervised(house, visitor)
    desk = desks.get(wanted.desk) or next(iter(desks.values()))
    now, language = house.clock(), language_of(request)
    days = wanted.days(zone=desk.calendar.zone, today=now.astimezone(desk.calendar.tz).date())
    people = await house.ledger.read(lambda session: views.colleagues(session, frozenset({desk.slug})))
    names = names_of(
        desk, category_names={each.id: each.name for each in house.catalogue(desk.slug).categories},
        staff_names={each.id: each.name for each in people},
    )  # fmt: skip

    def read(session: Session) -> list[tuple[Broken, Explanation | None]]:
        found = broken(
            session, desk=desk.slug, days=days, part=wanted.part, now=now, names=names, most=PAGE + 1,
            skipped=page_ * PAGE,
        )  # fmt: skip
        return [
            (each, next((one for one in views.explanations(session, each.ticket, now=now, kind=each.promise.kind) if _is_of(one, each)), None))
            for each in found
        ]  # fmt: skip

    found = await house.ledger.read(read)
    actors = {f"staff:{id_}": name for id_, name in names.staff.items()}
    return page(
        request, house, "breaches.html", visitor=visitor, desk=desk, wanted=wanted, days=days, page_=page_,
        found=[(each, _why(each, explained, actors, language)) for each, explained in found[:PAGE]],
        more=len(found) > PAGE, actors=actors, when=moments(request, desk.calendar.tz, now),
        on=partial(date_in_words, language=language), length=partial(in_words, language=language),
    )  # fmt: skip


def _is_of(explained: Explanation, each: Broken) -> bool:
    return (explained.subject, explained.cycle) == (each.about, each.promise.cycle)


def _why(each: Broken, explained: Explanation | None, actors: Mapping[str, str], language: Language) -> str:
    """Explain a clock, without the line that only names it."""
    if explained is None:
        return ""
    return explanation(language, explained, ticket=each.ticket, names=actors).partition("\n")[2]
