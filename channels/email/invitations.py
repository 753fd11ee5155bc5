"""The words of an invitation to a meeting, for a mail that says nothing beside it. The file itself is kept."""

from typing import TYPE_CHECKING

from later import Later

if TYPE_CHECKING:
    import icalendar
else:
    icalendar = Later("icalendar")

_LARGEST = 200_000  # bytes of a calendar that is read
_SAID = ("SUMMARY", "LOCATION", "DESCRIPTION")


def invitation_in_words(content: bytes) -> str:
    """Return what the first meeting is called, where it is, and what is written about it. Never raises."""
    if len(content) > _LARGEST:
        return ""
    try:
        calendar = icalendar.Calendar.from_ical(content.decode("utf-8-sig", "replace"))
        event = next(iter(calendar.walk("VEVENT")), None)
        said = [] if event is None else [str(event.get(name) or "").strip() for name in _SAID]
    except Exception:  # noqa: BLE001  a stranger's file, and the library stumbles in many ways
        return ""
    return "\n".join(each for each in said if each)
