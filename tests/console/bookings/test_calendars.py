"""The calendar of bookings: an address for each reader, what they see of each booking, what becomes of changes."""

from dataclasses import replace

import pytest
from icalendar import Calendar

from procedures.asking.periods import Period
from procedures.bookings.actions import Place, cancel, move
from procedures.bookings.taking import For, Wish, make
from tests.console.houses import Office
from tests.procedures.bookings.rooms import CAMERAS, RESOURCES, STUDIO
from tests.tickets.desks import BUDI, SLUG
from tickets.desk import CalendarShows

TUESDAY = Period.fromisoformat("2026-10-20T09:00/2026-10-20T11:00")
DAYS = Period.fromisoformat("2026-10-21T00:00/2026-10-23T00:00")


@pytest.fixture
def office(ledger):
    office = Office(ledger)
    office.lends(*RESOURCES)
    for resource, period in ((STUDIO, TUESDAY), (CAMERAS, DAYS)):
        wish = Wish(resource=resource, period=period, title="Wisuda")
        ledger.write_blocking(
            lambda tx, w=wish: make(tx, w, For(), desk=office.desk.desk, by=BUDI, at=office.clock.now)
        )
    return office


def entries(text):
    return {str(each["location"]): each for each in Calendar.from_ical(text).walk("VEVENT")}


async def test_readers_subscribe_and_see_what_the_desk_lets_them_and_every_change(office, rina, budi):
    page = await rina.opens(f"/calendars?desk={SLUG}")
    page = await rina.sends(page, "/calendars", name="Ruang rapat", resource="")
    page = await rina.sends(page, "/calendars", name="Studio", resource="studio-1")
    urls = [field for field in page.answer.text.split('"') if field.startswith("http://desk.test/calendar/")]
    assert (await budi.opens(f"/calendars?desk={SLUG}")).status == 403
    async with office.browser() as reader:
        studio, everything = [url.removeprefix("http://desk.test") for url in urls]
        text = (await reader.get(everything)).text
        first = entries(text)
        assert "BEGIN:VTIMEZONE" in text
        assert "DTSTART;TZID=Asia/Jakarta:20261020T090000" in text
        assert "DTEND;VALUE=DATE:20261023" in text
        assert (first["Studio 1"]["summary"], first["Studio 1"]["sequence"]) == ("Studio 1: terisi", 0)
        assert list(entries((await reader.get(studio)).text)) == ["Studio 1"]

        def changes(tx):
            how = {"desk": office.desk, "by": BUDI, "at": office.clock.now}
            later = Place(
                resource="studio-1", period=Period.fromisoformat("2026-10-20T12:00/2026-10-20T14:00")
            )
            move(tx, 1, later, reason="AC", procedure=None, **how)
            cancel(tx, 2, reason="Batal", **how)

        office.ledger.write_blocking(changes)
        office.desk = replace(
            office.desk, desk=replace(office.desk.desk, calendar_shows=CalendarShows.ACTIVITY)
        )
        then = entries((await reader.get(everything)).text)
        assert {name: each["uid"] for name, each in then.items()} == {
            name: each["uid"] for name, each in first.items()
        }
        assert (then["Studio 1"]["summary"], then["Studio 1"]["sequence"]) == ("Studio 1: Wisuda", 1)
        assert (then["Kamera"]["status"], then["Kamera"]["sequence"]) == ("CANCELLED", 1)

        page = await rina.sends(await rina.opens(f"/calendars?desk={SLUG}"), "/2/take-back")
        assert (await reader.get(studio)).status_code == 404
        assert (await reader.get(everything)).status_code == 200
        assert (await reader.get("/calendar/MQ.xxxx.ics")).status_code == 404
