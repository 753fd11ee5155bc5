"""Dates and times as people type them: "12 okt 2026", "besok", "senin depan", "jam 9", "2 siang". Pure: `today` is an argument."""

import re
from datetime import date, time, timedelta

_MONTHS = {
    name[:3]: number
    for number, names in enumerate(
        (
            ("januari", "january"), ("februari", "february", "pebruari"), ("maret", "march"), ("april",), ("mei", "may"),
            ("juni", "june"), ("juli", "july"), ("agustus", "august"), ("september",), ("oktober", "october"),
            ("november", "nopember"), ("desember", "december"),
        ),
        start=1,
    )
    for name in names
}  # fmt: skip
_RELATIVE = {"hari ini": 0, "today": 0, "besok": 1, "tomorrow": 1, "lusa": 2}
_WEEKDAYS = {
    name: number
    for number, names in enumerate(
        (
            ("senin", "monday"), ("selasa", "tuesday"), ("rabu", "wednesday"), ("kamis", "thursday"),
            ("jumat", "jum'at", "friday"), ("sabtu", "saturday"), ("minggu", "ahad", "sunday"),
        )
    )
    for name in names
}  # fmt: skip
# "Minggu depan" is next week more often than next Sunday: it says no day, as "hari minggu depan" does.
_WEEKDAY = re.compile(
    rf"(?:hari|on|next)\s+({'|'.join(_WEEKDAYS)})(?:\s+(?:depan|besok|nanti))?$"
    rf"|({'|'.join(name for name in _WEEKDAYS if name != 'minggu')})(?:\s+(?:depan|besok|nanti))?$|(minggu)$"
)
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})$")
_SLASHED = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4}|\d{2})$")
_DAY_AND_MONTH = re.compile(r"(\d{1,2})/(\d{1,2})$")
_SPOKEN = re.compile(r"(?:[a-z']+\.?,?\s+)?(\d{1,2})\s+([a-z]{3,})\.?(?:\s+(\d{4}))?$")
_CENTURY = 2000
_YEARS = range(1900, 2200)
_CLOCK = re.compile(
    r"(?:(?:jam|pukul|pkl|at)\.?\s*)?(?P<half>setengah\s+)?(?P<hour>\d{1,2})(?:[.:](?P<minute>\d{2}))?"
    r"(?:\s*(?P<part>pagi|siang|sore|malam|am|pm))?(?:\s*(?:wib|wita|wit))?$"
)
# From which hour on, and until before which, half a day is added to what is said: "2 siang" is 14.00, "11 siang" is 11.00.
_LATER = {"siang": (1, 10), "sore": (1, 12), "malam": (5, 12), "pm": (1, 12)}
_MIDNIGHT = frozenset({"malam", "pagi", "am"})  # of these, twelve is 00.00


def month_of(name: str) -> int | None:
    """Return the number of a month by its name in small letters, or by how that begins."""
    return _MONTHS.get(name[:3])


def day_of(text: str, today: date) -> date | None:
    """Return the day that small letters name, the next one of that name where no year is said; None where they do not.

    What nobody means, such as the year 9999, is no day.
    """
    found = _day_of(text, today)
    return found if found is not None and found.year in _YEARS else None


def _day_of(text: str, today: date) -> date | None:
    if text in _RELATIVE:
        return today + timedelta(days=_RELATIVE[text])
    if match := _WEEKDAY.match(text):
        wanted = _WEEKDAYS[next(name for name in match.groups() if name)]
        return today + timedelta(days=(wanted - today.weekday() - 1) % 7 + 1)
    try:
        if match := _ISO.match(text):
            return date(int(match[1]), int(match[2]), int(match[3]))
        if match := _SLASHED.match(text):
            year = int(match[3])
            return date(year if year > 99 else _CENTURY + year, int(match[2]), int(match[1]))
        if (match := _SPOKEN.match(text)) and match[2][:3] in _MONTHS:
            month, day = _MONTHS[match[2][:3]], int(match[1])
            return date(int(match[3]), month, day) if match[3] else _next(month, day, today)
        if match := _DAY_AND_MONTH.match(text):
            return _next(int(match[2]), int(match[1]), today)
    except ValueError:  # 31 February
        return None
    return None


def _next(month: int, day: int, today: date) -> date:
    this = date(today.year, month, day)
    return this if this >= today else date(today.year + 1, month, day)


def time_of(text: str) -> time | None:
    """Return the time of day that small letters name; None where they do not."""
    match = _CLOCK.match(text)
    if match is None or (match["half"] and match["minute"]):
        return None
    hour, minute = _hour(int(match["hour"]), match["part"] or ""), int(match["minute"] or 0)
    try:
        return time((hour - 1) % 24, 30) if match["half"] else time(hour, minute)
    except ValueError:
        return None


def _hour(said: int, part: str) -> int:
    """Return the hour of the day that is meant by an hour of a part of it."""
    since, until = _LATER.get(part, (0, 0))
    if since <= said < until:
        return said + 12
    return 0 if said == 12 and part in _MIDNIGHT else said
