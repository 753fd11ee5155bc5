"""The supervisors' board: what is to be looked after, with the tickets behind each figure, and how the desk stands."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated

from fastapi import Query, Request
from fastapi.responses import Response
from sqlmodel import Session
from starlette.exceptions import HTTPException

from console.board.measured import measured_in
from console.board.shown import FAILED_INTAKE, DeskShown, Seen, desk_shown, seen
from console.chosen_desk import EVERY, looked_at
from console.doors import Visitor
from console.house import House, TheHouse
from console.language import language_of
from console.lines import line_of, own_ids
from console.pages.render import moments, page
from console.routes import Router
from console.visitors import Here
from templates_replies.supervision_phrases import figure_name, percent
from tickets import views
from tickets.desk import DeskNow
from tickets.views import InboxLine
from tickets.views.board import MOST, Figure, KeptView, kept, tally

PAGE = 30

Slug = Annotated[str, Query(max_length=60)]

router = Router(include_in_schema=False)


@dataclass(frozen=True, kw_only=True)
class Behind:
    """What a figure counts, and a page of it."""

    numbers: tuple[int, ...]
    lines: Sequence[InboxLine]
    kept: Sequence[KeptView]  # failed intake
    names: Mapping[str, str]  # of people, by id
    position: int


@router.get("/board")
async def show(request: Request, house: TheHouse, visitor: Here, desk: Slug = "") -> Response:
    theirs = _theirs(house, visitor)
    asked = looked_at(desk, visitor.chosen, theirs)
    chosen = [asked] if asked else list(theirs)
    now, measured = house.clock(), measured_in(request.app)

    def read(session: Session) -> tuple[list[Seen], Mapping[str, str], int]:
        found = [seen(session, theirs[slug], measured, now=now, whole=len(chosen) == 1) for slug in chosen]
        people = views.colleagues(session, frozenset(chosen))
        position = views.newest_event(session, desks=frozenset(chosen))
        return found, {person.id: person.name for person in people}, position

    found, names, position = await house.ledger.read(read)
    language = language_of(request)

    def shown(each: Seen) -> DeskShown:
        return desk_shown(each, language, moments(request, each.desk.desk.calendar.tz, now))

    return page(
        request, house, "board.html", visitor=visitor, position=position, several=len(theirs) > 1, chosen=asked, every=EVERY,
        names={slug: each.desk.name for slug, each in theirs.items()}, desks=[shown(each) for each in found],
        first=[line_of(request, house, line, names) for each in found if each.around for line in each.around.first],
        own=own_ids(visitor), percent=percent,
    )  # fmt: skip


@router.get("/board/{figure}")
async def show_behind(
    request: Request, figure: str, house: TheHouse, visitor: Here, *,
    desk: Slug = "", page_: Annotated[int, Query(alias="page", ge=0, le=40)] = 0,
) -> Response:  # fmt: skip
    theirs = _theirs(house, visitor)
    if desk not in theirs or figure not in {FAILED_INTAKE, *Figure}:
        raise HTTPException(404, "there is no such figure")
    now, at_desk = house.clock(), theirs[desk]

    def read(session: Session) -> Behind:
        numbers: tuple[int, ...] = ()
        if figure != FAILED_INTAKE:
            numbers = tally(session, desk, Figure(figure), at_desk.desk.supervision, now=now).tickets
        return Behind(
            numbers=numbers,
            lines=views.lines_of(session, numbers[page_ * PAGE : (page_ + 1) * PAGE]),
            kept=kept(session, desk) if figure == FAILED_INTAKE else (),
            names={person.id: person.name for person in views.colleagues(session, frozenset({desk}))},
            position=views.newest_event(session, desks=frozenset({desk})),
        )

    found = await house.ledger.read(read)
    return page(
        request, house, "board_behind.html", visitor=visitor, position=found.position, figure=figure, page_=page_,
        name=figure_name(figure, language_of(request)), desk=at_desk.desk, more=len(found.numbers) > (page_ + 1) * PAGE,
        count=len(found.numbers), most=MOST, lines=[line_of(request, house, line, found.names) for line in found.lines], own=own_ids(visitor),
        kept=found.kept, when=moments(request, at_desk.desk.calendar.tz, now),
    )  # fmt: skip


def _theirs(house: House, visitor: Visitor) -> Mapping[str, DeskNow]:
    """Return the desks that they supervise. Raises HTTPException(403) for whoever supervises none."""
    desks = house.desks()
    theirs = visitor.supervised(sorted(desks))
    if not theirs:
        raise HTTPException(403, "for supervisors")
    return {slug: desks[slug] for slug in theirs}
