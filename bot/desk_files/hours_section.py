"""The hours of a desk file: weekly windows, exceptions, holidays. The outcome is a `Calendar` of plain dates.

Holidays are computed here, for a range of years, and stored with the calendar: the library they come from changes with
its version, and a clock keeps the calendar it was derived with.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise

import holidays

from bot.desk_files.sections import Section
from tickets.hours import DAYS, Calendar, ClosedDay, DatedHours, HoursError, Window, Windows

LONGEST_DATED = timedelta(days=3660)
DAY = timedelta(days=1)
FALLBACK = Calendar.always("UTC")
WINDOWS_EXPECTED = 'expected windows such as ["08:00-12:00", "13:00-16:00"], or [] for closed'
LANGUAGES = {"id": "id", "en": "en_US"}  # what the library calls them
OFFICIAL = ("public", "government")  # government: the joint leave of Indonesia


def read_calendar(desk: Section, *, language: str, years: range) -> Calendar:
    """Read `timezone`, `hours` and `holidays` of a desk file."""
    zone = desk.read("timezone", _zone, "UTC", required="timezone, such as Asia/Jakarta")
    closed = tuple(_closed_days(desk, language, years))
    if desk.data.get("hours") == "always":
        return Calendar(zone=zone, week=FALLBACK.week, closed=closed)
    hours = desk.section("hours", required='hours, such as mon-fri: ["08:00-16:00"], or the word always')
    if hours is None:
        return FALLBACK
    week = _week(hours, also={"exceptions"})
    exceptions = tuple(_exceptions(hours))
    try:
        return Calendar(
            zone=zone,
            week=tuple(windows or () for windows in week),
            exceptions=exceptions,
            closed=closed,
        )
    except HoursError as error:
        if not any(problem.message.startswith("hours") for problem in desk.problems):
            hours.problem(str(error))
        return FALLBACK


def _zone(raw: str) -> str:
    return Calendar.always(raw).zone


def _week(section: Section, *, also: set[str]) -> tuple[Windows | None, ...]:
    week: dict[str, Windows] = {}
    named_by: dict[str, str] = {}
    for key in section.data:
        if key in also:
            continue
        days = _days(key)
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


def _days(key: str) -> list[str]:
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
        span = _dates(one)
        week = _week(one, also={"from", "to", "note"})
        if not any(windows is not None for windows in week):
            one.problem('expected the days that differ, such as mon-thu: ["08:00-15:00"]')
        if span is not None:
            yield DatedHours(first_on=span[0], last_on=span[1], week=week, note=one.text("note"))


def _dates(section: Section) -> tuple[date, date] | None:
    """Read `from` and `to`, both included; without `to` it is one day. None after a mistake."""
    first = section.read(
        "from", date.fromisoformat, None, required="from: YYYY-MM-DD", expected="a date YYYY-MM-DD"
    )
    last = section.read("to", date.fromisoformat, first, expected="a date YYYY-MM-DD")
    if first is None or last is None:
        return None
    if not first <= last <= first + LONGEST_DATED:
        section.problem(f"expected a date from {first} on, within ten years, not {last}", "to")
        return None
    return first, last


def _closed_days(desk: Section, language: str, years: range) -> Iterator[ClosedDay]:
    """Yield the holidays in the order of their dates; where two fall on one day, what the file names comes first."""
    section = desk.section("holidays")
    if section is None:
        return
    section.allow(("country", "joint_leave", "extra", "open"))
    closed: dict[date, str] = {}
    for extra in section.sections("extra"):
        for day, name in _extra(extra):
            closed.setdefault(day, name)
    for day, name in _official(section, language, years):
        closed.setdefault(day, name)
    for index, _ in section.items("open"):
        raw = section.raw("open", index) or ""
        try:
            closed.pop(date.fromisoformat(raw), None)
        except ValueError:
            section.problem(
                "expected a date YYYY-MM-DD on which the desk works in spite of a holiday", "open", index
            )
    yield from (ClosedDay(day, closed[day]) for day in sorted(closed))


def _extra(section: Section) -> Iterator[tuple[date, str]]:
    section.allow(("on", "from", "to", "name"))
    name = section.text("name", required="name, such as Dies Natalis")
    if "from" in section.data:
        span = _dates(section)
        if span is not None:
            yield from ((span[0] + ahead * DAY, name) for ahead in range((span[1] - span[0]).days + 1))
        return
    day = section.read(
        "on",
        date.fromisoformat,
        None,
        required="on: YYYY-MM-DD, or from and to",
        expected="a date YYYY-MM-DD",
    )
    if day is not None:
        yield day, name


def _official(section: Section, language: str, years: range) -> Iterator[tuple[date, str]]:
    country = section.read("country", _country, "", expected="the two letters of a country, such as ID")
    if not country:
        return
    source = getattr(holidays, country)
    wanted = OFFICIAL if section.flag("joint_leave", fallback=True) else OFFICIAL[:1]
    spoken = LANGUAGES.get(language)
    yield from holidays.country_holidays(
        country,
        years=years,
        categories=[kind for kind in wanted if kind in source.supported_categories],
        language=spoken if spoken in source.supported_languages else None,
    ).items()


def _country(raw: str) -> str:
    if raw not in holidays.list_supported_countries():
        raise ValueError
    return raw
