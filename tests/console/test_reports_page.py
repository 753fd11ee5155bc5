"""The page of monthly reports: a month is made, kept and handed out, closed and opened again, by supervisors alone."""

import io

import openpyxl
import pytest

from tests.tickets.desks import SLUG, whatsapp

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


async def test_a_month_is_made_handed_out_closed_and_opened_again(office, rina, budi):
    office.receives(whatsapp("halo", sid="SM1"))
    page = await rina.opens("/reports")
    made = await rina.sends(page, "/reports", month="2026-10", category="password")
    assert "The report is made and in the archive" in made.text
    assert "Made by Rina" in made.text
    whole = await rina.sends(made, "/reports", month="2026-10", category="")
    taken = await rina.client.get("/reports/2")
    assert taken.headers["content-disposition"].endswith(f"{SLUG}-2026-10.xlsx")
    sheets = openpyxl.load_workbook(io.BytesIO(taken.content)).sheetnames
    assert "Tiket" in sheets
    closed = await rina.sends(whole, "/reports/close")
    assert "Closed by Rina" in closed.text
    again = await rina.opens("/reports")
    assert "Close September 2026" not in again.text
    opened = await rina.sends(again, "/reports/reopen")
    assert "reopened by Rina" in opened.text
    trail = await rina.client.get("/reports/3")
    assert trail.status_code == 200
    for path in ("/reports", "/reports/2"):
        assert (await budi.opens(path)).status == 403


async def test_what_cannot_be_reported_is_said_in_plain_words(rina):
    page = await rina.opens("/reports")
    for month in ("2026-13", "2999-01", "kemarin"):
        refused = await rina.sends(page, "/reports", month=month)
        assert (refused.status, "That month cannot be reported" in refused.text) == (422, True)
    refused = await rina.sends(page, "/reports", month="2026-09", category="tak-ada")
    assert "no such team or category" in refused.text
    assert (await rina.opens("/reports/99")).status == 404
