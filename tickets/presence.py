"""Who is here: absences as values, and what they mean at an instant.

An absence counts by its times, whether or not anybody has written down yet that it began or ended; nobody is given a
ticket in the seconds between.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from enum import StrEnum


class Away(StrEnum):
    BREAK = "break"  # a meal, a prayer: nothing new meanwhile, what they hold stays theirs
    OUT_OF_OFFICE = "out_of_office"  # leave, illness: what they hold is handed over


@dataclass(frozen=True, kw_only=True)
class AbsenceNow:
    """One absence of one person, planned, running or over."""

    id: int
    desk: str
    staff: str
    kind: Away
    since: datetime
    until: datetime | None  # None: until they say that they are back
    substitute: str | None  # who takes over what they hold
    note: str | None
    began_at: datetime | None = None  # when its begin was written down
    ended_at: datetime | None = None
    handed_at: datetime | None = None  # when their tickets were handed over
    handed: tuple[tuple[int, str | None], ...] = ()  # ticket, to whom; None: to whoever has room next

    def covers(self, at: datetime) -> bool:
        return self.ended_at is None and self.since <= at and (self.until is None or at < self.until)

    def overlaps(self, since: datetime, until: datetime | None) -> bool:
        return (until is None or self.since < until) and (self.until is None or since < self.until)


def absence_at(absences: Iterable[AbsenceNow], at: datetime) -> AbsenceNow | None:
    """Return what keeps somebody away at this instant; of several the one that keeps them longest."""
    now = [absence for absence in absences if absence.covers(at)]
    return max(now, key=lambda each: (each.until is None, each.until or each.since), default=None)


def away_at(absences: Iterable[AbsenceNow], at: datetime) -> dict[str, AbsenceNow]:
    """Return who is away at this instant, and what keeps them."""
    of: dict[str, list[AbsenceNow]] = {}
    for absence in absences:
        of.setdefault(absence.staff, []).append(absence)
    found = {staff: absence_at(theirs, at) for staff, theirs in of.items()}
    return {staff: absence for staff, absence in found.items() if absence is not None}


def whole_days(first_on: date, last_on: date, zone: tzinfo) -> tuple[datetime, datetime]:
    """Return the instants between which somebody is away from the first to the last day, both included."""
    since = datetime.combine(first_on, time(), tzinfo=zone)
    until = datetime.combine(last_on + timedelta(days=1), time(), tzinfo=zone)
    return since.astimezone(UTC), until.astimezone(UTC)
