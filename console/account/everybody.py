"""Everybody's sessions, for the administrator: who is let in where, to be ended at once."""

from fastapi import Request
from fastapi.responses import RedirectResponse, Response

from console.account.administering import for_the_administrator
from console.account.browsers import in_words
from console.account.own import zone_of
from console.doors import second_factor, sessions, trail
from console.doors.trail import Kind
from console.forms import OurForm
from console.house import TheHouse
from console.pages.render import moments, page
from console.routes import Router
from console.visitors import Here, knock_of
from tickets.ledger.tx import Tx

PATH = "/sessions"

router = Router(include_in_schema=False)


@router.get(PATH)
async def everybodys(request: Request, house: TheHouse, visitor: Here) -> Response:
    for_the_administrator(visitor)
    now = house.clock()
    found = await house.ledger.read(lambda session: sessions.open_sessions(session, now=now))
    people: dict[str, list[sessions.OpenSession]] = {}
    for one in found:
        people.setdefault(one.email, []).append(one)
    return page(
        request, house, "sessions.html", visitor=visitor, people=people, browser=in_words,
        when=moments(request, zone_of(house, visitor), now),
    )  # fmt: skip


@router.post(PATH)
async def end(request: Request, house: TheHouse, visitor: Here, form: OurForm) -> Response:
    """End one session of somebody, or with none named all that they have."""
    for_the_administrator(visitor)
    now, email, one = house.clock(), form.line("email").lower(), form.line("session", longest=100)

    def job(tx: Tx) -> None:
        if one:
            many = int(sessions.end_one_of(tx, email, one, at=now))
        else:
            many = sessions.end_all(tx, email, at=now)
        if many:
            entry = trail.by(visitor, Kind.SESSION_ENDED, knock_of(request), of=email, many=many)
            trail.write(tx, entry, at=now)

    await house.ledger.write(job, name="account")
    return RedirectResponse(PATH, status_code=303)


@router.post("/people/second-factor")
async def take_off(request: Request, house: TheHouse, visitor: Here, form: OurForm) -> Response:
    """Let somebody in without a second factor who has lost theirs, and the recovery codes with it."""
    for_the_administrator(visitor)
    now, email = house.clock(), form.line("email").lower()

    def job(tx: Tx) -> None:
        if second_factor.turn_off(tx, email):
            sessions.end_all(tx, email, at=now)
            entry = trail.by(visitor, Kind.SECOND_FACTOR_OFF, knock_of(request), of=email)
            trail.write(tx, entry, at=now)

    await house.ledger.write(job, name="account")
    return RedirectResponse("/people", status_code=303)
