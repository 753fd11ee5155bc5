"""How long a form waits for its contact, and when they are reminded of it. Pure."""

from datetime import datetime, time, timedelta

from tickets.hours import BeyondHorizon, Calendar, next_open

KEPT_FOR = timedelta(days=7)  # since the contact last went on with it
OFFER_STANDS = timedelta(days=1)  # in a chat; by mail as long as a form is kept


def remind_at(calendar: Calendar, touched_at: datetime) -> datetime | None:
    """Return the first opening of a later day; None where the desk never opens, or only when the form is gone."""
    tomorrow = calendar.day_of(touched_at) + timedelta(days=1)
    try:
        opens = next_open(calendar, datetime.combine(tomorrow, time(), tzinfo=calendar.tz))
    except BeyondHorizon:
        return None
    return opens if opens < touched_at + KEPT_FOR else None
