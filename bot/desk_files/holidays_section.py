"""The holidays of a desk file: the country's, those written out, and lists that lie in files or are fetched as feeds.

All of them are added up to plain dates, for a range of years, and stored with the calendar: the library of official
holidays changes with its version, and a clock keeps the calendar it was derived with. A day that anybody takes away
(`open`) is a working day, whoever else calls it a holiday.
"""

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from bot.desk_files.holiday_lists import FILE_NAME, read_list
from bot.desk_files.official_days import is_country, official_days
from bot.desk_files.problems import Problem
from bot.desk_files.secrets import fill
from bot.desk_files.sections import Section
from tickets.connections import HolidayFeed
from tickets.hours import ClosedDay

DAY = timedelta(days=1)
MOST_LISTS = 20
FILE_EXPECTED = "the name of a .csv or .ics file beside desk.yaml, such as libur.csv"
FEED_EXPECTED = "an address such as https://example.ac.id/libur.ics"


@dataclass(kw_only=True)
class _Days:
    """What has been said about days so far. The first name that a day was given stays."""

    closed: dict[date, str]
    open: set[date]

    def close(self, on: date, name: str) -> None:
        self.closed.setdefault(on, name)

    def sorted(self) -> Iterator[ClosedDay]:
        return (ClosedDay(on, self.closed[on]) for on in sorted(self.closed.keys() - self.open))


def read_closed_days(
    desk: Section, files: Mapping[str, str], *, language: str, zone: str, years: range
) -> tuple[ClosedDay, ...]:
    """Read `holidays` into the days off, in order. `files` are the texts of the desk's files, feeds among them."""
    section = desk.section("holidays")
    if section is None:
        return ()
    section.allow(("country", "joint_leave", "extra", "open", "file", "feed"))
    days = _Days(closed={}, open=set(_open(section)))
    for extra in section.sections("extra"):
        for day, name in _extra(extra):
            days.close(day, name)
    _add_lists(section, days, files, zone=ZoneInfo(zone), years=years)
    for day, name in _official(section, language, years):
        days.close(day, name)
    return tuple(days.sorted())


def read_feeds(desk: Section, env: Mapping[str, str], warnings: list[str]) -> tuple[HolidayFeed, ...]:
    """Read the feeds, without those whose variables are not set."""
    found = []
    for index, raw in _one_or_many(desk.data.get("holidays"), "feed"):
        place = ("holidays", "feed") if index is None else ("holidays", "feed", index)
        try:
            filled = fill(raw, env)
        except ValueError as error:
            desk.problem(str(error), *place)
            continue
        if filled.missing:
            warnings.append(f"A feed of holidays is off: {', '.join(filled.missing)} not set.")
        elif _is_url(filled.text):
            url = re.sub("^webcal:", "https:", filled.text)  # how calendar programs call the same
            found.append(HolidayFeed(file=feed_file(raw), url=url))
        else:
            desk.problem(f"expected {FEED_EXPECTED}", *place)
    return tuple(found)


def holiday_files(data: Any) -> tuple[str, ...]:
    """Return the names of the list files that the parsed text of a desk file names, those that may be read."""
    section = data.get("holidays") if isinstance(data, dict) else None
    return tuple(name for _, name in _one_or_many(section, "file") if FILE_NAME.fullmatch(name))


def feed_files(data: Any) -> tuple[str, ...]:
    """Return the names under which revisions keep what the feeds of a desk file brought."""
    section = data.get("holidays") if isinstance(data, dict) else None
    return tuple(feed_file(written) for _, written in _one_or_many(section, "feed"))


def feed_file(written: str) -> str:
    """Return the name under which a revision keeps what a feed brought: of the address as the desk file has it."""
    return f"feeds/{hashlib.sha256(written.encode()).hexdigest()[:12]}.ics"


def _is_url(text: str) -> bool:
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    return parts.scheme in {"http", "https", "webcal"} and bool(parts.hostname)


def _one_or_many(section: Any, key: str) -> Iterator[tuple[int | None, str]]:
    """Yield the texts under a key that holds one or a list of them, with their index in the list."""
    value = section.get(key) if isinstance(section, dict) else None
    if isinstance(value, str):
        yield None, value
    elif isinstance(value, list):
        yield from ((index, each) for index, each in enumerate(value[:MOST_LISTS]) if isinstance(each, str))


def _add_lists(
    section: Section, days: _Days, files: Mapping[str, str], *, zone: ZoneInfo, years: range
) -> None:
    _check_texts(section, "file", FILE_EXPECTED)
    _check_texts(section, "feed", FEED_EXPECTED)
    names = []
    for index, name in _one_or_many(section.data, "file"):
        place = ("file",) if index is None else ("file", index)
        if not FILE_NAME.fullmatch(name):
            section.problem(f"expected {FILE_EXPECTED}", *place)
        elif name not in files:
            section.problem(f"expected {name} beside desk.yaml; there is none", *place)
        else:
            names.append(name)
    names += [feed_file(written) for _, written in _one_or_many(section.data, "feed")]
    for name in names:
        if name not in files:
            continue  # a feed that has not been fetched yet
        listed = read_list(name, files[name], zone=zone, years=years)
        section.problems.extend(Problem(file=name, line=line, message=said) for line, said in listed.mistakes)
        for day in listed.days:
            if day.open:
                days.open.add(day.on)
            else:
                days.close(day.on, day.name)


def _check_texts(section: Section, key: str, expected: str) -> None:
    value = section.data.get(key)
    texts = value if isinstance(value, list) else [value]
    if value is not None and (len(texts) > MOST_LISTS or not all(isinstance(each, str) for each in texts)):
        section.problem(f"expected {expected}, or a list of at most {MOST_LISTS}", key)


def _open(section: Section) -> Iterator[date]:
    for index, _ in section.items("open"):
        raw = section.raw("open", index) or ""
        try:
            yield date.fromisoformat(raw)
        except ValueError:
            section.problem(
                "expected a date YYYY-MM-DD on which the desk works in spite of a holiday", "open", index
            )


def _extra(section: Section) -> Iterator[tuple[date, str]]:
    section.allow(("on", "from", "to", "name"))
    name = section.text("name", required="name, such as Dies Natalis")
    if "from" in section.data:
        span = section.dates()
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
    yield from official_days(country, language, years, joint_leave=section.flag("joint_leave", fallback=True))


def _country(raw: str) -> str:
    if not is_country(raw):
        raise ValueError
    return raw
