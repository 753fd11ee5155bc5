"""The page of statistics, its tables and the API: the figures of the month's report, whoever asks."""

import csv
import io
from datetime import timedelta

from tests.tickets.desks import BUDI, SLUG, whatsapp
from tickets import removals
from tickets.actions import answering
from tickets.actions.answering import Words

TEN_MINUTES = timedelta(minutes=10)


async def test_page_table_and_api_say_the_same_of_a_period_and_a_part(office, rina, budi):
    first = office.receives(whatsapp("halo", sid="SM1")).ticket.number
    office.receives(whatsapp("lupa", sid="SM2", sender="+6282"))
    office.clock.now += TEN_MINUTES
    at = office.clock.now
    office.ledger.write_blocking(lambda tx: answering.answer(tx, first, Words(text="Baik."), by=BUDI, at=at))
    office.clock.now += TEN_MINUTES  # the second is late by now, though nobody has swept
    long_over = {"desk": SLUG, "kind": removals.RETENTION, "by": "system", "months": ["2026-09"]}
    office.ledger.write_blocking(lambda tx: removals.begin(tx, at=at, **long_over))
    page = await rina.opens("/dashboard?period=today")
    assert "The history of tickets of" not in page.text
    assert "Tickets 2 up 2" in page.text
    assert "First response in time 50% 1 of 2" in page.text
    assert "Median first response 10 minutes" in page.text
    assert "Monday, 5 October 2026: 2 tickets, 0 solved" in page.text
    assert "up to 15 minutes 1 (100%)" in page.text
    assert "The history of tickets of September 2026 was deleted" in (await rina.opens("/dashboard")).text
    table = await rina.client.get(f"/dashboard/channels.csv?desk={SLUG}&period=today")
    assert list(csv.reader(io.StringIO(table.text)))[1] == ["WhatsApp", "2", "0", "0.5", "10.0", "", ""]
    assert "No ticket in this period" in (await rina.opens("/dashboard?channel=email")).text
    answer = (
        await office.program().get("/reports/statistics", params={"desk": SLUG, "from": "2026-10-05"})
    ).json()
    assert (answer["tickets"], answer["promises"]["first_response"]["met"]) == (2, 1)
    assert answer["promises"]["first_response"]["median_minutes"] == 10
    assert answer["hours"] == [{"weekday": 1, "hour": 9, "tickets": 2}]
    missed = await rina.opens("/breaches?period=today")
    assert "#2 First response 5 minutes late" in missed.text
    assert "held by nobody still waiting not looked after" in missed.text
    assert "Promised: 15 minutes of operating time" in missed.text
    assert "#1" not in missed.text
    for path in ("/dashboard", "/breaches"):
        assert (await budi.opens(path)).status == 403


async def test_what_makes_no_sense_shows_the_running_month(rina):
    for query in (
        "period=free&first=x&last=2026-10-01",
        "period=free&first=2026-10-09&last=2026-10-01",
        "period=?",
    ):
        assert (
            "Thursday, 1 October 2026 to Monday, 5 October 2026"
            in (await rina.opens(f"/dashboard?{query}")).text
        )
