"""How satisfied contacts are: a desk's month with its answers, the low ones first, and the index of public services."""

from datetime import date
from typing import Annotated

from fastapi import Query, Request
from fastapi.responses import RedirectResponse, Response
from starlette.exceptions import HTTPException

from console.forms import OurForm
from console.house import House, TheHouse
from console.language import language_of
from console.once import done_once
from console.pages.render import moments, page
from console.routes import Router
from console.supervised import month_asked, supervised
from console.visitors import Here
from reports import written
from reports.satisfaction import PublicService, periods, public_service, satisfaction
from templates_replies import public_survey as words
from templates_replies.moments import month_in_words
from templates_replies.survey_phrases import decimal_words
from tickets import views
from tickets.actions import survey
from tickets.actions.errors import ActError
from tickets.desk import Desk
from tickets.ledger.tx import Tx
from tickets.survey import period_at

_MOST_SHOWN = 200  # answers of a month

router = Router(include_in_schema=False)


@router.get("/surveys")
async def show(
    request: Request, house: TheHouse, visitor: Here, *, desk: Annotated[str, Query(max_length=60)] = "",
    month: Annotated[str, Query(max_length=7)] = "", period: Annotated[str, Query(max_length=10)] = "",
) -> Response:  # fmt: skip
    desks = supervised(house, visitor)
    chosen = desks.get(desk) or visitor.begins_with(desks)
    now, language = house.clock(), language_of(request)
    shown = month_asked(month, chosen, house)
    found = await house.ledger.read(
        lambda session: satisfaction(session, desk=chosen.slug, start_at=shown.start_at, end_at=shown.end_at)
    )
    people = await house.ledger.read(lambda session: views.colleagues(session, frozenset({chosen.slug})))
    rounds, public = await _public(house, chosen, period)
    categories = {each.id: each.name for each in house.catalogue(chosen.slug).categories}
    return page(
        request, house, "surveys.html", visitor=visitor, desks=desks, desk=chosen, month=shown, found=found,
        answers=found.answers[:_MOST_SHOWN], title=month_in_words(shown.first_on, language),
        since=date(shown.year - (shown.number < 12), shown.number % 12 + 1, 1),  # twelve months with this one
        before=shown.before, after=None if shown.running else shown.after, public=public,
        periods={each: words.period_words(each, language) for each in rounds}, questions=words.QUESTIONS,
        names={person.id: person.name for person in people} | {f"staff:{person.id}": person.name for person in people},
        categories=categories, when=moments(request, chosen.calendar.tz, now),
        number=lambda value: decimal_words(value, language), many=lambda count: written.number(count, language),
        percent=lambda share: written.percent(share, language), most=_MOST_SHOWN,
    )  # fmt: skip


@router.post("/surveys/{number}")
async def follow_up(number: int, house: TheHouse, visitor: Here, form: OurForm) -> Response:
    """Note what was done about a low score, and show the same month again."""
    desk = form.line("desk")
    if desk not in supervised(house, visitor):
        raise HTTPException(403, "for supervisors")
    by, at, text = visitor.actor(desk), house.clock(), form.text("follow_up")
    command = form.command(by, body={"follow_up": text})

    def act(tx: Tx) -> None:
        survey.follow_up(tx, number, text, by=by, at=at)

    try:
        await done_once(house.ledger, command, act, at=at)
    except ActError as refused:
        raise HTTPException(409, str(refused)) from refused
    month = form.line("month", longest=7)
    return RedirectResponse(f"/surveys?desk={desk}&month={month}", status_code=303)


async def _public(house: House, desk: Desk, period: str) -> tuple[list[str], PublicService | None]:
    """Return the periods there are, and the one that is asked for, or the newest."""
    known = list(await house.ledger.read(lambda session: periods(session, desk=desk.slug)))
    terms = desk.survey.public_service if desk.survey else None
    if terms is not None:
        current = period_at(terms.period, house.clock(), desk.calendar.tz).key
        known = [current, *(each for each in known if each != current)]
    if not known:
        return [], None
    key = period if period in known else known[0]
    return known, await house.ledger.read(lambda session: public_service(session, desk=desk.slug, period=key))
