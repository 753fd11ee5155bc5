"""The rules of supervision: when the digest goes out, and which solved tickets a person must verify."""

import hashlib
from datetime import UTC, date, datetime

from tickets.desk import Digest
from tickets.hours import Calendar


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


def is_drawn(share: float, *, desk: str, ticket: int, cycle: int, solved_at: datetime) -> bool:
    """Say whether a solved ticket falls into the sample: from what the history holds, so that anybody can check it.

    The instant of solving is part of it. Nobody can tell beforehand which of their tickets will be looked at.
    """
    facts = f"{desk}:{ticket}:{cycle}:{solved_at.astimezone(UTC).isoformat()}"
    lot = hashlib.sha256(facts.encode()).digest()
    return int.from_bytes(lot[:8]) < share * 2**64
