"""The page of a ticket: what is read for it at once, and each of its parts with the values that it shows."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from fastapi import Request
from fastapi.responses import Response
from sqlmodel import Session

from console.doors import Visitor
from console.due import Due, stand_of
from console.findings.theirs import may_see
from console.house import House
from console.language import language_of
from console.pages.render import moments, page
from console.phrases import say
from console.search.searching import asker_at, search_for
from console.ticket import cases as ticket_cases
from console.ticket.acts.urgency import tomorrow
from console.ticket.belonging import Belonging, belonging_of
from console.ticket.bubbles import Bubbles
from console.ticket.composer import composer_for
from console.ticket.draft import Draft
from console.ticket.foretold import reason_of
from console.ticket.held import standing
from console.ticket.history import told
from console.ticket.identity_card import identity_card
from console.ticket.mail import mails_of
from console.ticket.promised import lengths, promised
from console.words.handling import LINK_WORDS, PRIORITIES
from procedures.bookings import views as bookings
from procedures.bookings.rows import BookingNow
from procedures.cases.rows import CaseNow
from procedures.cases.step_clock import CLOCK_RULES
from procedures.money import views as money
from procedures.money.invoices import InvoiceNow
from procedures.papers import views as papers
from procedures.papers.rows import PaperNow
from templates_replies.catalogue import Catalogue, Language
from templates_replies.ranking import BEST
from templates_replies.reply_phrases import foreign, value_words
from tickets import views
from tickets.actor import Actor, Role
from tickets.clocks import SECOND_LINE
from tickets.desk import Desk, DeskNow, beside
from tickets.explain import Explanation
from tickets.lifecycle import TO_DO
from tickets.lines import ASSIGNMENT
from tickets.matters import undecided
from tickets.message import Direction
from tickets.staff import StaffNow
from tickets.views import ContactTicket, FindingView, MessageView, TicketView, WholeTicket
from tickets.views.matching import PredictionView, prediction_of

Values = Mapping[str, Any]


@dataclass(frozen=True, kw_only=True)
class Asked:
    """Whose page of which ticket, and what was asked of it."""

    request: Request
    house: House
    visitor: Visitor
    found: WholeTicket
    draft: Draft
    now: datetime
    find: str = ""
    pictures: int | None = None  # the message whose pictures from elsewhere are to be loaded
    number_shown: bool = False  # whether whole identity numbers are: the contact's, and those in answers

    @property
    def ticket(self) -> TicketView:
        return self.found.ticket

    @property
    def desk(self) -> DeskNow:
        return self.house.desk(self.ticket.desk)

    @property
    def catalogue(self) -> Catalogue:
        return self.house.catalogue(self.ticket.desk)

    @property
    def by(self) -> Actor:
        return self.visitor.actor(self.ticket.desk)

    @property
    def language(self) -> Language:
        return language_of(self.request)

    @property
    def may_answer(self) -> bool:
        return self.by.may(Role.AGENT, self.ticket.desk) and self.by.may_answer(self.ticket.team)

    @property
    def may_note(self) -> bool:
        return self.by.may(Role.AGENT, self.ticket.desk) and self.by.may_note(self.ticket.team)

    @property
    def may_supervise(self) -> bool:
        return self.by.may(Role.SUPERVISOR, self.ticket.desk)


@dataclass(frozen=True, kw_only=True)
class Around:
    """What the ledger holds beside the ticket, read at one moment."""

    people: Sequence[StaffNow]
    others: Sequence[ContactTicket]  # of the same contact
    explained: Sequence[Explanation]
    foretold: PredictionView | None
    taken_back: Mapping[int, MessageView]  # what contacts deleted, for supervisors
    belonging: Belonging
    cases: Sequence[CaseNow]
    invoices: Sequence[InvoiceNow]  # of the cases
    papers: Sequence[PaperNow]
    bookings: Sequence[BookingNow]
    absent: frozenset[str]  # ids of those who are away, as far as a case asks for it
    findings: Sequence[FindingView]  # of the register, where the whole desk is for their eyes
    names: Mapping[str, str] = field(default_factory=dict)  # of people, by id


async def show(asked: Asked, *, status: int = 200) -> Response:
    """Show the page of a ticket."""
    around = await asked.house.ledger.read(lambda session: _around(session, asked))
    when = moments(asked.request, asked.desk.desk.calendar.tz, asked.now)
    cases = await _procedures(asked, around, when)
    return page(
        asked.request, asked.house, "ticket.html", visitor=asked.visitor, status=status, ticket=asked.ticket,
        whole=asked.found, draft=asked.draft, when=when, now=asked.now, by=asked.by, find=asked.find,
        **_names(asked, around), **_handling(asked), **_clocks(asked, around, cases, when),
        **_contact(asked, around, when), **await _conversation(asked, around, cases, when), **await _answering(asked, around),
        cases=cases,
    )  # fmt: skip


def _around(session: Session, asked: Asked) -> Around:
    ticket, found, visitor = asked.ticket, asked.found, asked.visitor
    people = views.colleagues(session, frozenset({ticket.desk}))
    cases = ticket_cases.cases_of(session, found)
    return Around(
        people=people,
        others=views.tickets_of_contact(session, ticket.contact.id, besides=ticket.number),
        explained=views.explanations(session, ticket.number, now=asked.now, rules=CLOCK_RULES),
        foretold=prediction_of(session, ticket.number),
        taken_back=views.taken_back(session, ticket.number, link=asked.house.links.path)
        if asked.may_supervise
        else {},
        belonging=belonging_of(
            session, found, find=asked.find, search=search_for(asked.house, asker_at(visitor))
        ),
        cases=cases,
        invoices=money.of_cases(session, [case.id for case in cases]),
        papers=papers.of_cases(session, [case.id for case in cases]),
        bookings=bookings.of_cases(session, [case.id for case in cases]),
        absent=ticket_cases.absent_at(session, ticket.desk, asked.now) if cases else frozenset(),
        findings=[
            each for each in views.findings_of_ticket(session, ticket.number) if may_see(visitor, each)
        ],
        names={asked.by.id: visitor.name} | {person.id: person.name for person in people},
    )


# -- the parts of the page --------------------------------------------------------------------------------------------


def _names(asked: Asked, around: Around) -> Values:
    """What ids are called, and who and what may be chosen."""
    catalogue, desk = asked.catalogue, asked.desk
    return {
        "names": around.names,
        "holders": {person.id: around.names[person.id] for person in around.people if person.may_hold},
        "categories": {category.id: category.name for category in catalogue.categories},
        "desk_categories": desk.categories,
        "tag_names": {tag.id: tag.name for tag in catalogue.tags or ()},
        "known_tags": catalogue.tags,
        "teams": _teams(desk.desk),
        "link_words": LINK_WORDS,
        "priorities": PRIORITIES,
    }


def _handling(asked: Asked) -> Values:
    """What may be done with the ticket, and what is known of where it belongs."""
    ticket, found, desk = asked.ticket, asked.found, asked.desk
    desks, to_do = asked.house.desks(), ticket.status in TO_DO
    return {
        "desk": desk.desk,
        "may_answer": asked.may_answer,
        "may_supervise": asked.by.may(Role.SUPERVISOR, asked.ticket.desk),
        "may_note": asked.may_note,
        "may_verify": asked.may_supervise,
        "issues": found.issues,
        "blocked": found.blocked,
        "survey": found.survey,
        "several": undecided(found.events, category_by=ticket.category_by) if to_do else None,
        "suggestions": [each for each in ticket.suggestions if each.category in desk.categories][:3],
        "other_desks": {slug: each.desk.name for slug, each in desks.items() if slug != ticket.desk},
        "beside": beside(ticket.account, ticket.desk, desks) if to_do else {},
        "tomorrow": tomorrow(asked.now.astimezone(desk.desk.calendar.tz)),
    }


def _clocks(
    asked: Asked, around: Around, cases: ticket_cases.Cases, when: Callable[[datetime], str]
) -> Values:
    """What was promised, and how it stands."""
    ticket, language = asked.ticket, asked.language
    return {
        "promises": promised(
            ticket,
            around.explained,
            language,
            steps=cases.words.steps,
            names=around.names,
            when=when,
            now=asked.now,
        ),
        "lengths": lengths(language),
        "team_clocks": _of_team(ticket, language, asked.now, when),
    }


def _contact(asked: Asked, around: Around, when: Callable[[datetime], str]) -> Values:
    """Who it is about, and what else there is of them."""
    return {
        "identity": identity_card(
            asked.ticket.contact, around.others, desk=asked.desk.desk, channel=asked.ticket.channel,
            language=asked.language, names=around.names, when=when, number_shown=asked.number_shown,
        ),
        "belonging": around.belonging,
        "findings": around.findings,
        "seen": around.belonging.newest,
    }  # fmt: skip


async def _conversation(
    asked: Asked, around: Around, cases: ticket_cases.Cases, when: Callable[[datetime], str]
) -> Values:
    """What was said and done."""
    found, desk, language = asked.found, asked.desk.desk, asked.language
    categories = {category.id: category.name for category in asked.catalogue.categories}
    reason, words = reason_of(around.foretold, categories), cases.words
    bubbles = Bubbles(
        when=when, teams=_teams(desk), machines=_machines(desk, language), taken_back=around.taken_back,
        mails=await mails_of(asked.house, found.messages, when=when), pictures=asked.pictures,
        may_answer=asked.may_answer, marked={reason.message: reason.words} if reason else {},
        fetches=asked.ticket.number if asked.may_note else None,
    )  # fmt: skip
    return {
        "messages": standing(found),
        "bubbles": bubbles,
        "reason": reason,
        "newest": found.events[-1].id if found.events else 0,
        "notes": str(Direction.NOTE),
        "history": [
            told(
                event,
                language,
                names=around.names,
                categories=categories,
                teams=_teams(desk),
                words=words,
                when=when,
            )
            for event in reversed(found.events)
        ],
    }


async def _answering(asked: Asked, around: Around) -> Values:
    """What an answer is written with."""
    beside_them = asked.request.app.state.company.beside(asked.ticket.number, asked.visitor.email)
    return {
        "composer": await composer_for(
            asked.house, asked.visitor, asked.found, around.names, beside=beside_them, language=asked.language,
            may_answer=asked.may_answer, now=asked.now,
        ),
        "best": BEST,
        "value_words": value_words,
        "foreign": foreign,
    }  # fmt: skip


async def _procedures(asked: Asked, around: Around, when: Callable[[datetime], str]) -> ticket_cases.Cases:
    """Return the cases that it has, and the procedures that could be begun."""
    return await ticket_cases.shown(
        asked.house, asked.found, around.cases, asked.language, invoices=around.invoices, papers=around.papers, bookings=around.bookings,
        by=asked.by, may_begin=asked.may_answer, numbers=asked.number_shown,
        absent=around.absent, names=around.names, when=when, now=asked.now,
    )  # fmt: skip


def _teams(desk: Desk) -> dict[str, str]:
    return {team.id: team.name for team in desk.teams}


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
