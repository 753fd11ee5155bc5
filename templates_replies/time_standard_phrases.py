"""How long a step may take, or until when, as offices write it in the table: in both languages."""

from datetime import timedelta

from templates_replies.catalogue import Language
from templates_replies.moments import in_words
from templates_replies.phrase import Phrase

_WORKING = Phrase(id="{count} hari kerja", en="{count} working days")
_CALENDAR = Phrase(id="{count} hari kalender", en="{count} calendar days")
_DAYS = Phrase(id="{count} hari", en="{count} days")
_OPEN_HOURS = Phrase(id="{length} kerja", en="{length} of working time")
_BEFORE = Phrase(id="{days} sebelum {what}", en="{days} before {what}")
_ON = Phrase(id="paling lambat pada {what}", en="by {what}")
_AFTER = Phrase(id="{length} setelah {what}", en="{length} after {what}")
_END_OF = Phrase(id="no. {number} selesai", en="no. {number} is done")
_BY_DAY = Phrase(id="paling lambat tanggal {day}", en="by day {day} of the month")
_HOUR = timedelta(hours=1)


def days(language: Language, count: int, *, working: bool) -> str:
    """Say a number of days, and of which kind."""
    return _counted(_WORKING if working else _CALENDAR, language, count)


def clock_time(language: Language, length: timedelta, *, open_time: bool) -> str:
    """Say hours and minutes; whole hours of open time are `jam kerja`."""
    said = in_words(length, language, in_days=not open_time)
    return _OPEN_HOURS.say(language, length=said) if open_time and not length % _HOUR else said


def before(language: Language, count: int, *, working: bool, what: str) -> str:
    """Say `2 hari sebelum` a date, or that the date itself is the last day."""
    if not count:
        return _ON.say(language, what=what)
    kind = _WORKING if working else _DAYS
    return _BEFORE.say(language, days=_counted(kind, language, count), what=what)


def after(language: Language, length: str, *, what: str) -> str:
    return _AFTER.say(language, length=length, what=what)


def end_of(language: Language, number: str) -> str:
    """Say that a row of the table is done."""
    return _END_OF.say(language, number=number)


def by_day(language: Language, day: int) -> str:
    return _BY_DAY.say(language, day=str(day))


def _counted(phrase: Phrase, language: Language, count: int) -> str:
    said = phrase.say(language, count=str(count))
    return said.removesuffix("s") if language == "en" and count == 1 else said
