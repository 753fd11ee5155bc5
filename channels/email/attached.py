"""A message that came within another one, to be read by itself."""

from dataclasses import replace
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from channels.email.headers import first, headers_of
from channels.email.multiparts import parsed
from channels.email.parse import parse_mail
from tickets.message import Said


def read_attached(raw: bytes) -> Said:
    """Say what it says; `said_at` is its own Date, for which nobody vouches. Never raises."""
    said = parse_mail(raw, account="", own_addresses=())
    return replace(said, said_at=_date(first(headers_of(parsed(raw)), "date")))


def _date(header: str) -> datetime | None:
    try:
        date = parsedate_to_datetime(header)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return date if date.tzinfo else date.replace(tzinfo=UTC)
