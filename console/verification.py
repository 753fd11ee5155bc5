"""Verifying what is solved: one ticket after the other with what was asked and answered, or several at once."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated
from urllib.parse import urlencode

from fastapi import Query, Request
from fastapi.responses import RedirectResponse, Response
from starlette.exceptions import HTTPException

from console.doors import Visitor
from console.due import Due, stand_of
from console.errors import status_of
from console.forms import Form, OurForm, does_once
from console.house import House, TheHouse
from console.ids import Id
from console.language import language_of
from console.pages.render import moments, page
from console.phrases import why_refused
from console.routes import Router
from console.ticket.bubbles import Bubbles
from console.visitors import Here
from tickets import views
from tickets.actions import supervising
from tickets.actions.errors import ActError
from tickets.ledger.tx import Tx
from tickets.message import Author, Direction
from tickets.ticket import NoSuchTicketError
from tickets.views import MessageView, WholeTicket
from tickets.views.verifying import ToVerify, to_verify

PATH = "/verification"
LISTED = 30  # tickets on the page: a form may not have many more fields than that

Slug = Annotated[str, Query(max_length=60)]

router = Router(include_in_schema=False)


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What became of the form that was sent before."""

    verified: int = 0
    left: int = 0  # were not verified: their own, or no longer solved
    problem: str | None = None
    note: str = ""  # what they had written


@dataclass(frozen=True, kw_only=True)
class Judged:
    """The ticket that is looked at, and what one has to know to judge it."""

    item: ToVerify
    own: bool
    asked: Sequence[MessageView]  # by the contact, since it was opened or taken up again
    answered: Sequence[MessageView]  # by the desk
    clocks: Sequence[Due]
    following: int | None  # the next one in the queue


@router.get(PATH)
async def show(
    request: Request, house: TheHouse, visitor: Here, *, desk: Slug = "",
    ticket: Annotated[int | None, Query(ge=1, lt=10**15)] = None,
    verified: Annotated[int, Query(ge=0)] = 0, left: Annotated[int, Query(ge=0)] = 0,
) -> Response:  # fmt: skip
    outcome = Outcome(verified=verified, left=left)
    return await _show(request, house, visitor, desk=desk, ticket=ticket, outcome=outcome)


@router.post(PATH)
async def verify_chosen(house: TheHouse, visitor: Here, form: OurForm) -> Response:
    """Verify the tickets that were ticked."""
    by = visitor.actor(form.line("desk"))
    chosen = form.numbers("chosen")
    told = {"verified": 0, "left": 0}

    def act(tx: Tx, at: datetime) -> None:
        done = supervising.verify_many(tx, chosen[:LISTED], by=by, at=at)
        told.update(verified=len(done.tickets), left=len(done.refused))

    await _does(house, visitor, form, act)
    return _go_on(form, **told)


@router.post(PATH + "/{number}/verify")
async def verify(request: Request, number: Id, house: TheHouse, visitor: Here, form: OurForm) -> Response:
    by = visitor.actor(form.line("desk"))
    return await _decides(
        request, house, visitor, form, number, lambda tx, at: supervising.verify(tx, number, by=by, at=at)
    )


@router.post(PATH + "/{number}/send-back")
async def send_back(request: Request, number: Id, house: TheHouse, visitor: Here, form: OurForm) -> Response:
    slug = form.line("desk")
    desk, by, note = house.desk(slug), visitor.actor(slug), form.text("note")
    return await _decides(
        request, house, visitor, form, number,
        lambda tx, at: house.acts.send_back(tx, number, note, desk=desk, by=by, at=at),
    )  # fmt: skip


async def _decides(
    request: Request, house: House, visitor: Visitor, form: Form, number: int,
    act: Callable[[Tx, datetime], object],
) -> Response:  # fmt: skip
    try:
        await _does(house, visitor, form, act)
    except ActError as refused:
        outcome = Outcome(problem=why_refused(refused.code), note=form.text("note"))
        return await _show(
            request, house, visitor, desk=form.line("desk"), ticket=number, outcome=outcome,
            status=status_of(refused),
        )  # fmt: skip
    return _go_on(form)


