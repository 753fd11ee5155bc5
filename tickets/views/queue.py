"""Tickets: which are wanted, lists of them, one whole."""

from collections.abc import Callable, Iterator, Sequence
from functools import cache
from typing import Any

from sqlalchemy import Row, Select, bindparam, literal_column, or_, select
from sqlmodel import Session

from tickets.lifecycle import Status
from tickets.priority import PRIORITIES, Priority
from tickets.tables import Contact, Event, Message, Ticket, TicketTag
from tickets.views.alike import perhaps_the_same
from tickets.views.by_address import contacts_at
from tickets.views.clocks import clock_views
from tickets.views.contacts import contact_views
from tickets.views.conversation import message_views, named
from tickets.views.handling import is_blocked, links_of, merged_into, others_open, wants_silence
from tickets.views.message_values import EventView, Link
from tickets.views.second_line import issues_of
from tickets.views.surveys import survey_of
from tickets.views.tags import tags_of
from tickets.views.ticket_values import Suggestion, TicketView, WholeTicket
from tickets.views.trouble import in_trouble
from tickets.views.wanted import Page, Wanted
from tickets.views.windows import window_of

# what was typed, desk, how many at most → the condition that it makes upon tickets
Search = Callable[[Session, str, str | None, int], Any]
FOUND_AT_MOST = 1000  # tickets that a full-text search hands over to the other filters

_TICKETS = Ticket.__table__  # type: ignore[attr-defined]
_MESSAGES = Message.__table__  # type: ignore[attr-defined]
_CONTACTS = Contact.__table__  # type: ignore[attr-defined]
_EVENTS = Event.__table__  # type: ignore[attr-defined]
_TAGS = TicketTag.__table__  # type: ignore[attr-defined]
_NUMBER: Any = bindparam("number")
_NUMBERS: Any = bindparam("numbers", expanding=True)
_DESKS: Any = bindparam("desks", expanding=True)
_ONE = select(_TICKETS).where(_TICKETS.c.number == _NUMBER)
_PLACE = select(_TICKETS.c.desk, _TICKETS.c.team).where(_TICKETS.c.number == _NUMBER)
_SAID = select(_MESSAGES).where(_MESSAGES.c.ticket.in_(_NUMBERS)).order_by(_MESSAGES.c.id)
_HAPPENED = select(_EVENTS).where(_EVENTS.c.ticket == _NUMBER).order_by(_EVENTS.c.id)


def tickets(
    session: Session, wanted: Wanted, *, limit: int, after: int | None = None, search: Search | None = None
) -> Page[TicketView]:
    """Return tickets, newest first; `after` is the number of the last one seen."""
    statement = filtered(session, select(_TICKETS), wanted, search).order_by(_TICKETS.c.number.desc())
    if after is not None:
        statement = statement.where(_TICKETS.c.number < after)
    rows = session.execute(statement.limit(limit + 1)).all()
    following = str(rows[limit - 1].number) if len(rows) > limit else None
    return Page(items=ticket_views(session, rows[:limit]), next=following)


def ticket(
    session: Session, number: int, *, link: Link, desks: frozenset[str] | None = None
) -> WholeTicket | None:
    """Return one ticket with its messages and events; None if there is none that the asker may see."""
    row = session.execute(_ONE, {"number": number}).one_or_none()
    if row is None or (desks is not None and row.desk not in desks):
        return None
    absorbed = merged_into(session, number)
    said = session.execute(_SAID, {"numbers": (number, *absorbed)}).all()
    happened = session.execute(_HAPPENED, {"number": number})
    return WholeTicket(
        ticket=ticket_views(session, [row])[0],
        messages=message_views(session, said, link=link),
        events=tuple(event_view(event) for event in happened),
        links=links_of(session, number),
        absorbed=absorbed,
        others=others_open(session, row),
        blocked=is_blocked(session, row.address),
        silent=wants_silence(session, row.address),
        alike=perhaps_the_same(session, row),
        survey=survey_of(session, number),
        issues=issues_of(session, number),
        window=window_of(session, row),
    )


def place_of(session: Session, number: int) -> tuple[str, str | None] | None:
    """Return the desk of a ticket, and the team that has it."""
    row = session.execute(_PLACE, {"number": number}).one_or_none()
    return None if row is None else (row.desk, row.team)


def newest_event(session: Session, *, desks: frozenset[str] | None, ticket: int | None = None) -> int:
    """Return the id of the newest event there is to see: when it grows, something is new."""
    asked = _newest_event(of_ticket=ticket is not None, of_desks=desks is not None)
    return session.execute(asked, {"number": ticket, "desks": desks}).scalar_one_or_none() or 0


@cache
def _newest_event(*, of_ticket: bool, of_desks: bool) -> Select[tuple[int]]:
    asked = select(_EVENTS.c.id).order_by(_EVENTS.c.id.desc()).limit(1)
    asked = asked.where(_EVENTS.c.ticket == _NUMBER) if of_ticket else asked
    return asked.where(_EVENTS.c.desk.in_(_DESKS)) if of_desks else asked


