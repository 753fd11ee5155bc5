"""When people write in a made-up month, and about what."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from random import Random

from bot.demo.sample_texts import pools
from bot.demo.sample_values import MINUTE
from tickets.hours import Calendar

CONVERSATIONS = 220
LENGTH = timedelta(days=30)
_WEEKDAYS = (1.35, 1.15, 1.0, 1.0, 0.85, 1.0, 1.0)
_CLOSED_DAY = 0.18
_IN_HOURS = 0.86  # share of an open day's messages that come while somebody is there
_ELSEWHEN = ((6, 8, 3), (12, 13, 2), (16, 19, 5), (19, 23, 6), (0, 2, 1))  # from hour, to hour, weight
_OUTAGE = 11  # messages on the morning on which Edunex was down
_Dates = tuple[tuple[int, int], tuple[int, int]]  # (month, day) from and to
_SEASONS: Mapping[str, tuple[_Dates, ...]] = {
    "krs": (((1, 10), (2, 10)), ((8, 10), (9, 5))),
    "exams": (((3, 10), (4, 5)), ((5, 20), (6, 15)), ((10, 12), (11, 6)), ((12, 1), (12, 20))),
}


def schedule(rng: Random, calendar: Calendar, until: datetime) -> list[tuple[datetime, str]]:
    """Return when each conversation starts and what it is about, in order."""
    since = until - LENGTH
    first = calendar.day_of(since)
    days = [first + timedelta(days=n) for n in range((calendar.day_of(until) - first).days + 1)]
    weights = [_busy(calendar, day) for day in days]
    starts = [
        (start, _topic(rng, calendar.day_of(start)))
        for start in _moments(rng, calendar, days, weights, since=since, until=until)
    ]
    return sorted(starts + list(_outage(rng, calendar, days, since=since, until=until)))


def _in_season(season: str | None, day: date) -> bool:
    return any(first <= (day.month, day.day) <= last for first, last in _SEASONS.get(season or "", ()))


def _busy(calendar: Calendar, day: date) -> float:
    if not calendar.windows_on(day)[0]:
        return _CLOSED_DAY
    return _WEEKDAYS[day.weekday()] * (1.4 if any(_in_season(season, day) for season in _SEASONS) else 1.0)


def _moments(
    rng: Random,
    calendar: Calendar,
    days: Sequence[date],
    weights: Sequence[float],
    *,
    since: datetime,
    until: datetime,
) -> Iterator[datetime]:
    left = CONVERSATIONS - _OUTAGE
    while left:
        at = _moment_on(rng, calendar, rng.choices(days, weights)[0])
        if since <= at < until - MINUTE:
            left -= 1
            yield at


def _moment_on(rng: Random, calendar: Calendar, day: date) -> datetime:
    windows = calendar.windows_on(day)[0]
    if windows and rng.random() < _IN_HOURS:
        window = rng.choices(windows, [each.end - each.start for each in windows])[0]
        minute = int(rng.triangular(window.start, window.end, window.start + (window.end - window.start) / 3))
    else:
        since, to, _ = rng.choices(_ELSEWHEN, [weight for *_, weight in _ELSEWHEN])[0]
        minute = rng.randrange(since * 60, to * 60)
    local = datetime.combine(day, time(), tzinfo=calendar.tz) + timedelta(
        minutes=minute, seconds=rng.randrange(60)
    )
    return local.astimezone(UTC)


def _outage(
    rng: Random, calendar: Calendar, days: Sequence[date], *, since: datetime, until: datetime
) -> Iterator[tuple[datetime, str]]:
    """Yield the messages of one morning on which half the campus found Edunex down."""
    open_days = [day for day in days[2:-3] if calendar.windows_on(day)[0]] or list(days)
    morning = datetime.combine(rng.choice(open_days), time(8, 50), tzinfo=calendar.tz).astimezone(UTC)
    for _ in range(_OUTAGE):
        at = morning + timedelta(seconds=rng.randrange(80 * 60))
        if since <= at < until:
            yield at, rng.choices(("slow", "error-page", "login"), (7, 2, 1))[0]


def _topic(rng: Random, day: date) -> str:
    topics = list(pools().topics.values())
    weights = [topic.weight * (2.0 if _in_season(topic.season, day) else 1.0) for topic in topics]
    return rng.choices(topics, weights)[0].category
