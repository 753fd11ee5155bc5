"""One ticket: the conversation, who it is about, what was promised, and every act upon it as a form."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Path, Query, Request
from fastapi.responses import RedirectResponse, Response

from console.belonging import belonging_of
from console.bubbles import Bubbles
from console.composer import composer_for
from console.doors import Visitor
from console.draft import Draft
from console.drafts import kept_draft
from console.due import Due, stand_of
from console.errors import status_of
from console.foretold import reason_of
from console.forms import Form, OurForm
from console.handling_words import LINK_WORDS, PRIORITIES
from console.headers import WITH_PICTURES
from console.held import standing
from console.history import Happened, told
from console.house import House, TheHouse
from console.identity_card import identity_card
from console.language import language_of
from console.mail import mails_of
from console.once import Command, key_of, once
from console.pages.render import moments, page
from console.phrases import has, say
from console.promised import lengths, promised
from console.replying import filled
from console.searching import asker_at, search_for
from console.seen import looked_at
from console.ticket_acts import ACTS, Upon
from console.ticket_acts.urgency import tomorrow
from console.visitors import Here
from templates_replies.catalogue import Language
from templates_replies.ranking import BEST
from templates_replies.reply_phrases import foreign, value_words
from tickets import views
from tickets.actions import identity
from tickets.actions.errors import ActError, CollisionError, UnfilledError
from tickets.actor import Actor, Role
from tickets.clocks import SECOND_LINE
from tickets.desk import Desk, DeskNow, beside
from tickets.ledger.writer import Tx
from tickets.lifecycle import TO_DO
from tickets.lines import ASSIGNMENT
from tickets.matters import undecided
from tickets.message import Direction
from tickets.ticket import NoSuchTicketError
from tickets.views import TicketView, Wanted, WholeTicket
from tickets.views.matching import prediction_of

SEE_OTHER = 303
ACCOUNT = "console"  # under which commands are kept

Number = Annotated[int, Path(ge=1, lt=10**15)]
Act = Callable[[Tx, datetime], int | None]

router = APIRouter(include_in_schema=False)


@dataclass(frozen=True, kw_only=True)
class Doing:
    """A form that was sent from the page of a ticket."""

    request: Request
    house: House
    visitor: Visitor
    form: Form
    number: int
    found: WholeTicket
    desk: DeskNow

    @property
    def by(self) -> Actor:
        return self.visitor.actor(self.found.ticket.desk)

    async def does(self, act: Act, draft: Draft | None = None) -> Response:
        """Do it once and show the ticket; what is refused is said on the page, and the draft survives."""
        at = self.house.clock()
        command = Command(
            account=ACCOUNT, event_id=key_of(self.by, self.form.once), by=self.by, path=self.request.url.path,
            body={name: value for name, value in self.form.data.items() if isinstance(value, str) and name != "token"},
        )  # fmt: skip
        try:
            await self.house.ledger.write(
                lambda tx: once(tx, command, lambda tx: act(tx, at), at=at), name="console"
            )
        except ActError as refused:
            problem = f"refused_{refused.code}"
            refused_draft = replace(
                draft or Draft(text=self.form.text("text")), problem=problem if has(problem) else "refused_rule",
                collision=refused.collision if isinstance(refused, CollisionError) else None,
                unfilled=refused.missing if isinstance(refused, UnfilledError) and draft else (),
            )  # fmt: skip
            return await self.shows(refused_draft, status=status_of(refused))
        return RedirectResponse(f"/tickets/{self.number}#newest", status_code=303)

    async def shows(self, draft: Draft, status: int = 200) -> Response:
        return await _show(self.request, self.house, self.visitor, self.found, draft, status=status)


@router.get("/tickets/{number}")
async def show(
    request: Request,
    number: Number,
    house: TheHouse,
    visitor: Here,
    template: Annotated[str | None, Query(max_length=100)] = None,
    find: Annotated[str, Query(max_length=300)] = "",
    pictures: Annotated[int | None, Query(ge=1, lt=10**15)] = None,
) -> Response:
    """Show it. `pictures` is the message whose pictures from elsewhere were asked for."""
    found = await found_for(house, visitor, number)
    await looked_at(request, house, visitor, found)
    draft = await kept_draft(house, visitor, found)
    draft = with_template(house, visitor, found, template, draft) if template else draft
    answer = await _show(
        request, house, visitor, found, draft, find=find.replace("\x00", ""), pictures=pictures
    )
    if pictures is not None:
        answer.headers.update(WITH_PICTURES)
    return answer


@router.post("/tickets/{number}/number")
async def show_number(
    request: Request, number: Number, house: TheHouse, visitor: Here, form: OurForm
) -> Response:
    """Show the contact's whole identity number this once; the history tells who looked at it."""
    doing = await doing_of(request, house, visitor, form, number)
    at = house.clock()
    await house.ledger.write(lambda tx: identity.show_number(tx, number, by=doing.by, at=at), name="console")
    return await _show(request, house, visitor, doing.found, Draft(), number_shown=True)


