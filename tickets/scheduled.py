"""Answers that go later: when that may be, and what speaks against sending one when its time has come. Pure."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from typing import Protocol

from tickets.hours import Calendar, next_open
from tickets.lifecycle import TO_DO, Status

LONGEST = timedelta(days=366)  # ahead
SOON = timedelta(hours=1)


class Stop(StrEnum):
    """Why an answer was held when its time had come; its author decides."""

    CONTACT = "contact"  # the contact has written since
    COLLEAGUE = "colleague"  # somebody else has answered since
    OVER = "over"  # the ticket is solved or closed
    ASSIGNED = "assigned"  # somebody else has the ticket now
    WINDOW = "window"  # free text may not be sent to the contact now
    RIGHTS = "rights"  # its author may not answer here any more
    REFUSED = "refused"  # the contact can or may not be written to


class Then(StrEnum):
    """What becomes of the ticket when the answer goes."""

    NOTHING = "open"  # more than an answer does anyhow
    WAIT = "wait"  # it waits for the contact
    SOLVE = "solve"


class Unsolved(StrEnum):
    """Why a ticket was not solved by an answer that was to solve it."""

    CONTACT = "contact"  # the contact has written since the answer was scheduled
    REFUSED = "refused"  # the desk's rules speak against it now, as a procedure that runs


class Follows(Protocol):
    """A row that says what becomes of its ticket."""

    wait: bool
    solve: bool


def then_of(row: Follows) -> Then:
    return Then.SOLVE if row.solve else Then.WAIT if row.wait else Then.NOTHING


@dataclass(frozen=True, kw_only=True)
class Found:
    """How a ticket stands when the time of an answer has come, and how it stood when that was written."""

    status: Status
    holder: tuple[str | None, str | None]  # who has it, and which team
    held_by: tuple[str | None, str | None]  # who had it
    author: str  # id
    contact_wrote: bool
    window_open: bool


def what_stops(found: Found, *, despite: bool) -> Stop | None:
    """Return what speaks against it; `despite` that the contact has written, if its author said so."""
    if found.status not in TO_DO:
        return Stop.OVER
    if found.contact_wrote and not despite:
        return Stop.CONTACT
    if found.holder != found.held_by and found.holder[0] != found.author:
        return Stop.ASSIGNED
    return None if found.window_open else Stop.WINDOW


def is_a_time(due_at: datetime, *, at: datetime) -> bool:
    return at < due_at <= at + LONGEST


def opening(calendar: Calendar, at: datetime) -> datetime:
    """Return when the office opens next: this morning where it has not opened yet today, else on the next working day."""
    today = calendar.day_of(at)
    first = next_open(calendar, _midnight(calendar, today))
    return first if first > at else next_open(calendar, _midnight(calendar, today + timedelta(days=1)))


def _midnight(calendar: Calendar, day: date) -> datetime:
    return datetime.combine(day, time(), tzinfo=calendar.tz).astimezone(UTC)
