"""One row a ticket, with all that reports say of it.

This is the one query over the ledger: the month's figures, the screen, the workbook and every export are made of these
rows, so that they cannot disagree.

Tickets are read in pages in the order in which they were created, and each of the other tables once for the tickets
of a page; whoever does not keep the rows needs no more memory for a million tickets than for a thousand.
What the words mean (in time, waiting time, who held it) is defined in docs/reports.md, and here where it is reckoned.
"""

import json
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from sys import intern
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, and_, bindparam, func, or_, select
from sqlalchemy.sql.functions import aggregate_strings
from sqlmodel import Session

from reports.clock_columns import promises_of
from reports.counted import COUNTED
from reports.listing import among, as_instants, microseconds
from reports.reckoning import Promise, Reckoning
from tickets.tables import Contact, Message, Ticket, TicketTag

PAGE = 1000  # tickets; their numbers go into each of the other questions

_TICKETS = Ticket.__table__  # type: ignore[attr-defined]
_CONTACTS = Contact.__table__  # type: ignore[attr-defined]
_MESSAGES = Message.__table__  # type: ignore[attr-defined]
_TAGS = TicketTag.__table__  # type: ignore[attr-defined]

_TOLD: Select[Any] = (
    select(
        _TICKETS.c.number, microseconds(_TICKETS.c.created_at), _TICKETS.c.channel, _TICKETS.c.subject, _TICKETS.c.category,
        _TICKETS.c.status, _TICKETS.c.assignee, _TICKETS.c.team, _TICKETS.c.cycle, microseconds(_TICKETS.c.solved_at),
        microseconds(_TICKETS.c.closed_at), _TICKETS.c.verified_by, _TICKETS.c.linked_to,
        func.coalesce(_CONTACTS.c.identity_name, _CONTACTS.c.name).label("contact"), _CONTACTS.c.identity_number,
    )
    .select_from(_TICKETS.join(_CONTACTS, _CONTACTS.c.id == _TICKETS.c.contact))
    .order_by(_TICKETS.c.created_at, _TICKETS.c.number)
)  # fmt: skip
_OF_NUMBERS = _TOLD.where(among(_TICKETS.c.number, "numbers"))
_PAGE_OF_TICKETS = _TOLD.where(
    _TICKETS.c.desk == bindparam("desk"), _TICKETS.c.created_at < bindparam("end_at"), COUNTED
).limit(bindparam("most"))


class _Ticket(NamedTuple):
    """A row of `_TOLD`, by its columns in their order."""

    number: int
    created_at: datetime
    channel: str
    subject: str | None
    category: str | None
    status: str
    assignee: str | None
    team: str | None
    cycle: int
    solved_at: datetime | None
    closed_at: datetime | None
    verified_by: str | None
    linked_to: int | None
    contact: str | None
    identity_number: str | None


_INSTANTS = [_Ticket._fields.index(name) for name in ("created_at", "solved_at", "closed_at")]
_FROM_THE_START = _TICKETS.c.created_at >= bindparam("start_at")
_AFTER = and_(
    _TICKETS.c.created_at >= bindparam("last_at"),
    or_(_TICKETS.c.created_at > bindparam("last_at"), _TICKETS.c.number > bindparam("last_number")),
)
_IS_SENT = _MESSAGES.c.direction == "out"
_IS_BOTS = _MESSAGES.c.author == "bot"
# One row a ticket, by the index and without sorting: who answered comes as one text, an actor a line.
_MESSAGES_OF_PAGE = (
    select(
        _MESSAGES.c.ticket, func.count().filter(_MESSAGES.c.direction == "in").label("received"),
        func.count().filter(_IS_SENT, _IS_BOTS).label("automatic"),
        aggregate_strings(func.coalesce(_MESSAGES.c.actor, ""), "\n").filter(_IS_SENT, ~_IS_BOTS).label("answered_by"),
    )
    .where(among(_MESSAGES.c.ticket, "numbers"))
    .group_by(_MESSAGES.c.ticket)
)  # fmt: skip


class _Said(NamedTuple):
    """The rest of a row of `_MESSAGES_OF_PAGE`."""

    received: int
    automatic: int
    answered_by: str | None


_NOTHING_SAID = _Said(0, 0, None)
_TAGS_OF_PAGE = select(_TAGS).where(among(_TAGS.c.ticket, "numbers")).order_by(_TAGS.c.ticket, _TAGS.c.tag)


class TicketRow(NamedTuple):
    """One ticket. Names stand beside ids; where a name is not known it is the id."""

    number: int
    created_at: datetime
    channel: str
    contact: str | None
    identity_number: str | None  # masked but for its last three characters, unless asked for
    subject: str | None
    category: str | None
    category_name: str | None
    tags: tuple[str, ...]
    status: str
    assignee: str | None  # staff id
    assignee_name: str | None
    team: str | None
    team_name: str | None
    cycle: int  # 1, and one more with each reopening
    promises: tuple[Promise, ...]  # in the order in which they started
    solved_at: datetime | None
    closed_at: datetime | None
    verified_by: str | None
    messages_in: int
    messages_out: int  # by people and by the bot
    messages_automatic: int  # of those sent, the bot's
    answers_by: tuple[tuple[str, int], ...]  # (who, how many answers); staff id, or the actor's key
    linked_to: int | None

    def of(self, kind: str) -> Sequence[Promise]:
        """Return the ticket's promises of this kind, over all reopenings: the times that are told are those of the first."""
        return [one for one in self.promises if one.kind == kind]

    @property
    def reopenings(self) -> int:
        return self.cycle - 1


