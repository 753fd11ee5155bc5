"""What keeps somebody away, in words."""

from datetime import datetime

from templates_replies.catalogue import Language
from templates_replies.presence_phrases import absence_words
from tickets.desk import Desk
from tickets.presence import AbsenceNow


def absence_in_words(desk: Desk, language: Language, absence: AbsenceNow, at: datetime) -> str:
    """Return `istirahat sampai hari ini pukul 13.30 WIB`, in the desk's own time."""
    tz = desk.calendar.tz
    until = absence.until.astimezone(tz) if absence.until is not None else None
    return absence_words(language, kind=str(absence.kind), until=until, today=at.astimezone(tz).date())
