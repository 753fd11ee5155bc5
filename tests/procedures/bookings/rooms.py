"""What the small desk lends: two studios with time around them, three cameras, a car."""

from datetime import date, timedelta

from tickets.hours import Calendar, Window
from tickets.resources import Blocked, Resource

HOURS = Calendar(
    zone="Asia/Jakarta",
    week=((Window.parse("08:00-12:00"), Window.parse("13:00-16:00")),) * 5 + ((), ()),
)
HALF_HOUR = timedelta(minutes=30)
STUDIO = Resource(
    id="studio-1", name="Studio 1", kind="studio", calendar=HOURS, before=HALF_HOUR, longest=timedelta(hours=6),
    blocked=(Blocked(first_on=date(2026, 10, 23), last_on=date(2026, 10, 23), note="Servis"),),
)  # fmt: skip
OTHER_STUDIO = Resource(id="studio-2", name="Studio 2", kind="studio", calendar=HOURS, before=HALF_HOUR)
CAMERAS = Resource(
    id="kamera", name="Kamera", kind="kamera", calendar=Calendar.always("Asia/Jakarta"), count=3
)
RESOURCES = (STUDIO, OTHER_STUDIO, CAMERAS)
