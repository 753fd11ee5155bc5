"""The days of an iCalendar text (RFC 5545), such as a holiday calendar that an office publishes.

- An event that covers whole days of the desk's time zone makes them days off; any other (a meeting) makes none.
- An event with `STATUS:CANCELLED` says that these days off do not take place, and one of the categories `OPEN`, `BUKA`
  that the desk works: both take the days away, whoever calls them a holiday.
- An occurrence that was moved or cancelled (`RECURRENCE-ID`) stands in the place of the one it names.
"""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple
from zoneinfo import ZoneInfo

from bot.desk_files.listed_days import LONGEST_SPAN, Listed, ListedDay, Mistake, day_name, days_in
from bot.desk_files.recurrence import Rule
from later import Later

if TYPE_CHECKING:
    import icalendar
    from icalendar.cal import Component
else:
    icalendar = Later("icalendar")

MOST_CHARACTERS = 2_000_000
MOST_EVENTS = 5_000
MOST_RECURRING = 200
MOST_DAYS = 20_000
OPENS = frozenset({"OPEN", "BUKA"})
DAY = timedelta(days=1)
_ONCE = ("DTSTART", "DTEND", "DURATION", "RRULE", "RECURRENCE-ID")
_READ = (*_ONCE, "RDATE", "EXDATE")
_YEARS = range(1900, 2200)  # beyond them a date is a mistake, and reckoning with it might fail


def read_ics(text: str, *, zone: ZoneInfo, years: range) -> Listed:
    """Read the days off, and those that are taken away, of these years."""
    if len(text) > MOST_CHARACTERS:
        return _refused(0, f"expected at most {MOST_CHARACTERS:,} characters")
    try:
        calendars = icalendar.Calendar.from_ical(text.removeprefix("\ufeff"), multiple=True)
    except (ValueError, KeyError, IndexError, RecursionError):
        calendars = []
    if not calendars or any(calendar.name != "VCALENDAR" for calendar in calendars):
        return _refused(1, "this is not iCalendar: expected BEGIN:VCALENDAR … END:VCALENDAR")
    events = [event for calendar in calendars for event in calendar.walk("VEVENT")]
    if len(events) > MOST_EVENTS:
        return _refused(0, f"expected at most {MOST_EVENTS:,} events")
    if sum("RRULE" in event for event in events) > MOST_RECURRING:
        return _refused(0, f"expected at most {MOST_RECURRING} events that recur")
    return _Reading(text, events, zone, years).read()


def _refused(line: int, message: str) -> Listed:
    return Listed(mistakes=(Mistake(line, message),))


class _Span(NamedTuple):
    """One occurrence of an event, by the wall of the time zone it was written in."""

    start: datetime
    end: datetime

    def moved_to(self, day: date) -> "_Span":
        ahead = timedelta(days=(day - self.start.date()).days)
        return _Span(self.start + ahead, self.end + ahead)

    def whole_days(self, zone: ZoneInfo, years: range) -> Iterator[date]:
        """Yield the days that it covers from midnight to midnight in this zone."""
        start, end = (at.astimezone(zone).replace(tzinfo=None) for at in self)
        first = start.date() if start.time() == time() else start.date() + DAY
        return days_in(first, end.date(), years)


class _Reading:
    """Goes through the events once."""

    def __init__(self, text: str, events: "Sequence[Component]", zone: ZoneInfo, years: range) -> None:
        self._events = events
        self._zone = zone
        self._years = years
        self._lines = [
            number
            for number, line in enumerate(text.splitlines(), start=1)
            if line.strip().upper() == "BEGIN:VEVENT"
        ]
        self._moved = {
            (str(event.get("UID", "")), self._wall(event.decoded("RECURRENCE-ID")).date())
            for event in events
            if "RECURRENCE-ID" in event and not _unreadable(event)
        }

    def read(self) -> Listed:
        days: list[ListedDay] = []
        mistakes: list[Mistake] = []
        for index, event in enumerate(self._events):
            try:
                days += islice(self._days(event), MOST_DAYS + 1 - len(days))
            except ValueError as error:
                mistakes.append(Mistake(self._lines[index] if index < len(self._lines) else 0, str(error)))
            if len(days) > MOST_DAYS:
                return _refused(0, f"expected at most {MOST_DAYS:,} days")
        return Listed(days=tuple(days), mistakes=tuple(mistakes))

    def _days(self, event: "Component") -> Iterator[ListedDay]:
        """Yield the days of one event. Raises ValueError with what is expected."""
        unreadable = _unreadable(event)
        if unreadable:
            raise ValueError(f"{unreadable}: expected a value as in RFC 5545")
        span = self._span(event)
        if span.start.year not in _YEARS:
            raise ValueError(f"DTSTART: expected a date from {_YEARS.start} to {_YEARS.stop}")
        if not span.start <= span.end <= span.start + LONGEST_SPAN:
            raise ValueError("DTEND: expected an end after the start, within ten years")
        cancelled = str(event.get("STATUS", "")).upper() == "CANCELLED"
        opens = cancelled or not OPENS.isdisjoint(name.upper() for name in _categories(event))
        name = day_name(str(event.get("SUMMARY", "")))
        for start in self._starts(event, span):
            for day in span.moved_to(start).whole_days(self._zone, self._years):
                yield ListedDay(day, name, opens)

    def _span(self, event: "Component") -> _Span:
        begins = event.decoded("DTSTART")
        start = self._wall(begins)
        if "DTEND" in event:
            return _Span(start, self._wall(event.decoded("DTEND")).astimezone(start.tzinfo))
        if "DURATION" in event:
            return _Span(start, start + event.decoded("DURATION"))
        return _Span(start, start if isinstance(begins, datetime) else start + DAY)

    def _wall(self, value: date | datetime) -> datetime:
        """Return the instant; a date, and a time without a zone, are the desk's own."""
        if not isinstance(value, datetime):
            value = datetime.combine(value, time())
        return value if value.tzinfo is not None else value.replace(tzinfo=self._zone)

    def _starts(self, event: "Component", span: _Span) -> Iterator[date]:
        """Yield the days on which an occurrence begins."""
        first = span.start.date()
        if "RECURRENCE-ID" in event:
            yield first
            return
        uid = str(event.get("UID", ""))
        last = date(self._years.stop, 1, 1)
        left_out = self._dates(event, "EXDATE", span) | {day for of, day in self._moved if of == uid}
        begins = {first}
        if "RRULE" in event:
            begins = set(Rule.read(event["RRULE"], start=span.start, zone=self._zone).days(until=last))
        yield from sorted((begins | self._dates(event, "RDATE", span)) - left_out)

    def _dates(self, event: "Component", name: str, span: _Span) -> set[date]:
        lists = event.get(name, [])
        values = [each.dt for one in (lists if isinstance(lists, list) else [lists]) for each in one.dts]
        if not all(isinstance(value, date) for value in values):
            raise ValueError(f"{name}: expected dates")  # not periods
        return {self._wall(value).astimezone(span.start.tzinfo).date() for value in values}


def _unreadable(event: "Component") -> str:
    """Return the name of a property that cannot be read, or that is missing; empty if all is well."""
    broken = {str(name) for name, _ in event.errors}
    twice = (name for name in _ONCE if isinstance(event.get(name), list))
    found = [*(name for name in _READ if name in broken), *twice]
    return found[0] if found else "" if "DTSTART" in event else "DTSTART"


def _categories(event: "Component") -> Iterator[str]:
    found = event.get("CATEGORIES", [])
    for one in found if isinstance(found, list) else [found]:
        yield from (str(name).strip() for name in one.cats)
