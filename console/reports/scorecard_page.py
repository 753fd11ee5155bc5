"""The scorecard of a section: each perspective with its indicators and lights, and twelve months of them."""

from functools import partial
from typing import Annotated

from fastapi import Query, Request
from fastapi.responses import Response
from sqlmodel import Session

from console.house import House, TheHouse
from console.language import language_of
from console.pages.render import page
from console.phrases import say
from console.routes import Router
from console.supervised import month_asked, supervised
from console.visitors import Here
from reports.charts.layout import Value, columns
from reports.errors import BadMonthError
from reports.gone import said_of_gone
from reports.labels import Labels
from reports.scorecard import words
from reports.scorecard.card import Card, month_card, year_card
from reports.scorecard.files import FORMATS
from templates_replies.catalogue import Language
from tickets.desk import Desk
from tickets.scorecard import Light

PATH = "/scorecard"
LEVELS = {Light.GREEN: "calm", Light.YELLOW: "soon", Light.RED: "late", Light.NONE: "none"}
Short = Annotated[str, Query(max_length=60)]
Month = Annotated[str, Query(max_length=7)]  # YYYY-MM, or the four digits of a year

router = Router(include_in_schema=False)


@router.get(PATH)
async def show(
    request: Request, house: TheHouse, visitor: Here, *, desk: Short = "", month: Month = ""
) -> Response:
    desks = supervised(house, visitor)
    chosen = desks.get(desk) or visitor.begins_with(desks)
    language, shown = language_of(request), month_asked(month, chosen, house)
    card = None
    if chosen.scorecard:
        card = await house.ledger.read(partial(_card, house=house, desk=chosen, month=month))
    return page(
        request, house, "scorecard.html", visitor=visitor, desks=desks, desk=chosen, card=card, month=month or str(shown),
        year=shown.year, before=shown.before, after=None if shown.running else shown.after, words=words, levels=LEVELS,
        takes=[(form, say(language, "scorecard_take_out", format=form.upper())) for form in FORMATS], say=lambda phrase: phrase.say(language), drawn=_drawn(card, language) if card else None,
        gone=said_of_gone(card.gone, Labels(language)) if card else None,
    )  # fmt: skip


def _card(session: Session, *, house: House, desk: Desk, month: str) -> Card:
    """Rate the year that is asked for, or the month; the running month where what is asked for is neither."""
    procedures, now = house.procedures(desk.slug), house.clock()
    if month.isascii() and month.isdigit() and len(month) == len("YYYY"):
        try:
            return year_card(session, desk=desk, procedures=procedures, year=int(month), now=now)
        except BadMonthError:
            pass
    asked = month_asked(month, desk, house)
    return month_card(session, desk=desk, procedures=procedures, month=asked, now=now)


def _drawn(card: Card, language: Language) -> object:
    """Lay the scores of the trend out as columns, in percent."""
    months = words.months(card, language)
    return columns(
        [
            Value(
                label=month, many=(score := round((point.score.value or 0) * 100)), inner=score,
                says=f"{month}: {words.percent(point.score.value, language)}",
            )
            for month, point in zip(months, card.trend, strict=True)
        ],
        written=lambda percent: f"{percent}%",
    )  # fmt: skip
