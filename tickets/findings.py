"""The register of findings (temuan): what was found, what is done about it, by whom, until when, and whether it helped.

ISO 9001:2015, 10.2: a nonconformity has its cause looked into, an action decided, and the action's effect judged
before it is closed. Whoever is responsible is reminded some days before, on the day, and each week that it is overdue.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum

from tickets.hours import BeyondHorizon, Calendar, next_open

LONGEST_TEXT = 4000  # characters of a finding, a cause, an action, a note
_BEFORE, _EACH = timedelta(days=3), timedelta(days=7)
_MORNING = time(8)  # local; where the desk is closed then, when it next opens


class Source(StrEnum):
    """Where a finding comes from."""

    BREACH = "breach"  # a promise of a ticket that was not kept
    TICKET = "ticket"
    SURVEY = "survey"  # a low score, or a remark
    EVALUATION = "evaluation"  # of a kind of service, or an audit
    HAND = "hand"


class Stand(StrEnum):
    """How far a finding has come."""

    OPEN = "open"
    PROPOSED = "proposed"  # whoever is responsible says that it is done; a supervisor judges
    CLOSED = "closed"


class Effect(StrEnum):
    """How far an action has helped, as a supervisor judges."""

    FULL = "full"
    PARTLY = "partly"
    NONE = "none"


class Step(StrEnum):
    """What happened to a finding, a line of its history each; the events of the ledger are called `finding.<step>`."""

    RECORDED = "recorded"
    CHANGED = "changed"
    NOTED = "noted"  # progress
    PROPOSED = "proposed"
    SENT_BACK = "sent_back"
    CLOSED = "closed"
    REOPENED = "reopened"


@dataclass(frozen=True, kw_only=True)
class Matter:
    """What is written down of a finding, and changed while it is open."""

    text: str  # what was found
    source: Source = Source.HAND
    service: str | None = None  # the kind of service it is about: `category:<id>`, `procedure:<id>`
    ticket: int | None = None
    clock: str | None = None  # of the ticket: the promise that was broken
    cause: str = ""
    action: str = ""
    responsible: str | None = None  # staff id
    due_on: date | None = None


def is_overdue(stand: Stand, due_on: date | None, today: date) -> bool:
    """Whether the day until which it was to be done is over, and nobody says that it is."""
    return stand is Stand.OPEN and due_on is not None and due_on < today


def is_in_time(due_on: date, done_on: date | None, today: date) -> bool | None:
    """Whether it was done by its day; None: it is not, and its day is not over."""
    if done_on is not None:
        return done_on <= due_on
    return False if due_on < today else None


def next_reminder(calendar: Calendar, due_on: date | None, *, after: datetime) -> datetime | None:
    """Return when to remind next, after an instant: three days before, on the day, then weekly; None without a day."""
    if due_on is None:
        return None
    day = due_on - _BEFORE
    today = calendar.day_of(after)
    if today > due_on:
        day = due_on + _EACH * ((today - due_on) // _EACH)
    while (at := _morning_of(calendar, day)) <= after:
        day = due_on if day < due_on else day + _EACH
    return at


def _morning_of(calendar: Calendar, day: date) -> datetime:
    at = datetime.combine(day, _MORNING, tzinfo=calendar.tz).astimezone(UTC)
    try:
        return next_open(calendar, at)
    except BeyondHorizon:  # a desk without hours is reminded all the same
        return at
