"""Page, its tables and API say of a month what was counted by hand (`tests/reports/golden.py`), in every zone."""

import csv
import io
from dataclasses import replace
from datetime import timedelta

import pytest

from reports.filed.closing import closings
from tests.reports.golden import (
    COUNTED,
    FIGURES,
    FIRST_ON,
    KINDS,
    LAST_ON,
    PARTS,
    STATUSES,
    Kept,
    Totals,
    made_at,
    tell_golden_month,
)
from tests.reports.golden_files import of_lines, of_workbook
from tests.tickets.desks import BUDI, SLUG
from tickets.actions import handling
from tickets.desk import DeskNow

# The office calls one of the categories otherwise.
CALLED = {"Tidak bisa masuk": "Gagal masuk"}
DAYS = {"desk": SLUG, "from": str(FIRST_ON), "to": str(LAST_ON)}
MONTH = {"desk": SLUG, "month": "2026-10"}
SPAN = f"period=free&first={FIRST_ON}&last={LAST_ON}"


def here(counted: Totals) -> Totals:
    """Return what was counted, by the name that the office has for one of the categories."""
    found = counted.categories.items()
    return replace(counted, categories={CALLED.get(key, key): many for key, many in found})


HERE = here(COUNTED)


@pytest.fixture(params=["Asia/Jakarta", "Asia/Makassar", "Asia/Jayapura"])
def told(office, request):
    told = tell_golden_month(office.ledger, request.param)
    desk: DeskNow = office.desk
    office.desk = replace(desk, desk=told.desk)
    office.clock.now = made_at(told)
    return told


async def test_page_tables_and_api_say_what_was_counted_by_hand(office, told, rina):
    answer = await office.program().get("/reports/statistics", params=DAYS)
    assert of_api(answer.json()) == HERE
    page = await rina.opens(f"/dashboard?{SPAN}")
    assert "Tickets 12 up 11" in page.text  # September had one
    assert "First response in time 92% 11 of 12" in page.text
    assert "Solved in time 58% 7 of 12" in page.text
    assert "Median until solved 6 hours" in page.text
    assert "Median first response 10 minutes" in page.text
    assert await of_tables(rina) == HERE
    await says_the_same_by_the_monthly_api(office)


@pytest.mark.parametrize("told", ["Asia/Jayapura"], indirect=True)
async def test_what_is_filed_and_closed_says_the_same_and_what_changes_after_it_is_told(
    office, told, rina, maker, tmp_path
):
    page = await rina.opens("/reports")
    await rina.sends(page, "/reports", month="2026-10", format="xlsx")
    await maker.drain()
    await rina.sends(await rina.opens("/reports"), "/reports/close")
    await maker.drain()
    for report in (1, 2):
        file = tmp_path / f"{report}.xlsx"
        file.write_bytes((await rina.client.get(f"/reports/{report}")).content)
        assert of_workbook(file) == HERE
    with office.ledger.reading() as session:
        (closed,) = closings(session, SLUG)
    assert closed.figures == FIGURES
    office.clock.now += timedelta(hours=1)
    office.ledger.write_blocking(
        lambda tx: handling.categorise(tx, 16, "login", desk=office.desk, by=BUDI, at=office.clock.now)
    )
    async with office.program() as program:
        found = (await program.get("/reports/monthly", params=MONTH)).json()["corrections"]
    assert {each["figure"]: (each["before"], each["after"]) for each in found["changes"]} == {
        "uncategorised": (2, 1),
        "category/login": (5, 6),
    }
    (cause,) = found["causes"]
    assert (cause["kind"], cause["ticket"], cause["after"]) == ("ticket.categorised", 16, "login")


async def says_the_same_by_the_monthly_api(office):
    async with office.program() as program:
        month = (await program.get("/reports/monthly", params=MONTH)).json()
        assert of_api(month) == HERE
        assert month["statuses"] == STATUSES
        assert (month["spam"], month["merged"], month["reopened"], month["uncategorised"]) == (1, 1, 1, 2)
        assert (month["messages"]["in"], month["messages"]["out"]) == (14, 12)
        assert [row["now"] for row in month["compared"]] == [12, 9, 11 / 12, 10.0, 7 / 12, 360.0]
        assert (month["compared"][0]["before"], month["compared"][0]["year_before"]) == (1, None)
        assert month["corrections"] is None
        table = await program.get("/reports/monthly", params={**MONTH, "format": "csv"})
        assert of_lines(list(csv.DictReader(io.StringIO(table.text, newline="")))) == HERE
        for part, counted in PARTS:
            only = {key: value for key, value in vars(part).items() if value}
            for path, of in (("monthly", MONTH), ("statistics", DAYS)):
                found = await program.get(f"/reports/{path}", params={**of, **only})
                assert of_api(found.json()) == here(counted)


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
    median, p90 = (
        None if one is None else timedelta(minutes=one)
        for one in (found["median_minutes"], found["p90_minutes"])
    )
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
