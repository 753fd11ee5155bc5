"""Lengths of time as an office's paper has them: "30 menit", "2 hari kerja", "1 minggu", beside `30m` and `2d`."""

import re
from collections.abc import Mapping
from datetime import timedelta

from tickets.hours import Counts, Span

_CLOCK: Mapping[str, timedelta] = {
    **dict.fromkeys(("menit", "mnt", "minute", "minutes"), timedelta(minutes=1)),
    **dict.fromkeys(("jam", "hour", "hours"), timedelta(hours=1)),
}
_DAYS: Mapping[str, tuple[int, Counts]] = {
    **dict.fromkeys(("hari", "hari kerja", "day", "days", "working day", "working days"), (1, "operating")),
    **dict.fromkeys(("hari kalender", "calendar day", "calendar days"), (1, "calendar")),
    **dict.fromkeys(("minggu", "week", "weeks"), (7, "calendar")),
    **dict.fromkeys(("bulan", "month", "months"), (30, "calendar")),
}
_PART = re.compile(r"(\d{1,4})\s*([a-z]+(?:\s+[a-z]+)?)", re.ASCII)
_HOURS_AND_MINUTES = re.compile(r"(\d{1,4})\s*(jam|hours?)\s+(\d{1,4})\s*(menit|mnt|minutes?)", re.ASCII)


def length(text: str) -> Span:
    """Read `30m` or `30 menit`, `2d` or `2 hari kerja`; weeks and months are plain time. Raises ValueError."""
    said = " ".join(text.lower().split())
    if match := _HOURS_AND_MINUTES.fullmatch(said):
        return Span(length=int(match[1]) * _CLOCK[match[2]] + int(match[3]) * _CLOCK[match[4]])
    if match := _PART.fullmatch(said):
        number, unit = int(match[1]), match[2]
        if unit in _CLOCK:
            return Span(length=number * _CLOCK[unit])
        if unit in _DAYS:
            many, counts = _DAYS[unit]
            return Span(length=timedelta(days=number * many), days=number * many, counts=counts)
    return Span.parse(said)


def days(text: str) -> timedelta:
    """Read whole days such as `3d` or `3 hari`; `0d` is the same day. Raises ValueError."""
    match = re.fullmatch(r"(\d{1,4})\s*(?:d|hari|days?)", text.strip().lower(), re.ASCII)
    if match is None:
        raise ValueError(f'"{text[:40]}" is no number of days, such as 3d')
    return timedelta(days=int(match[1]))