@router.post("/tickets/{number}/{act}")
async def act_upon(
    request: Request, number: Number, act: str, house: TheHouse, visitor: Here, form: OurForm
) -> Response:
    doing = await doing_of(request, house, visitor, form, number)
    do = ACTS.get(act)
    if do is None:
        raise NoSuchTicketError(number)
    upon = Upon(
        house=house,
        form=form,
        number=number,
        desk=doing.desk,
        by=doing.by,
        name=visitor.name,
        at_desk=visitor.actor,
    )
    answer = await doing.does(lambda tx, at: do(upon, tx, at))
    if answer.status_code == SEE_OTHER and not await _still_seen(house, visitor, number):
        return RedirectResponse("/inbox", status_code=SEE_OTHER)  # it went to a desk that is not theirs
    return answer


# -- the page ---------------------------------------------------------------------------------------------------------


async def _still_seen(house: House, visitor: Visitor, number: int) -> bool:
    now = await house.ledger.read(
        lambda session: views.tickets(session, Wanted(desks=visitor.desks, q=f"#{number}"), limit=1)
    )
    return any(ticket.number == number for ticket in now.items)


async def found_for(house: House, visitor: Visitor, number: int) -> WholeTicket:
    found = await house.ledger.read(
        lambda session: views.ticket(session, number, link=house.links.path, desks=visitor.desks)
    )
    if found is None or not visitor.may_see(found.ticket.desk, found.ticket.team):
        raise NoSuchTicketError(number)
    return found


async def doing_of(request: Request, house: House, visitor: Visitor, form: Form, number: int) -> Doing:
    found = await found_for(house, visitor, number)
    return Doing(
        request=request, house=house, visitor=visitor, form=form, number=number, found=found,
        desk=house.desk(found.ticket.desk),
    )  # fmt: skip


def with_template(house: House, visitor: Visitor, found: WholeTicket, template: str, draft: Draft) -> Draft:
    """Put a reply template below what stands in the form already; one that is gone changes nothing."""
    if house.catalogue(found.ticket.desk).reply(template) is None:
        return draft
    return draft.with_template(template, filled(house, found, template, agent=visitor.name))


