"""Lengths of time and instants in words, as an Indonesian office writes them, and in English.

Durations: "12 menit", "1 jam 5 menit". Moments: "hari ini pukul 13.00 WIB", "Senin, 23 November 2026 pukul 08.00".
Whoever calls gives local times; nothing here knows the desk's zone or the clock.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, time, timedelta

from templates_replies.catalogue import Language

_DAYS: Mapping[Language, Sequence[str]] = {
    "id": ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu"),
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
}
_MONTHS: Mapping[Language, Sequence[str]] = {
    "id": (
        *("Januari", "Februari", "Maret", "April", "Mei", "Juni"),
        *("Juli", "Agustus", "September", "Oktober", "November", "Desember"),
    ),
    "en": (
        *("January", "February", "March", "April", "May", "June"),
        *("July", "August", "September", "October", "November", "December"),
    ),
}
_NEAR_DAYS: Mapping[Language, Mapping[int, str]] = {
    "id": {-1: "kemarin", 0: "hari ini", 1: "besok"},
    "en": {-1: "yesterday", 0: "today", 1: "tomorrow"},
}
_UNITS: Mapping[Language, Sequence[str]] = {
    "id": ("hari", "jam", "menit", "detik"),
    "en": ("day", "hour", "minute", "second"),
}
_BRIEF: Mapping[Language, Sequence[str]] = {"id": ("hari", "jam", "mnt", "dtk"), "en": ("d", "h", "min", "s")}
_ZONES = (
    "WIB",
    "WITA",
    "WIT",
)  # said only where the country says them: elsewhere an abbreviation explains nothing

_AT: Mapping[Language, str] = {"id": "pukul", "en": "at"}
_UNTIL: Mapping[Language, str] = {"id": "s.d.", "en": "to"}
_MIDNIGHT: Mapping[Language, str] = {"id": "24.00", "en": "24:00"}

_MINUTE, _HOUR, _DAY = 60, 3_600, 86_400
_HOURS_UNTIL = 2 * _DAY  # up to here people count in hours: a promise of 24 hours is not "1 day"


def at_a_glance(local: datetime, language: Language, *, today: date) -> str:
    """Return an instant as briefly as a list has room for: `18.38` of today, else `25 Nov`, with the year if it is past."""
    if local.date() == today:
        return _clock(local, language)
    day = f"{local.day} {_MONTHS[language][local.month - 1][:3]}"
    return day if local.year == today.year else f"{day} {local.year}"


def on_paper(local: datetime, language: Language) -> str:
    """Return an instant as briefly as paper has room for it, which knows no today: `25 Nov 2026 18.38`."""
    clock = f"{local:%H.%M}" if language == "id" else f"{local:%H:%M}"
    return f"{local.day} {_MONTHS[language][local.month - 1][:3]} {local.year} {clock}"


def in_words(length: timedelta, language: Language, *, in_days: bool = True, brief: bool = False) -> str:
    """Return a length of time in its two largest units, rounded down: `1 jam 5 menit`, `3 hari`, `45 detik`.

    Seconds are told only under a minute, days only from two days on, and not at all for time of which a day has less
    than 24 hours. A negative length counts as none. `brief`, for tables: `1 jam 5 mnt`, `1 h 5 min`.
    """
    seconds = max(0, int(length.total_seconds()))
    day, hour, minute, second = (_BRIEF if brief else _UNITS)[language]
    plural = "s" if language == "en" and not brief else ""
    if seconds < _MINUTE:
        return _counted(seconds, second, plural)
    if seconds < _HOUR:
        return _counted(seconds // _MINUTE, minute, plural)
    if seconds < _HOURS_UNTIL or not in_days:
        return _pair(seconds // _HOUR, hour, seconds % _HOUR // _MINUTE, minute, plural)
    return _pair(seconds // _DAY, day, seconds % _DAY // _HOUR, hour, plural)


def _pair(count: int, unit: str, rest: int, smaller: str, plural: str) -> str:
    whole = _counted(count, unit, plural)
    return f"{whole} {_counted(rest, smaller, plural)}" if rest else whole


def _counted(count: int, unit: str, plural: str) -> str:
    return f"{count} {unit}{plural if count != 1 else ''}"


def date_in_words(day: date, language: Language) -> str:
    """Return `Senin, 23 November 2026`."""
    return f"{weekday(day, language)}, {day_in_words(day, language)}"


def day_in_words(day: date, language: Language) -> str:
    """Return `23 November 2026`."""
    return f"{day.day} {_MONTHS[language][day.month - 1]} {day.year}"


def yearly_day(month: int, day: int, language: Language) -> str:
    """Return `23 November`, a day of every year."""
    return f"{day} {_MONTHS[language][month - 1]}"


def weekday(day: date, language: Language) -> str:
    """Return `Senin`."""
    return _DAYS[language][day.weekday()]


def date_spelled(day: date, language: Language, *, spell: Callable[[int], str]) -> str:
    """Return `Senin tanggal dua puluh tiga bulan November tahun dua ribu dua puluh enam`, as minutes begin."""
    name, month = weekday(day, language), _MONTHS[language][day.month - 1]
    if language == "en":
        return f"{name}, {spell(day.day)} {month} {spell(day.year)}"
    return f"{name} tanggal {spell(day.day)} bulan {month} tahun {spell(day.year)}"


def period_in_words(start: datetime, end: datetime, language: Language) -> str:
    """Return `Senin, 23 November 2026 pukul 09.00–11.00`, or the days alone where it begins and ends at midnight."""
    if start.time() == end.time() == time():
        last = end.date() - timedelta(days=1)
        first = date_in_words(start.date(), language)
        if last == start.date():
            return first
        return f"{first} {_UNTIL[language]} {date_in_words(last, language)}"
    begins = f"{date_in_words(start.date(), language)} {_AT[language]} {_clock(start, language)}"
    if end.date() == start.date():
        return f"{begins}–{_clock(end, language)}"
    return f"{begins} {_UNTIL[language]} {date_in_words(end.date(), language)} {_AT[language]} {_clock(end, language)}"


def stretch_in_words(start: datetime, end: datetime, language: Language) -> str:
    """Return `09.00–11.00` of one day; midnight at its end is 24.00."""
    last = f"{_clock(end, language)}" if end.date() == start.date() else _MIDNIGHT[language]
    return f"{_clock(start, language)}–{last}"


def _clock(at: datetime, language: Language) -> str:
    return f"{at:%H.%M}" if language == "id" else f"{at:%H:%M}"


def month_in_words(day: date, language: Language) -> str:
    """Return `November 2026`."""
    return f"{_MONTHS[language][day.month - 1]} {day.year}"


def time_in_words(moment: datetime, language: Language) -> str:
    """Return `pukul 13.00 WIB`, `at 13:00 WIB`; the zone only if the moment knows it and it is one of Indonesia's."""
    zone = moment.tzname()
    clock = f"{_AT[language]} {_clock(moment, language)}"
    return f"{clock} {zone}" if zone in _ZONES else clock


def moment_in_words(moment: datetime, language: Language, *, today: date | None) -> str:
    """Return `hari ini pukul 13.00 WIB` or `Senin, 23 November 2026 pukul 08.00 WIB`.

    `moment` is local to the reader, `today` the reader's date; None on paper, which is read whenever. The words fit after
    "mulai", "sejak", "paling lambat".
    """
    near = None if today is None else _NEAR_DAYS[language].get((moment.date() - _as_date(today)).days)
    return f"{near or date_in_words(moment, language)} {time_in_words(moment, language)}"


def _as_date(day: date) -> date:
    return day.date() if isinstance(day, datetime) else day
