"""Lengths of time as an office's paper has them: "30 menit", "2 hari kerja", "1 minggu", beside `30m` and `2d`."""

import re
from collections.abc import Mapping
from datetime import timedelta

from tickets.hours import Counts, Span

_CLOCK: Mapping[str, timedelta] = {
    **dict.fromkeys(("detik", "second", "seconds"), timedelta(seconds=1)),
    **dict.fromkeys(("menit", "mnt", "minute", "minutes"), timedelta(minutes=1)),
    **dict.fromkeys(("jam", "hour", "hours"), timedelta(hours=1)),
}
_DAYS: Mapping[str, tuple[int, Counts]] = {
    **dict.fromkeys(("hari", "hari kerja", "day", "days", "working day", "working days"), (1, "operating")),
    **dict.fromkeys(("hari kalender", "calendar day", "calendar days"), (1, "calendar")),
    **dict.fromkeys(("minggu", "week", "weeks"), (7, "calendar")),
    **dict.fromkeys(("bulan", "month", "months"), (30, "calendar")),
    **dict.fromkeys(("tahun", "year", "years"), (365, "calendar")),
}
_PART = re.compile(r"(\d{1,4})(?:,(\d))?\s*([a-z]+(?:\s+[a-z]+)?)", re.ASCII)
_AROUND = re.compile(
    r"^(?:±|\+/-|kurang lebih|sekitar|maksimal|maks\.?|paling lama|paling lambat|selambat-lambatnya)\s*"
)
_IN_WORDS = re.compile(r"\s*\([a-z ]+\)")  # 2 (dua) hari
_HALF = re.compile(r"^(?:½|1/2|setengah)\s*(?=jam|hours?)")
_FROM = re.compile(
    r"^\d{1,4}\s*(?:-|–|s\.?d\.?|s/d|sampai|to)\s*(?=\d)", re.ASCII
)  # of 3-5 hari the longer holds
_TIMES_24 = re.compile(r"(\d{1,3})\s*[x×]\s*24\s*jam", re.ASCII)
_BEFORE_THE_DAY = re.compile(r"h\s*[-\u2013]\s*(\d{1,3})", re.ASCII)
_HOURS_AND_MINUTES = re.compile(r"(\d{1,4})\s*(jam|hours?)\s+(\d{1,4})\s*(menit|mnt|minutes?)", re.ASCII)


def length(text: str) -> Span:
    """Read `30m` or `30 menit`, `2d` or `2 (dua) hari kerja`, `±10 menit`, `3-5 hari`. Raises ValueError.

    Weeks, months, years and `1 x 24 jam` are plain time.
    """
    said = _spelled_plainly(text)
    if match := _TIMES_24.fullmatch(said):
        days_long = int(match[1])
        return Span(length=timedelta(days=days_long), days=days_long, counts="calendar")
    if match := _HOURS_AND_MINUTES.fullmatch(said):
        return Span(length=int(match[1]) * _CLOCK[match[2]] + int(match[3]) * _CLOCK[match[4]])
    if match := _PART.fullmatch(said):
        number, tenths, unit = int(match[1]), int(match[2] or 0), match[3]
        if unit in _CLOCK:
            return Span(length=(number * 10 + tenths) * _CLOCK[unit] / 10)
        if unit in _DAYS and not tenths:
            many, counts = _DAYS[unit]
            return Span(length=timedelta(days=number * many), days=number * many, counts=counts)
    return Span.parse(said)


def _spelled_plainly(text: str) -> str:
    """Return a length without what paper says around it: `maksimal 2 (dua) hari` is `2 hari`."""
    said = _AROUND.sub("", " ".join(text.lower().split()))
    return _FROM.sub("", _HALF.sub("0,5 ", _IN_WORDS.sub("", said)))


def days(text: str) -> timedelta:
    """Read whole days such as `3d` or `3 hari`; `0d` is the same day. Raises ValueError."""
    match = re.fullmatch(r"(\d{1,4})\s*(?:d|hari|days?)", text.strip().lower(), re.ASCII)
    if match is None:
        raise ValueError(f'"{text[:40]}" is no number of days, such as 3d')
    return timedelta(days=int(match[1]))


def days_before(text: str) -> tuple[int, bool]:
    """Read the days before a date, and whether they are working days: `2d`, `H-2`, `3 hari kerja`. Raises ValueError."""
    said = _spelled_plainly(text)
    if match := _BEFORE_THE_DAY.fullmatch(said):
        return int(match[1]), False
    if re.fullmatch(r"\d+\s*(?:d|hari|days?)", said, re.ASCII):
        return days(said).days, False
    span = length(said)
    if span.days is None:
        raise ValueError(f'"{text[:40]}" is no number of days, such as 3d')
    return span.days, span.counts == "operating"
