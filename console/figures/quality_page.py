"""How well the matcher does at a desk: a month, by week and by category, and what its automatic answers have earned."""

from functools import partial
from typing import Annotated

from fastapi import Query, Request
from fastapi.responses import Response

from console.house import TheHouse
from console.language import language_of
from console.pages.render import page
from console.routes import Router
from console.supervised import month_asked, supervised
from console.visitors import Here
from reports.quality import gate_of, quality
from templates_replies.gate import flawless_needed
from templates_replies.moments import date_in_words, month_in_words

router = Router(include_in_schema=False)


@router.get("/quality")
async def show(
    request: Request, house: TheHouse, visitor: Here, *, desk: Annotated[str, Query(max_length=60)] = "",
    month: Annotated[str, Query(max_length=7)] = "", category: Annotated[str, Query(max_length=60)] = "",
) -> Response:  # fmt: skip
    desks = supervised(house, visitor)
    chosen = desks.get(desk) or visitor.begins_with(desks)
    shown = month_asked(month, chosen, house)
    found, gate = await house.ledger.read(
        lambda session: (
            quality(
                session, desk=chosen.slug, start_at=shown.start_at, end_at=shown.end_at, tz=chosen.calendar.tz
            ),
            gate_of(session, chosen.slug),
        )
    )
    language = language_of(request)
    return page(
        request, house, "quality.html", visitor=visitor, desks=desks, desk=chosen, month=shown, found=found,
        gate=gate, needed=flawless_needed(), title=month_in_words(shown.first_on, language), before=shown.before,
        after=None if shown.running else shown.after, on=partial(date_in_words, language=language),
        one=next((each for each in found.categories if each.category == category), None),
        categories={each.id: each.name for each in house.catalogue(chosen.slug).categories},
    )  # fmt: skip
