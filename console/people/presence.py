"""Who is here and who is away, said on the page of the people, and handing over what somebody holds.

Everybody says it of themselves; a supervisor says it of others too.
"""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Annotated, Any

from fastapi import Query, Request
from fastapi.responses import RedirectResponse, Response
from starlette.exceptions import HTTPException

from console.days import day_in
from console.doors import Visitor
from console.errors import status_of
from console.forms import Form, OurForm, does_once
from console.house import House, TheHouse
from console.pages.render import page
from console.people.people_page import people_page
from console.phrases import why_refused
from console.routes import Router
from console.visitors import Here
from tickets import views
from tickets.actions import handover, presence
from tickets.actions.errors import ActError, UnknownValueError
from tickets.actions.handover import Move
from tickets.assignment import Way
from tickets.desk import DeskNow
from tickets.ledger.tx import Tx
from tickets.presence import Away, whole_days

LONGEST_BREAK = 24 * 60  # minutes

Act = Callable[[Tx, datetime], Any]

router = Router(prefix="/people", include_in_schema=False)


@dataclass(frozen=True, kw_only=True)
class About:
    """A form about somebody of a desk."""

    request: Request
    house: House
    visitor: Visitor
    form: Form

    @property
    def desk(self) -> DeskNow:
        return self.house.desk(self.form.line("desk"))

    @property
    def who(self) -> str:
        return self.form.line("agent")

    async def does(self, act: Act) -> Response:
        """Do it once and show the people; what is refused is said there."""
        try:
            await does_once(self.house, self.form, self.visitor.actor(self.form.line("desk")), act)
        except ActError as refused:
            return await people_page(
                self.request,
                self.house,
                self.visitor,
                problem=why_refused(refused.code),
                status=status_of(refused),
            )
        return RedirectResponse("/people", status_code=303)


@router.post("/break")
async def take_a_break(request: Request, house: TheHouse, visitor: Here, form: OurForm) -> Response:
    about = About(request=request, house=house, visitor=visitor, form=form)
    minutes = form.number("minutes")
    length = None if minutes is None else timedelta(minutes=min(minutes, LONGEST_BREAK))

    def act(tx: Tx, at: datetime) -> None:
        until = at + length if length else None
        presence.go_away(
            tx, about.who, Away.BREAK, desk=about.desk, until=until, by=visitor.actor(about.desk.slug), at=at
        )

    return await about.does(act)


@router.post("/leave")
async def go_on_leave(request: Request, house: TheHouse, visitor: Here, form: OurForm) -> Response:
    about = About(request=request, house=house, visitor=visitor, form=form)

    def act(tx: Tx, at: datetime) -> None:
        zone = about.desk.desk.calendar.tz
        first_on = _day(form, "first_on") or at.astimezone(zone).date()
        last_on = _day(form, "last_on")
        since, until = whole_days(first_on, last_on or first_on, zone)
        presence.go_away(
            tx, about.who, Away.OUT_OF_OFFICE, desk=about.desk, since=since, until=until if last_on else None,
            substitute=form.line("substitute") or None, note=form.line("note") or None,
            by=visitor.actor(about.desk.slug), at=at,
        )  # fmt: skip

    return await about.does(act)


@router.post("/back")
async def come_back(request: Request, house: TheHouse, visitor: Here, form: OurForm) -> Response:
    about = About(request=request, house=house, visitor=visitor, form=form)
    return await about.does(
        lambda tx, at: presence.come_back(
            tx, about.who, desk=about.desk, by=visitor.actor(about.desk.slug), at=at
        )
    )


@router.post("/call-off")
async def call_off(request: Request, house: TheHouse, visitor: Here, form: OurForm) -> Response:
    about = About(request=request, house=house, visitor=visitor, form=form)
    number = form.number("absence") or 0
    return await about.does(
        lambda tx, at: presence.call_off(
            tx, about.who, number, desk=about.desk,
            by=visitor.actor(about.desk.slug), at=at,
        )
    )  # fmt: skip


@router.get("/hand-over")
async def plan_a_hand_over(
    request: Request,
    house: TheHouse,
    visitor: Here,
    *,
    desk: Annotated[str, Query(max_length=100)],
    agent: Annotated[str, Query(max_length=300)],
    to: Annotated[str, Query(max_length=300)] = "",
) -> Response:
    """Show what a hand-over would move, before it is done."""
    if visitor.desks is not None and desk not in visitor.desks:
        raise HTTPException(404, "no desk of theirs")
    found, by, at = house.desk(desk), visitor.actor(desk), house.clock()
    moves: tuple[Move, ...] = ()
    problem, status = None, 200
    try:
        moves = await house.ledger.write(
            lambda tx: handover.preview(tx, agent, desk=found, to=to or None, by=by, at=at), name="preview"
        )
    except ActError as refused:
        problem, status = why_refused(refused.code), status_of(refused)
    staff = await house.ledger.read(lambda session: views.colleagues(session, frozenset({desk})))
    names = {person.id: person.name for person in staff}
    return page(
        request, house, "hand_over.html", visitor=visitor, desk=found.desk, agent=agent, to=to, names=names,
        others=[person for person in staff if person.id != agent], counts=Counter(move.to for move in moves),
        spreads=found.desk.assignment.way is not Way.MANUAL, problem=problem, status=status,
    )  # fmt: skip


@router.post("/hand-over/now")
async def hand_over(request: Request, house: TheHouse, visitor: Here, form: OurForm) -> Response:
    about = About(request=request, house=house, visitor=visitor, form=form)
    return await about.does(
        lambda tx, at: house.acts.hand_over(
            tx, about.who, desk=about.desk, to=form.line("to") or None, by=visitor.actor(about.desk.slug), at=at
        )
    )  # fmt: skip


def _day(form: Form, name: str) -> date | None:
    written = form.line(name)
    if (day := day_in(written)) is None and written:
        raise UnknownValueError(f"{name} is no date", field=name, value=written)
    return day
