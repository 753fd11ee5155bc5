"""The rules of supervision: when the digest goes out, and which solved tickets a person must verify."""

import hashlib
from datetime import UTC, date, datetime, timedelta

from tickets.desk import Arrival, Digest
from tickets.hours import Calendar

_DUE_FOR = timedelta(days=7)


def digest_day(digest: Digest, calendar: Calendar, now: datetime) -> date | None:
    """Return the local date whose digest is due by now; None: too early, or none today.

    It stays due until midnight: what a stop of the service kept back is sent when it is back the same day.
    """
    local = now.astimezone(calendar.tz)
    today = local.date()
    if local.time() < digest.at or today.weekday() not in digest.days:
        return None
    works = bool(calendar.windows_on(today)[0])
    return today if works or digest.on_closed_days else None


def month_due(arrival: Arrival, calendar: Calendar, now: datetime) -> date | None:
    """Return the first day of the month whose report is due by now; None: not yet, or no longer.

    It stays due for a week: what a stop of the service kept back comes when it is back, and a service that is new in the middle of a
    month does not begin with an old report.
    """
    local = now.astimezone(calendar.tz)
    first = local.date().replace(day=1)
    days = (first + timedelta(days=each) for each in range(_DUE_FOR.days))
    works = (day for day in days if not arrival.on_working_day or calendar.windows_on(day)[0])
    day = next(works, first)
    due_at = datetime.combine(day, arrival.at, tzinfo=calendar.tz)
    if not due_at <= local < due_at + _DUE_FOR:
        return None
    return (first - timedelta(days=1)).replace(day=1)


def is_drawn(share: float, *, desk: str, ticket: int, cycle: int, solved_at: datetime) -> bool:
    """Say whether a solved ticket falls into the sample: from what the history holds, so that anybody can check it.

    The instant of solving is part of it. Nobody can tell beforehand which of their tickets will be looked at.
    """
    facts = f"{desk}:{ticket}:{cycle}:{solved_at.astimezone(UTC).isoformat()}"
    lot = hashlib.sha256(facts.encode()).digest()
    return int.from_bytes(lot[:8]) < share * 2**64
