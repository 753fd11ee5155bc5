"""The hours of a desk file: weekly windows and exceptions. With the holidays they become a `Calendar` of plain dates."""

from collections.abc import Iterator, Mapping
from itertools import pairwise

from bot.desk_files.holidays_section import read_closed_days
from bot.desk_files.sections import Section
from tickets.hours import (
    DAYS,
    Calendar,
    ClosedDay,
    DatedHours,
    HoursError,
    NoOperatingHours,
    Window,
    Windows,
    ever_open,
)

FALLBACK = Calendar.always("UTC")
HOURS_EXPECTED = 'hours, such as mon-fri: ["08:00-16:00"], or the word always'
WINDOWS_EXPECTED = 'expected windows such as ["08:00-12:00", "13:00-16:00"], or [] for closed'


def read_calendar(desk: Section, files: Mapping[str, str], *, language: str, years: range) -> Calendar:
    """Read `timezone`, `hours` and `holidays` of a desk file; `files` are the texts of the lists it names."""
    zone = desk.read("timezone", zone_name, "UTC", required="timezone, such as Asia/Jakarta")
    closed = read_closed_days(desk, files, language=language, zone=zone, years=years)
    always = desk.data.get("hours") == "always"
    hours = desk.below("hours") if always else desk.section("hours", required=HOURS_EXPECTED)
    if hours is None:
        return FALLBACK
    week = FALLBACK.week if always else _week(hours, also={"exceptions"})
    exceptions = tuple(_exceptions(hours))
    try:
        return _calendar(zone, week, exceptions, closed, years)
    except HoursError as error:
        if not any(problem.message.startswith("hours") for problem in desk.problems):
            hours.problem(str(error))
        return FALLBACK


def read_own_hours(section: Section, desk: Calendar) -> Calendar:
    """Read `hours` of something that the desk has: a week of its own in which the desk's holidays hold, or `always`.

    Left out, they are the desk's.
    """
    if section.data.get("hours") == "always":
        return Calendar.always(desk.zone)
    hours = section.section("hours")
    if hours is None:
        return desk
    week = tuple(windows or () for windows in _week(hours, also=set()))
    try:
        return Calendar(zone=desk.zone, week=week, closed=desk.closed)
    except HoursError as error:
        hours.problem(str(error))
        return desk


def _calendar(
    zone: str,
    week: tuple[Windows | None, ...],
    exceptions: tuple[DatedHours, ...],
    closed: tuple[ClosedDay, ...],
    years: range,
) -> Calendar:
    """Build the calendar. Raises NoOperatingHours for one that is closed for all the years it is made for."""
    calendar = Calendar(
        zone=zone, week=tuple(windows or () for windows in week), exceptions=exceptions, closed=closed
    )
    if not ever_open(calendar, years):
        raise NoOperatingHours(
            f"With these exceptions and holidays there is not one operating hour from {years.start} to "
            f"{years.stop - 1}; leave some."
        )
    return calendar


def zone_name(raw: str) -> str:
    return Calendar.always(raw).zone


def _week(section: Section, *, also: set[str]) -> tuple[Windows | None, ...]:
    week: dict[str, Windows] = {}
    named_by: dict[str, str] = {}
    for key in section.data:
        if key in also:
            continue
        days = days_of(key)
        if not days:
            section.problem(f"expected a day or a range of days (mon, mon-thu){_or(also)}", key)
        windows = _windows(section, key)
        for day in days:
            if day in named_by:
                section.problem(f"{day} is named by {named_by[day]} already", key)
            named_by.setdefault(day, key)
            week.setdefault(day, windows)
    return tuple(week.get(day) for day in DAYS)


def _or(keys: set[str]) -> str:
    return f", or {', '.join(sorted(keys))}" if keys else ""


def days_of(key: str) -> list[str]:
    """Read `mon` or `mon-thu`; no day for anything else."""
    first, _, last = key.partition("-")
    if first not in DAYS or (last or first) not in DAYS or key.endswith("-"):
        return []
    start = DAYS.index(first)
    count = (DAYS.index(last or first) - start) % len(DAYS) + 1
    return [DAYS[(start + ahead) % len(DAYS)] for ahead in range(count)]


def _windows(section: Section, *path: str | int) -> Windows:
    value = section.value(*path)
    if not isinstance(value, list) or len(value) > 24:
        section.problem(WINDOWS_EXPECTED, *path)
        return ()
    windows = []
    for index in range(len(value)):
        raw = section.raw(*path, index)
        try:
            windows.append(Window.parse(raw or ""))
        except HoursError as error:
            section.problem(str(error) if raw else WINDOWS_EXPECTED, *path, index)
    windows.sort()
    for one, two in pairwise(windows):
        if two.start < one.end:
            section.problem(f"{one} and {two} overlap", *path)
    return tuple(windows)


def _exceptions(hours: Section) -> Iterator[DatedHours]:
    for one in hours.sections("exceptions"):
        span = one.dates()
        week = _week(one, also={"from", "to", "note"})
        if not any(windows is not None for windows in week):
            one.problem('expected the days that differ, such as mon-thu: ["08:00-15:00"]')
        if span is not None:
            yield DatedHours(first_on=span[0], last_on=span[1], week=week, note=one.text("note"))