@dataclass(frozen=True, kw_only=True)
class Names:
    """What ids are called: of categories, staff, teams."""

    categories: Mapping[str, str]
    staff: Mapping[str, str]
    teams: Mapping[str, str]

    def category(self, id: str | None) -> str | None:  # noqa: A002  the word of the catalogue
        return None if id is None else self.categories.get(id, id)

    def person(self, id: str | None) -> str | None:  # noqa: A002
        return None if id is None else self.staff.get(id, id)

    def team(self, id: str | None) -> str | None:  # noqa: A002
        return None if id is None else self.teams.get(id, id)


def ticket_rows(
    session: Session,
    *,
    desk: str,
    start_at: datetime,
    end_at: datetime,
    now: datetime,
    names: Names,
    conditions: Sequence[ColumnElement[bool]] = (),
    identities: bool = False,
    page_size: int = PAGE,
) -> Iterator[TicketRow]:
    """Yield the tickets created from `start_at` up to `end_at`, oldest first, as they stand now.

    Spam, and what was merged into another ticket, is left out; `counted.left_out` counts it.
    Between two pages no transaction is left open, so a slow reader holds nothing up.
    """
    reckoning = Reckoning(session, now=now)
    scope: dict[str, Any] = {"desk": desk, "start_at": start_at, "end_at": end_at, "most": page_size}
    of_part = _PAGE_OF_TICKETS.where(*conditions)
    statement = of_part.where(_FROM_THE_START)
    while page := _page(session, statement, scope):
        rows = list(_rows(session, page, reckoning, names, identities=identities))
        session.rollback()
        yield from rows
        if len(page) < page_size:
            return
        statement = of_part.where(_AFTER)
        scope |= {"last_at": page[-1].created_at, "last_number": page[-1].number}


def rows_of(
    session: Session, numbers: Sequence[int], *, reckoning: Reckoning, names: Names, identities: bool = False
) -> Sequence[TicketRow]:
    """Return the rows of these tickets, oldest first, whatever has become of them; no transaction is left open."""
    page = _page(session, _OF_NUMBERS, {"numbers": json.dumps(list(numbers))})
    rows = list(_rows(session, page, reckoning, names, identities=identities)) if page else []
    session.rollback()
    return rows


def _page(session: Session, statement: Select[Any], scope: Mapping[str, Any]) -> Sequence[_Ticket]:
    found = session.execute(statement, scope).all()
    if not found:
        return ()
    columns: list[Sequence[Any]] = list(zip(*found, strict=True))
    for place in _INSTANTS:
        columns[place] = as_instants(columns[place])
    return list(map(_Ticket._make, zip(*columns, strict=True)))


def _rows(
    session: Session, page: Sequence[_Ticket], reckoning: Reckoning, names: Names, *, identities: bool
) -> Iterator[TicketRow]:
    numbers = [ticket.number for ticket in page]
    of_page = {"numbers": json.dumps(numbers)}
    promises = promises_of(session, numbers, reckoning)
    messages = {row[0]: _Said._make(row[1:]) for row in session.execute(_MESSAGES_OF_PAGE, of_page).all()}
    tags: defaultdict[int, list[str]] = defaultdict(list)
    for number, tag in session.execute(_TAGS_OF_PAGE, of_page):
        tags[number].append(tag)
    for ticket in page:
        said = messages.get(ticket.number, _NOTHING_SAID)
        answers_by = _answers(said.answered_by)
        yield TicketRow(
            ticket.number,
            ticket.created_at,
            intern(ticket.channel),
            contact=ticket.contact,
            identity_number=ticket.identity_number if identities else masked(ticket.identity_number),
            subject=ticket.subject,
            category=_one_of_few(ticket.category),
            category_name=names.category(ticket.category),
            tags=tuple(tags.get(ticket.number, ())),
            status=intern(ticket.status),
            assignee=_one_of_few(ticket.assignee),
            assignee_name=names.person(ticket.assignee),
            team=_one_of_few(ticket.team),
            team_name=names.team(ticket.team),
            cycle=ticket.cycle,
            promises=tuple(promises.get(ticket.number, ())),
            solved_at=ticket.solved_at,
            closed_at=ticket.closed_at,
            verified_by=names.person(who(ticket.verified_by)),
            messages_in=said.received,
            messages_out=said.automatic + sum(count for _, count in answers_by),
            messages_automatic=said.automatic,
            answers_by=answers_by,
            linked_to=ticket.linked_to,
        )


@lru_cache(maxsize=4096)  # few people answer, and mostly one or two of them
def _answers(answered_by: str | None) -> tuple[tuple[str, int], ...]:
    """Count who wrote how many answers."""
    if answered_by is None:
        return ()
    counted = Counter(answered_by.split("\n"))
    return tuple((intern(who(actor) or ""), counted[actor]) for actor in sorted(counted))


def masked(number: str | None) -> str | None:
    """Hide an identity number but for its last three characters; a short one altogether."""
    if not number:
        return None
    shown = number[-3:] if len(number) > 5 else ""
    return "*" * (len(number) - len(shown)) + shown


def who(actor: str | None) -> str | None:
    """Return the staff id of an actor's key (`staff:budi@…`); other keys stay as they are."""
    return None if actor is None else actor.removeprefix("staff:")


def _one_of_few(word: str | None) -> str | None:
    """Return the one copy of a word that very many rows have, which would be a text of its own in each of them."""
    return None if word is None else intern(word)
