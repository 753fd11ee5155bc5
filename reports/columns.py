"""The columns of a ticket's row, for every file that has one row a ticket. Keys are the header of CSV and JSON Lines."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from operator import attrgetter

from reports.reckoning import Outcome
from reports.rows import TicketRow
from tickets.clocks import FIRST_RESPONSE, RESOLUTION

Value = str | int | date | datetime | timedelta | None


class Kind(StrEnum):
    TEXT = "text"
    WORD = "word"  # one of a few words of ours, translated for people: a status, a channel
    YES = "yes"  # 1 or 0, for people a word or nothing
    NUMBER = "number"
    INSTANT = "instant"
    DATE = "date"  # local
    LENGTH = "length"


@dataclass(frozen=True, kw_only=True)
class Column:
    key: str
    kind: Kind
    for_people: bool = True  # False: an id beside a name; not in the workbook


def _of_promise(kind: str) -> tuple[Column, ...]:
    """Return what is told of one kind: its first promise in full, and counts over every reopening."""
    return (
        Column(key=f"{kind}_started_at", kind=Kind.INSTANT),
        Column(key=f"{kind}_due_at", kind=Kind.INSTANT),
        Column(key=f"{kind}_met_at", kind=Kind.INSTANT),
        Column(key=f"{kind}_breached_at", kind=Kind.INSTANT),
        Column(key=f"{kind}_extended_at", kind=Kind.INSTANT),
        Column(key=f"{kind}_extended_why", kind=Kind.TEXT),
        Column(key=f"{kind}_outcome", kind=Kind.WORD),
        Column(key=f"{kind}_minutes", kind=Kind.LENGTH),
        Column(key=f"{kind}_in_time", kind=Kind.NUMBER),
        Column(key=f"{kind}_breaches", kind=Kind.NUMBER),
    )


TICKET_COLUMNS: tuple[Column, ...] = (
    Column(key="number", kind=Kind.NUMBER),
    Column(key="created_at", kind=Kind.INSTANT),
    Column(key="channel", kind=Kind.WORD),
    Column(key="contact", kind=Kind.TEXT),
    Column(key="identity_number", kind=Kind.TEXT),
    Column(key="subject", kind=Kind.TEXT),
    Column(key="category", kind=Kind.TEXT, for_people=False),
    Column(key="category_name", kind=Kind.TEXT),
    Column(key="tags", kind=Kind.TEXT),
    Column(key="status", kind=Kind.WORD),
    Column(key="assignee", kind=Kind.TEXT, for_people=False),
    Column(key="assignee_name", kind=Kind.TEXT),
    Column(key="team", kind=Kind.TEXT, for_people=False),
    Column(key="team_name", kind=Kind.TEXT),
    *_of_promise(FIRST_RESPONSE),
    *_of_promise(RESOLUTION),
    Column(key="solved_at", kind=Kind.INSTANT),
    Column(key="closed_at", kind=Kind.INSTANT),
    Column(key="verified_by", kind=Kind.TEXT),
    Column(key="reopenings", kind=Kind.NUMBER),
    Column(key="messages_in", kind=Kind.NUMBER),
    Column(key="messages_out", kind=Kind.NUMBER),
    Column(key="linked_to", kind=Kind.NUMBER),
)
# What the columns say, in runs: to ask a row for many of its fields at once costs a fraction of asking for each.
_BEFORE_TAGS = attrgetter(
    "number", "created_at", "channel", "contact", "identity_number", "subject", "category", "category_name"
)
_BEFORE_PROMISES = attrgetter("status", "assignee", "assignee_name", "team", "team_name")
_OF_FIRST = attrgetter(
    "started_at", "due_at", "met_at", "breached_at", "extended_at", "extended_why", "outcome", "took"
)
_NO_PROMISE = (*(None,) * 8, 0, 0)
_AFTER_PROMISES = attrgetter(
    "solved_at", "closed_at", "verified_by", "reopenings", "messages_in", "messages_out", "linked_to"
)


def values(row: TicketRow) -> tuple[Value, ...]:
    """Return what each of `TICKET_COLUMNS` says of a ticket, in their order."""
    return (
        *_BEFORE_TAGS(row),
        ", ".join(row.tags) or None,
        *_BEFORE_PROMISES(row),
        *_promised(row, FIRST_RESPONSE),
        *_promised(row, RESOLUTION),
        *_AFTER_PROMISES(row),
    )


def _promised(row: TicketRow, kind: str) -> tuple[Value, ...]:
    every = row.of(kind)
    if not every:
        return _NO_PROMISE
    outcomes = [one.outcome for one in every]
    return (*_OF_FIRST(every[0]), outcomes.count(Outcome.MET), outcomes.count(Outcome.BREACHED))
