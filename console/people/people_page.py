"""People: who works where, who is here, how much they have to do; the administrator hands out links to accounts."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated

from fastapi import Query, Request
from fastapi.responses import Response
from sqlmodel import Session
from starlette.exceptions import HTTPException

from console import doors
from console.chosen_desk import looked_at
from console.doors import Visitor, trail
from console.doors.trail import Kind
from console.forms import OurForm
from console.house import House, TheHouse
from console.language import language_of
from console.pages.render import moments, page
from console.phrases import say
from console.routes import Router
from console.visitors import Here, knock_of
from templates_replies.catalogue import Language
from templates_replies.moments import date_in_words
from templates_replies.presence_phrases import absence_words
from tickets import views
from tickets.actor import Actor, Role
from tickets.desk import Desk
from tickets.ledger.tx import Tx
from tickets.presence import AbsenceNow
from tickets.views import AtWork, LineAtWork

router = Router(include_in_schema=False)


@dataclass(frozen=True, kw_only=True)
class DeskAtWork:
    """One desk as the page shows it."""

    desk: Desk
    people: tuple[AtWork, ...]
    lines: tuple[LineAtWork, ...]
    by: Actor  # whoever looks, at this desk
    away: Mapping[int, str]  # absences in words, by their id

    @property
    def names(self) -> dict[str, str]:
        return {each.person.id: each.person.name for each in self.people}

    def may_say(self, who: str) -> bool:
        """Whether whoever looks may say where this person is."""
        return self.by.may(Role.AGENT if self.by.id == who else Role.SUPERVISOR, self.desk.slug)


@router.get("/people")
async def people(
    request: Request, house: TheHouse, visitor: Here, desk: Annotated[str, Query(max_length=60)] = ""
) -> Response:
    return await people_page(request, house, visitor, desk=desk)


@router.post("/people")
async def invite(request: Request, house: TheHouse, visitor: Here, form: OurForm) -> Response:
    if not visitor.admin:
        raise HTTPException(403, "for the administrator")
    email = form.line("email").lower()
    known = await house.ledger.read(views.colleagues)
    if email not in {person.email for person in known if person.email}:
        raise HTTPException(404, "nobody on the staff has this mailbox")
    now, entry = house.clock(), trail.by(visitor, Kind.INVITED, knock_of(request), of=email)

    def job(tx: Tx) -> str:
        trail.write(tx, entry, at=now)
        return doors.make_invitation(tx, now, email=email)

    key = await house.ledger.write(job, name="invite")
    link = f"{house.public_url.rstrip('/')}/setup/{key}"
    return await people_page(request, house, visitor, invitation=(email, link))


async def people_page(
    request: Request, house: House, visitor: Visitor, *, invitation: tuple[str, str] | None = None,
    problem: str | None = None, status: int = 200, desk: str = "",
) -> Response:  # fmt: skip
    theirs = {
        slug: each.desk
        for slug, each in house.desks().items()
        if visitor.desks is None or slug in visitor.desks
    }
    only = looked_at(desk, visitor.chosen, theirs)

    def read(session: Session) -> list[DeskAtWork]:
        wanted = [theirs[only]] if only else theirs.values()
        return [_at_work(request, session, house, visitor, each) for each in wanted]

    desks = await house.ledger.read(read)
    accounts = {account.email: account for account in await house.ledger.read(doors.all_accounts)}
    return page(
        request, house, "people.html", visitor=visitor, accounts=accounts, invitation=invitation, problem=problem,
        status=status, desks=[each for each in desks if each.people],
    )  # fmt: skip


def _at_work(request: Request, session: Session, house: House, visitor: Visitor, desk: Desk) -> DeskAtWork:
    now, language = house.clock(), language_of(request)
    people = views.at_work(session, desk, now=now)
    when = moments(request, desk.calendar.tz, now)
    absences = [absence for each in people for absence in (each.away, *each.planned) if absence is not None]
    return DeskAtWork(
        desk=desk, people=people, lines=views.lines_at_work(session, desk, people, now=now),
        by=visitor.actor(desk.slug),
        away={each.id: absence_in_words(each, desk, language, now=now, when=when) for each in absences},
    )  # fmt: skip


def absence_in_words(
    absence: AbsenceNow, desk: Desk, language: Language, *, now: datetime, when: Callable[[datetime], str]
) -> str:
    """Say until when somebody is away, and from when if that is still to come."""
    tz = desk.calendar.tz
    until = absence.until.astimezone(tz) if absence.until is not None else None
    words = absence_words(language, kind=str(absence.kind), until=until, today=now.astimezone(tz).date())
    if absence.since <= now:
        return words
    since = absence.since.astimezone(tz)
    at_midnight = (since.hour, since.minute) == (0, 0)
    begins = date_in_words(since.date(), language) if at_midnight else when(absence.since)
    return say(language, "from_then", since=begins, absence=words)