async def _does(house: House, visitor: Visitor, form: Form, act: Callable[[Tx, datetime], object]) -> None:
    body = {"desk": form.line("desk"), "chosen": form.data.getlist("chosen"), "note": form.text("note")}
    await does_once(house, form, visitor.actor(form.line("desk")), act, body=body)


def _go_on(form: Form, **told: int) -> Response:
    values = {"desk": form.line("desk"), "ticket": form.line("following"), **told}
    given = urlencode({name: value for name, value in values.items() if value})
    return RedirectResponse(f"{PATH}?{given}", status_code=303)


# -- the page ---------------------------------------------------------------------------------------------------------


async def _show(
    request: Request, house: House, visitor: Visitor, *, desk: str, ticket: int | None, outcome: Outcome,
    status: int = 200,
) -> Response:  # fmt: skip
    desks = house.desks()
    theirs = visitor.supervised(sorted(desks))
    if not theirs:
        raise HTTPException(403, "for supervisors")
    slug = desk if desk in theirs else visitor.begins_with({each: desks[each].desk for each in theirs}).slug
    by, terms = visitor.actor(slug), desks[slug].desk
    queue = await house.ledger.read(lambda session: to_verify(session, [slug], limit=LISTED + 1))
    people = await house.ledger.read(lambda session: views.colleagues(session, frozenset({slug})))
    position = await house.ledger.read(lambda session: views.newest_event(session, desks=frozenset({slug})))
    judged = await _judged(request, house, visitor, slug, queue, ticket)
    when = moments(request, terms.calendar.tz, house.clock())
    return page(
        request, house, "verification.html", visitor=visitor, status=status, position=position, judged=judged,
        queue=queue[:LISTED], more=len(queue) > LISTED, own={one.ticket.number for one in queue if one.is_work_of(by)},
        outcome=outcome, desk=terms, names={person.id: person.name for person in people},
        desks={each: desks[each].desk.name for each in theirs}, when=when,
        categories={each.id: each.name for each in house.catalogue(slug).categories},
        bubbles=Bubbles(when=when, teams={team.id: team.name for team in terms.teams}),
    )  # fmt: skip


async def _judged(
    request: Request, house: House, visitor: Visitor, desk: str, queue: Sequence[ToVerify], ticket: int | None
) -> Judged | None:
    """Return the ticket that was asked for, or the first that they may judge; None: there is nothing to judge."""
    by = visitor.actor(desk)
    mine = [one for one in queue if not one.is_work_of(by)]
    item = next((one for one in queue if one.ticket.number == ticket), None) or next(
        iter(mine or queue), None
    )
    if item is None:
        return None
    number = item.ticket.number
    found = await house.ledger.read(
        lambda session: views.ticket(session, number, link=house.links.path, desks=frozenset({desk}))
    )
    if found is None:
        raise NoSuchTicketError(number)
    now, language = house.clock(), language_of(request)
    said = _of_this_round(found)
    following = [one.ticket.number for one in mine]
    later = [each for each in following[_place(following, number) :] if each != number]
    return Judged(
        item=item,
        own=item.is_work_of(by),
        asked=[message for message in said if message.direction == Direction.IN],
        answered=_answers(said),
        clocks=[stand_of(clock, language, now=now) for clock in found.ticket.clocks],
        following=next(iter(later), None),
    )


def _answers(said: Sequence[MessageView]) -> Sequence[MessageView]:
    """Return what people answered; the bot's words count where nobody else said anything."""
    out = [message for message in said if message.direction == Direction.OUT]
    return [message for message in out if message.author == Author.AGENT] or out


def _place(numbers: Sequence[int], number: int) -> int:
    return numbers.index(number) if number in numbers else 0


def _of_this_round(found: WholeTicket) -> Sequence[MessageView]:
    """Return what was said since the contact or the desk took the matter up again; of a first round, everything."""
    again = [event.at for event in found.events if event.kind == "ticket.reopened"]
    if not again:
        return found.messages
    since = [message for message in found.messages if message.created_at >= again[-1]]
    return since if any(message.direction == Direction.OUT for message in since) else found.messages
