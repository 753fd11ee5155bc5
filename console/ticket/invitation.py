"""What an invitation to a meeting says, read from the iCalendar file that a mail brings."""

from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from later import Later

if TYPE_CHECKING:
    import icalendar
else:
    icalendar = Later("icalendar")

LARGEST = 200_000  # bytes of a calendar that is read
CALENDAR_TYPE = "text/calendar"
_METHODS = ("request", "cancel", "reply")
_LONGEST = 500  # characters of a field


@dataclass(frozen=True, kw_only=True)
class Invitation:
    summary: str
    method: str  # of iTIP: request, cancel, reply, or else publish
    starts_at: datetime | None = None  # without a zone it is meant where the reader is
    ends_at: datetime | None = None
    whole_days: bool = False
    repeats: bool = False
    place: str = ""
    organiser: str = ""


def read_invitation(content: bytes) -> Invitation | None:
    """Return what the first meeting of a calendar says; None where there is none that can be read. Never raises."""
    if not 0 < len(content) <= LARGEST:
        return None
    try:
        calendar = icalendar.Calendar.from_ical(content.decode("utf-8-sig", "replace"))
        event = next(iter(calendar.walk("VEVENT")), None)
        return None if event is None else _read(calendar, event)
    except Exception:  # noqa: BLE001  a stranger's file; the library stumbles in many ways, and the file is kept
        return None


def _read(calendar: Any, event: Any) -> Invitation:
    starts, ends = _moment(event, "DTSTART"), _moment(event, "DTEND")
    start = event.get("DTSTART")
    whole_days = start is not None and not isinstance(start.dt, datetime)
    if whole_days and starts and ends:
        ends = (
            ends - timedelta(days=1) if ends - timedelta(days=1) > starts else None
        )  # it ends before that day
    method = _text(calendar.get("METHOD")).lower()
    return Invitation(
        summary=_text(event.get("SUMMARY")),
        method=method if method in _METHODS else "publish",
        starts_at=starts,
        ends_at=ends,
        whole_days=whole_days,
        repeats="RRULE" in event,
        place=_text(event.get("LOCATION")),
        organiser=_person(event.get("ORGANIZER")),
    )


def _text(value: Any) -> str:
    if isinstance(value, list):
        value = value[0]
    return str(value or "").replace("\x00", "").strip()[:_LONGEST]


def _person(value: Any) -> str:
    address = _text(value)
    if address.lower().startswith("mailto:"):
        address = address[len("mailto:") :]
    name = ""
    with suppress(AttributeError):
        name = _text(value.params.get("CN"))
    return f"{name} ({address})" if name and name != address else address


def _moment(event: Any, name: str) -> datetime | None:
    value = event.get(name)
    moment = getattr(value, "dt", None)
    if isinstance(moment, datetime):
        return moment if moment.tzinfo is None else moment.astimezone(UTC)
    return datetime.combine(moment, time()) if isinstance(moment, date) else None