async def _show(
    request: Request, house: House, visitor: Visitor, found: WholeTicket, draft: Draft, *, status: int = 200,
    number_shown: bool = False, find: str = "", pictures: int | None = None,
) -> Response:  # fmt: skip
    ticket = found.ticket
    desk = house.desk(ticket.desk)
    now, language = house.clock(), language_of(request)
    when = moments(request, desk.desk.calendar.tz, now)
    by = visitor.actor(ticket.desk)
    catalogue = house.catalogue(ticket.desk)
    people, others, explained, foretold = await house.ledger.read(
        lambda session: (
            views.colleagues(session, frozenset({ticket.desk})),
            views.tickets_of_contact(session, ticket.contact.id, besides=ticket.number),
            views.explanations(session, ticket.number, now=now),
            prediction_of(session, ticket.number),
        )
    )
    may_supervise = by.may(Role.SUPERVISOR, ticket.desk)
    taken_back = {}
    if may_supervise:
        taken_back = await house.ledger.read(
            lambda session: views.taken_back(session, ticket.number, link=house.links.path)
        )
    belonging = await house.ledger.read(
        lambda session: belonging_of(session, found, find=find, search=search_for(house, asker_at(visitor)))
    )
    may_answer = by.may(Role.AGENT, ticket.desk) and by.may_answer(ticket.team)
    names = {person.id: person.name for person in people} | {by.id: visitor.name}
    categories = {category.id: category.name for category in catalogue.categories}
    tag_names = {tag.id: tag.name for tag in catalogue.tags or ()}
    teams = {team.id: team.name for team in desk.desk.teams}
    reason = reason_of(foretold, categories)
    may_note = by.may(Role.AGENT, ticket.desk) and by.may_note(ticket.team)
    bubbles = Bubbles(
        when=when, teams=teams, machines=_machines(desk.desk, language), taken_back=taken_back,
        mails=await mails_of(house, found.messages, when=when), pictures=pictures, may_answer=may_answer,
        marked={reason.message: reason.words} if reason else {}, fetches=ticket.number if may_note else None,
    )  # fmt: skip
    return page(
        request, house, "ticket.html", visitor=visitor, status=status, ticket=ticket, messages=standing(found),
        history=_history(found, language, names=names, categories=categories, teams=teams, when=when),
        draft=draft, when=when, names=names, holders={person.id: names[person.id] for person in people if person.may_hold}, categories=categories, desk_categories=desk.categories, tag_names=tag_names, known_tags=catalogue.tags,
        teams=teams, by=by,
        composer=await composer_for(
            house, visitor, found, names, beside=request.app.state.company.beside(ticket.number, visitor.email),
            language=language, may_answer=may_answer, now=now,
        ), best=BEST, value_words=value_words, foreign=foreign,
        promises=promised(ticket, explained, language, names=names, when=when, now=now), lengths=lengths(language),
        several=undecided(found.events, category_by=ticket.category_by) if ticket.status in TO_DO else None,
        suggestions=[each for each in ticket.suggestions if each.category in desk.categories][:3],
        reason=reason,
        identity=identity_card(
            ticket.contact, others, desk=desk.desk, channel=ticket.channel, language=language,
            names=names, when=when, number_shown=number_shown,
        ),
        desk=desk.desk, may_answer=may_answer, issues=found.issues,
        may_note=may_note, team_clocks=_of_team(ticket, language, now, when),
        may_verify=may_supervise,
        newest=found.events[-1].id if found.events else 0, notes=str(Direction.NOTE), blocked=found.blocked,
        whole=found, belonging=belonging,
        other_desks={slug: each.desk.name for slug, each in house.desks().items() if slug != ticket.desk},
        beside=beside(ticket.account, ticket.desk, house.desks()) if ticket.status in TO_DO else {}, seen=belonging.newest, link_words=LINK_WORDS, find=find,
        priorities=PRIORITIES, tomorrow=tomorrow(now.astimezone(desk.desk.calendar.tz)),
        survey=found.survey, bubbles=bubbles, now=now,
    )  # fmt: skip


def _of_team(
    ticket: TicketView, language: Language, now: datetime, when: Callable[[datetime], str]
) -> list[tuple[Due, str]]:
    """Return how the promise of the team that has the ticket stands."""
    running = [
        clock
        for clock in ticket.clocks
        if clock.kind == SECOND_LINE and clock.subject == ticket.team and clock.ended_at is None
    ]
    return [(stand_of(clock, language, now=now), when(clock.due_at)) for clock in running[-1:]]


def _machines(desk: Desk, language: Language) -> dict[str, str]:
    """Return what writes notes without being a person, by the id under which it acts."""
    rules = {f"rule-{rule.id}": say(language, "by_rule", rule=rule.name) for rule in desk.rules}
    return {ASSIGNMENT.id: say(language, "by_assignment"), **rules}


def _history(
    found: WholeTicket, language: Language, *, names: Mapping[str, str], categories: Mapping[str, str],
    teams: Mapping[str, str], when: Callable[[datetime], str],
) -> list[Happened]:  # fmt: skip
    return [
        told(event, language, names=names, categories=categories, teams=teams, when=when)
        for event in reversed(found.events)
    ]
