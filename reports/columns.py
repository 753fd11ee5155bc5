"""The columns of a ticket's row, for every file that has one row a ticket. Keys are the header of CSV and JSON Lines."""

from collections.abc import Callable
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
    of: Callable[[TicketRow], Value]
    for_people: bool = True  # False: an id beside a name; not in the workbook


def _promised(kind: str, name: str) -> Callable[[TicketRow], Value]:
    read = attrgetter(name)

    def of(row: TicketRow) -> Value:
        promise = row.first(kind)
        return None if promise is None else read(promise)

    return of


def _counted(kind: str, outcome: Outcome) -> Callable[[TicketRow], Value]:
    return lambda row: row.tally(kind, outcome)


def _of_promise(kind: str) -> tuple[Column, ...]:
    """Return what is told of one kind: its first promise in full, and counts over every reopening."""
    return (
        Column(key=f"{kind}_started_at", kind=Kind.INSTANT, of=_promised(kind, "started_at")),
        Column(key=f"{kind}_due_at", kind=Kind.INSTANT, of=_promised(kind, "due_at")),
        Column(key=f"{kind}_met_at", kind=Kind.INSTANT, of=_promised(kind, "met_at")),
        Column(key=f"{kind}_breached_at", kind=Kind.INSTANT, of=_promised(kind, "breached_at")),
        Column(key=f"{kind}_extended_at", kind=Kind.INSTANT, of=_promised(kind, "extended_at")),
        Column(key=f"{kind}_extended_why", kind=Kind.TEXT, of=_promised(kind, "extended_why")),
        Column(key=f"{kind}_outcome", kind=Kind.WORD, of=_promised(kind, "outcome")),
        Column(key=f"{kind}_minutes", kind=Kind.LENGTH, of=_promised(kind, "took")),
        Column(key=f"{kind}_in_time", kind=Kind.NUMBER, of=_counted(kind, Outcome.MET)),
        Column(key=f"{kind}_breaches", kind=Kind.NUMBER, of=_counted(kind, Outcome.BREACHED)),
    )


TICKET_COLUMNS: tuple[Column, ...] = (
    Column(key="number", kind=Kind.NUMBER, of=attrgetter("number")),
    Column(key="created_at", kind=Kind.INSTANT, of=attrgetter("created_at")),
    Column(key="channel", kind=Kind.WORD, of=attrgetter("channel")),
    Column(key="contact", kind=Kind.TEXT, of=attrgetter("contact")),
    Column(key="identity_number", kind=Kind.TEXT, of=attrgetter("identity_number")),
    Column(key="subject", kind=Kind.TEXT, of=attrgetter("subject")),
    Column(key="category", kind=Kind.TEXT, of=attrgetter("category"), for_people=False),
    Column(key="category_name", kind=Kind.TEXT, of=attrgetter("category_name")),
    Column(key="tags", kind=Kind.TEXT, of=lambda row: ", ".join(row.tags) or None),
    Column(key="status", kind=Kind.WORD, of=attrgetter("status")),
    Column(key="assignee", kind=Kind.TEXT, of=attrgetter("assignee"), for_people=False),
    Column(key="assignee_name", kind=Kind.TEXT, of=attrgetter("assignee_name")),
    Column(key="team", kind=Kind.TEXT, of=attrgetter("team"), for_people=False),
    Column(key="team_name", kind=Kind.TEXT, of=attrgetter("team_name")),
    *_of_promise(FIRST_RESPONSE),
    *_of_promise(RESOLUTION),
    Column(key="solved_at", kind=Kind.INSTANT, of=attrgetter("solved_at")),
    Column(key="closed_at", kind=Kind.INSTANT, of=attrgetter("closed_at")),
    Column(key="verified_by", kind=Kind.TEXT, of=attrgetter("verified_by")),
    Column(key="reopenings", kind=Kind.NUMBER, of=attrgetter("reopenings")),
    Column(key="messages_in", kind=Kind.NUMBER, of=attrgetter("messages_in")),
    Column(key="messages_out", kind=Kind.NUMBER, of=attrgetter("messages_out")),
    Column(key="linked_to", kind=Kind.NUMBER, of=attrgetter("linked_to")),
)
