"""What people write behind `/istirahat`, `/cuti` and `/serah-terima`: lengths, times of day, dates, names. Pure."""

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

LONGEST_BREAK = timedelta(hours=24)

_LENGTH = re.compile(r"(\d{1,4})\s*(m|mnt|menit|min|minutes?|j|jam|h|hours?)$", re.IGNORECASE)
_TIME = re.compile(
    r"(?:(?:sampai|hingga|s/d|until|till) )?(?:pukul|jam|at)? ?(\d{1,2})[.:](\d{2})$", re.IGNORECASE
)
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}$")
_YEARS = range(1900, 2200)  # in which somebody can be away; beyond, a day more may be none
_BETWEEN_DAYS = {"sampai", "hingga", "s/d", "-", "until", "to"}
_TO_WHOM = re.compile(r"(.*?)(?: (?:kepada|ke|to) (.+))?$", re.IGNORECASE)
_FOR_WHOM = {"pengganti", "oleh", "substitute"}


class NotATimeError(ValueError):
    """These words are neither a length nor a time of day nor dates."""


@dataclass(frozen=True, kw_only=True)
class Leave:
    first_on: date
    last_on: date | None  # None: until they are back
    substitute: str | None  # as they were named


def break_until(words: str, now: datetime) -> datetime | None:
    """Read `30m`, `1 jam`, `sampai 13.30`; None for no words: until they are back. `now` is local.

    A time of day that has passed means tomorrow's, for those who work through the night. Raises NotATimeError.
    """
    words = " ".join(words.split())
    if not words:
        return None
    length = _LENGTH.match(words)
    if length is not None:
        hours = length[2].lower()[0] in "jh"
        long = timedelta(hours=int(length[1])) if hours else timedelta(minutes=int(length[1]))
        if not timedelta() < long <= LONGEST_BREAK:
            raise NotATimeError(words)
        return now + long
    clock = _TIME.match(words)
    if clock is None or int(clock[1]) > 23 or int(clock[2]) > 59:
        raise NotATimeError(words)
    until = datetime.combine(now.date(), time(int(clock[1]), int(clock[2])), tzinfo=now.tzinfo)
    return until if until > now else until + timedelta(days=1)


def leave_of(words: str, today: date) -> Leave:
    """Read `2026-12-01 2026-12-05 sari`, `2026-12-01`, `sari` or nothing: from today until they are back.

    Raises NotATimeError.
    """
    parts = [part for part in words.split() if part.lower() not in _BETWEEN_DAYS]
    days: list[date] = []
    while parts and len(days) < 2 and _DAY.match(parts[0]):
        try:
            days.append(date.fromisoformat(parts.pop(0)))
        except ValueError as error:
            raise NotATimeError(words) from error
    if parts and parts[0].lower() in _FOR_WHOM:
        del parts[0]
    if any(each.year not in _YEARS for each in days):
        raise NotATimeError(words)
    if any(part[0].isdigit() for part in parts) or (days and days[0] > days[-1]):
        raise NotATimeError(words)
    return Leave(
        first_on=days[0] if days else today,
        last_on=days[-1] if days else None,
        substitute=" ".join(parts) or None,
    )


def from_and_to(words: str) -> tuple[str, str | None]:
    """Read `budi kepada sari` or `budi`."""
    match = _TO_WHOM.match(" ".join(words.split()))
    assert match is not None  # it takes anything
    return match[1], match[2]
