"""What an export is asked for: which records, of which days, which of their tickets, and in which form."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from reports.errors import BadSpanError
from reports.exports.filtered import EVERY, Only
from reports.labels import Language
from tickets.desk import Desk

FORMATS = ("csv", "xlsx", "jsonl")
TICKETS, MESSAGES, CLOCKS, CASES, FINDINGS = WHAT = ("tickets", "messages", "clocks", "cases", "findings")
_LAST_DAY = date(9999, 12, 30)


@dataclass(frozen=True, kw_only=True)
class Asked:
    """Those of the tickets created from one local date to another, both included; findings, of those found then."""

    what: str  # one of WHAT
    first_on: date
    last_on: date
    format: str = "csv"
    language: Language | None = None  # of a workbook; None: the desk's own
    only: Only = EVERY  # of their tickets
    identities: bool = False  # numbers and addresses written out, which are masked otherwise


def span_of(desk: Desk, first_on: date, last_on: date) -> tuple[datetime, datetime]:
    """Return where local dates begin and end, both included. Raises BadSpanError."""
    if last_on < first_on:
        raise BadSpanError(f"{last_on} is before {first_on}; expected an earlier day first")
    return _midnight(desk, first_on), _midnight(desk, min(last_on, _LAST_DAY) + timedelta(days=1))


def _midnight(desk: Desk, day: date) -> datetime:
    try:
        return datetime(day.year, day.month, day.day, tzinfo=desk.calendar.tz).astimezone(UTC)
    except OverflowError as error:
        raise BadSpanError(f"{day} lies at the edge of the calendar") from error