def filtered(
    session: Session, statement: Select[Any], wanted: Wanted, search: Search | None, *, most: int = FOUND_AT_MOST
) -> Select[Any]:  # fmt: skip
    """Narrow a question over tickets down to those that are wanted; words find the newest `most`."""
    statement = filtered_plainly(statement, wanted)
    if wanted.external_id is not None:
        said = select(_MESSAGES.c.ticket).where(named(session, wanted.external_id))
        statement = statement.where(_TICKETS.c.number.in_(said))
    if wanted.q and wanted.q.strip():
        statement = statement.where(_about(session, wanted.q.strip(), wanted.desk, search, most))
    return statement


def filtered_plainly(statement: Select[Any], wanted: Wanted) -> Select[Any]:
    """Narrow a question over tickets down by all that is wanted but words."""
    if wanted.desks is not None:
        statement = statement.where(_TICKETS.c.desk.in_(wanted.desks))
    exact = {
        "desk": wanted.desk,
        "channel": wanted.channel,
        "category": wanted.category,
        "team": wanted.team,
    }
    for name, value in exact.items():
        if value is not None:
            statement = statement.where(_TICKETS.c[name] == value)
    if wanted.tag is not None:
        tagged = select(_TAGS.c.ticket).where(_TAGS.c.tag == wanted.tag)
        statement = statement.where(_TICKETS.c.number.in_(tagged))
    for desk, teams in (wanted.only_teams or {}).items():
        statement = statement.where(or_(_TICKETS.c.desk != desk, _TICKETS.c.team.in_(teams)))
    return statement.where(*_standing(wanted))


def _standing(wanted: Wanted) -> Iterator[Any]:
    """Yield the conditions on how far a ticket has come, and with whom."""
    if wanted.status is not None:  # constants: with parameters in their place no partial index is used
        yield _TICKETS.c.status.in_([literal_column(f"'{Status(each)}'") for each in sorted(wanted.status)])
    if wanted.assignees is not None:
        yield _TICKETS.c.assignee.in_(wanted.assignees)
    if wanted.unheld:
        yield _TICKETS.c.assignee.is_(None)
    if wanted.priority is not None:
        yield _TICKETS.c.priority == int(PRIORITIES[wanted.priority])
    if wanted.asleep is not None:
        asleep = _TICKETS.c.snoozed_until
        yield asleep.is_not(None) if wanted.asleep else asleep.is_(None)
    if wanted.aside is not None:
        aside = or_(_TICKETS.c.spam_at.is_not(None), _TICKETS.c.merged_into.is_not(None))
        yield aside if wanted.aside else ~aside
    if wanted.trouble is not None:
        yield _TICKETS.c.number.in_(in_trouble(wanted.trouble, wanted.desks))


def _about(session: Session, words: str, desk: str | None, search: Search | None, most: int) -> Any:
    number = words.removeprefix("#")
    either = [_TICKETS.c.number == int(number)] if number.isdecimal() and len(number) < 13 else []
    if search is not None:
        return or_(*either, search(session, words, desk, most))
    people = select(_CONTACTS.c.id).where(
        or_(
            _CONTACTS.c.name.icontains(words, autoescape=True),
            _CONTACTS.c.identity_name.icontains(words, autoescape=True),
        )
    )
    either += [_TICKETS.c.subject.icontains(words, autoescape=True), _TICKETS.c.contact.in_(people)]
    reached = contacts_at(words)
    return or_(*either, *([] if reached is None else [_TICKETS.c.contact.in_(reached)]))


def ticket_views(session: Session, rows: Sequence[Row[Any]]) -> tuple[TicketView, ...]:
    contacts = contact_views(session, {row.contact for row in rows})
    tags = tags_of(session, [row.number for row in rows])
    clocks = clock_views(session, [row.number for row in rows])
    return tuple(
        TicketView(
            number=row.number, desk=row.desk, account=row.account, channel=row.channel, status=row.status, subject=row.subject,
            category=row.category, category_by=row.category_by,
            suggestions=tuple(Suggestion(category=pair[0], score=pair[1]) for pair in row.suggestions or ()),
            tags=tags[row.number], contact=contacts[row.contact], assignee=row.assignee, team=row.team,
            team_holder=row.team_holder, language=row.language,
            linked_to=row.linked_to, created_at=row.created_at, updated_at=row.updated_at,
            clocks=tuple(clocks[row.number]), solved_at=row.solved_at, closed_at=row.closed_at,
            verified_by=row.verified_by, priority=Priority(row.priority).key, snoozed_until=row.snoozed_until,
            spam_at=row.spam_at, merged_into=row.merged_into, medium=row.medium,
        )
        for row in rows
    )  # fmt: skip


def event_view(row: Row[Any]) -> EventView:
    return EventView(
        id=row.id, kind=row.kind, at=row.at, subject=row.subject, actor=row.actor, data=row.data or {}
    )
