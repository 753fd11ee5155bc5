"""Instants and lengths as people of a desk type them: `2 jam`, `3d`, `besok 08.00`, `senin`, `12/10 09:30`, `08.15`.

Pure: words and the local time in, an instant and the rest of the words out.
"""

import re
from datetime import date, datetime, time, timedelta

OPENS = time(8)  # a day without a time means its morning
_UNITS = {
    "m": "minutes", "min": "minutes", "menit": "minutes", "minute": "minutes", "minutes": "minutes",
    "h": "hours", "j": "hours", "jam": "hours", "hour": "hours", "hours": "hours",
    "d": "days", "hari": "days", "day": "days", "days": "days",
    "minggu": "weeks", "week": "weeks", "weeks": "weeks",
}  # fmt: skip
_DAYS = {
    "senin": 0, "selasa": 1, "rabu": 2, "kamis": 3, "jumat": 4, "jum'at": 4, "sabtu": 5,
    "monday": 0, "tuesday": 1, "wednesday": 2, "thursday": 3, "friday": 4, "saturday": 5, "sunday": 6,
}  # fmt: skip
_SHIFTS = {
    "hari ini": 0, "today": 0, "besok": 1, "tomorrow": 1, "lusa": 2, "kemarin": -1, "yesterday": -1,
}  # fmt: skip
_LENGTH = re.compile(r"(\d{1,4})\s*([a-z]+)\b", re.IGNORECASE)
_DATE = re.compile(r"(\d{1,2})[/-](\d{1,2})(?:[/-](\d{4}))?(?![\d.:])|(\d{4})-(\d{2})-(\d{2})\b")
_TIME = re.compile(r"(?:pukul\s+|jam\s+|at\s+)?([01]?\d|2[0-3])[.:]([0-5]\d)(?![\d.:])", re.IGNORECASE)


def read_later(text: str, now: datetime) -> tuple[datetime, str] | None:
    """Read an instant to come, or a length from now; with it the words behind. None: it names none."""
    text = text.strip()
    length = _LENGTH.match(text)
    if length is not None and length[2].lower() in _UNITS:
        at = now + timedelta(**{_UNITS[length[2].lower()]: int(length[1])})
        return at, text[length.end() :].strip()
    found = _instant(text, now)
    if found is None:
        return None
    day, clock, rest = found
    if day is None:
        at = datetime.combine(now.date(), clock or OPENS, tzinfo=now.tzinfo)
        return (at if at > now else at + timedelta(days=1)), rest
    return datetime.combine(day, clock or OPENS, tzinfo=now.tzinfo), rest


def read_earlier(text: str, now: datetime) -> tuple[datetime, str] | None:
    """Read an instant of today or before, which needs a time of day; with it the words behind."""
    found = _instant(text.strip(), now)
    if found is None:
        return None
    day, clock, rest = found
    if clock is None:
        return None
    return datetime.combine(day or now.date(), clock, tzinfo=now.tzinfo), rest


def _instant(text: str, now: datetime) -> tuple[date | None, time | None, str] | None:
    day, rest = _day(text, now)
    clock = _TIME.match(rest)
    if clock is None:
        return None if day is None else (day, None, rest)
    return day, time(int(clock[1]), int(clock[2])), rest[clock.end() :].strip()


def _day(text: str, now: datetime) -> tuple[date | None, str]:
    lowered = text.lower()
    for words, shift in _SHIFTS.items():
        if re.match(rf"{words}\b", lowered):
            return now.date() + timedelta(days=shift), text[len(words) :].strip()
    for words, weekday in _DAYS.items():
        if re.match(rf"{words}\b", lowered):
            ahead = (weekday - now.weekday()) % 7 or 7
            return now.date() + timedelta(days=ahead), text[len(words) :].strip()
    dated = _DATE.match(text)
    if dated is None:
        return None, text
    try:
        found = _dated(dated, now)
    except ValueError:
        return None, text
    return found, text[dated.end() :].strip()


def _dated(match: re.Match[str], now: datetime) -> date:
    if match[4]:
        return date(int(match[4]), int(match[5]), int(match[6]))
    return date(int(match[3] or now.year), int(match[2]), int(match[1]))
