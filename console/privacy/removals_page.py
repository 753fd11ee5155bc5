"""What was erased or removed at the desks that somebody supervises: when, why, how much of each kind, and how far it is."""

from functools import partial
from typing import Annotated

from fastapi import Query, Request
from fastapi.responses import Response

from console.doors.trail import TERMINAL
from console.house import TheHouse
from console.language import language_of
from console.pages.render import moments, page
from console.routes import Router
from console.supervised import supervised
from console.visitors import Here
from reports.gone import months_named
from reports.labels import Labels
from templates_replies import personal_phrases as words
from tickets import removals, views
from tickets.actor import SYSTEM

PATH = "/removals"
ON_A_PAGE = 50
_OURSELVES = {
    SYSTEM.key: "trail_system",
    f"{SYSTEM.key}:{TERMINAL}": "trail_terminal",
}  # and the phrase for them

router = Router(include_in_schema=False)


@router.get(PATH)
async def show(
    request: Request, house: TheHouse, visitor: Here, before: Annotated[int, Query(ge=1, lt=10**15)] = 10**14
) -> Response:
    """Show them, the newest first. Raises HTTPException(403) for whoever supervises no desk."""
    desks = supervised(house, visitor)
    found = await house.ledger.read(
        lambda session: removals.of_desks(session, desks, below=before, most=ON_A_PAGE + 1)
    )
    people = await house.ledger.read(lambda session: views.colleagues(session, visitor.desks))
    language, shown, now = language_of(request), found[:ON_A_PAGE], house.clock()
    return page(
        request, house, "removals.html", visitor=visitor,
        removals=[
            (each, [(many, words.thing(language, thing)) for thing, many in each.counts.items()]) for each in shown
        ],
        older=shown[-1].id if len(found) > ON_A_PAGE else None, is_first=before == 10**14,
        months_named=partial(months_named, labels=Labels(language)), names={f"staff:{person.id}": person.name for person in people}, own=_OURSELVES,
        when={slug: moments(request, desk.calendar.tz, now) for slug, desk in desks.items()},
        desks={slug: desk.name for slug, desk in desks.items()},
    )  # fmt: skip
