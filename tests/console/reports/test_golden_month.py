"""Page, its tables and API say of a month what was counted by hand (`tests/reports/golden.py`), in every zone."""

import csv
import io
from dataclasses import replace
from datetime import timedelta

import pytest

from tests.reports.golden import COUNTED, FIRST_ON, LAST_ON, Kept, Totals, made_at, tell_golden_month
from tests.tickets.desks import SLUG
from tickets.desk import DeskNow

KINDS = ("first_response", "resolution")
# The office calls one of the categories otherwise.
HERE = replace(COUNTED, categories={"Lupa kata sandi": 5, "Gagal masuk": 5, None: 2})
SPAN = f"period=free&first={FIRST_ON}&last={LAST_ON}"


@pytest.fixture(params=["Asia/Jakarta", "Asia/Makassar", "Asia/Jayapura"])
def told(office, request):
    told = tell_golden_month(office.ledger, request.param)
    desk: DeskNow = office.desk
    office.desk = replace(desk, desk=told.desk)
    office.clock.now = made_at(told)
    return told


async def test_page_tables_and_api_say_what_was_counted_by_hand(office, told, rina):
    answer = await office.program().get(
        "/reports/statistics", params={"desk": SLUG, "from": str(FIRST_ON), "to": str(LAST_ON)}
    )
    assert of_api(answer.json()) == HERE
    page = await rina.opens(f"/dashboard?{SPAN}")
    assert "Tickets 12 up 11" in page.text  # September had one
    assert "First response in time 92% 11 of 12" in page.text
    assert "Solved in time 58% 7 of 12" in page.text
    assert "Median until solved 6 hours" in page.text
    assert "Median first response 10 minutes" in page.text
    assert await of_tables(rina) == HERE


def of_api(found) -> Totals:
    return Totals(
        tickets=found["tickets"],
        finished=found["finished"],
        channels={each["id"]: each["tickets"] for each in found["channels"]},
        categories={each["name"]: each["tickets"] for each in found["categories"]},
        agents={each["name"]: each["tickets"] for each in found["agents"]},
        days={int(day["on"][-2:]): day["tickets"] for day in found["days"] if day["tickets"]},
        promises={kind: _of_api(found["promises"][kind]) for kind in KINDS},
    )


def _of_api(found) -> Kept:
    median, p90 = (timedelta(minutes=found[f"{key}_minutes"]) for key in ("median", "p90"))
    return Kept(met=found["met"], breached=found["breached"], median=median, p90=p90)


async def of_tables(rina) -> Totals:
    """Read the charts of the page as they are taken out."""
    days, channels, categories, agents, promises = [
        await table(rina, chart) for chart in ("days", "channels", "categories", "agents", "promises")
    ]
    return Totals(
        tickets=sum(int(row[1]) for row in channels),
        finished=sum(int(row[2]) for row in channels),
        channels={row[0].lower(): int(row[1]) for row in channels},
        categories={None if row[0] == "No category" else row[0]: int(row[1]) for row in categories},
        agents={None if row[0] == "Nobody" else row[0]: int(row[1]) for row in agents},
        days={int(row[0][-2:]): int(row[1]) for row in days if row[1] != "0"},
        promises={kind: _of_table(row) for kind, row in zip(KINDS, promises, strict=True)},
    )


def _of_table(row: list[str]) -> Kept:
    _name, met, breached, _running, _ended, _share, *lengths = row
    median, p90 = (timedelta(minutes=float(one)) for one in lengths)
    return Kept(met=int(met), breached=int(breached), median=median, p90=p90)


async def table(rina, chart: str) -> list[list[str]]:
    answer = await rina.client.get(f"/dashboard/{chart}.csv?desk={SLUG}&{SPAN}")
    return list(csv.reader(io.StringIO(answer.text, newline="")))[1:]
