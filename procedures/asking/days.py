"""Dates and times as people type them: "12 okt 2026", "besok", "jam 9", "09.00 WIB". Pure: `today` is an argument."""

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
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})$")
_SLASHED = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4}|\d{2})$")
_SPOKEN = re.compile(r"(?:[a-z']+,?\s+)?(\d{1,2})\s+([a-z]{3,})\.?(?:\s+(\d{4}))?$")
_CENTURY = 2000
_CLOCK = re.compile(r"(?:(?:jam|pukul|pkl|at)\.?\s*)?(\d{1,2})(?:[.:](\d{2}))?(?:\s*(?:wib|wita|wit))?$")


def day_of(text: str, today: date) -> date | None:
    """Return the day that small letters name, the next one of that name where no year is said; None where they do not."""
    if text in _RELATIVE:
        return today + timedelta(days=_RELATIVE[text])
    try:
        if match := _ISO.match(text):
            return date(int(match[1]), int(match[2]), int(match[3]))
        if match := _SLASHED.match(text):
            year = int(match[3])
            return date(year if year > 99 else _CENTURY + year, int(match[2]), int(match[1]))
        if (match := _SPOKEN.match(text)) and match[2][:3] in _MONTHS:
            month, day = _MONTHS[match[2][:3]], int(match[1])
            if match[3]:
                return date(int(match[3]), month, day)
            this = date(today.year, month, day)
            return this if this >= today else date(today.year + 1, month, day)
    except ValueError:  # 31 February
        return None
    return None


def time_of(text: str) -> time | None:
    """Return the time of day that small letters name; None where they do not."""
    match = _CLOCK.match(text)
    try:
        return time(int(match[1]), int(match[2] or 0)) if match else None
    except ValueError:
        return None
