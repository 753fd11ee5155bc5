"""The life of a ticket: which status may follow which, as pure functions.

new (nobody answered) → open → waiting (for the contact) → solved (the agent says so) → closed (confirmed). An answer
of a person makes a ticket open; only the desk's own acts make it waiting, solved or closed; a message of the contact
brings a waiting or solved one back, and a closed one while the desk still takes it up again.
"""

from datetime import datetime, timedelta
from enum import StrEnum


class Status(StrEnum):
    NEW = "new"
    OPEN = "open"
    WAITING = "waiting"
    SOLVED = "solved"
    CLOSED = "closed"


TO_DO = frozenset({Status.NEW, Status.OPEN, Status.WAITING})


class Arrival(StrEnum):
    """What a contact's message does to the ticket that it finds."""

    JOIN = "join"  # it is taken to the ticket, whose status stays
    RESUME = "resume"  # the ticket had waited for it
    REOPEN = "reopen"
    FOLLOW_UP = "follow_up"  # too late: a new ticket, linked to the old one


def on_message(
    status: Status, *, asks: bool, closed_at: datetime | None, reopen_within: timedelta, at: datetime
) -> Arrival:
    """Decide what an incoming message does. `asks` is false for a bare thanks and for automatic mail."""
    if status is Status.CLOSED:
        in_time = closed_at is not None and at - closed_at <= reopen_within
        if not asks:
            return Arrival.JOIN
        return Arrival.REOPEN if in_time else Arrival.FOLLOW_UP
    if not asks:
        return Arrival.JOIN
    if status is Status.SOLVED:
        return Arrival.REOPEN
    if status is Status.WAITING:
        return Arrival.RESUME
    return Arrival.JOIN


def after_answer(status: Status) -> Status:
    """A person has answered."""
    return Status.OPEN if status in {Status.NEW, Status.WAITING} else status
