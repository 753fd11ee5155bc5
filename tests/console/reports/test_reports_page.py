"""The page of monthly reports: a month is made, kept and handed out, closed and opened again, by supervisors alone."""

import io

import openpyxl
import pytest

from reports.filed.tables import FiledReport
from tests.tickets.desks import MONDAY, SLUG, whatsapp
from tickets.ledger.prepared import inserting

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


async def test_a_month_is_made_handed_out_closed_and_opened_again(office, rina, budi, maker):
    office.receives(whatsapp("halo", sid="SM1"))
    page = await rina.opens("/reports")
    asked = await rina.sends(page, "/reports", month="2026-10", category="password")
    assert "Waiting for its turn" in asked.text
    refused = await rina.sends(await rina.opens("/reports"), "/reports", month="2026-10", category="")
    assert (refused.status, "One file of yours is still being made" in refused.text) == (422, True)
    await maker.drain()
    made = await rina.opens("/reports")
    assert "Made by Rina" in made.text
    await rina.sends(made, "/reports", month="2026-10", category="")
    await maker.drain()
    assert (await rina.client.get("/makings/2")).headers["location"] == "/reports/2"
    taken = await rina.client.get("/reports/2")
    assert taken.headers["content-disposition"].endswith(f"{SLUG}-2026-10.xlsx")
    sheets = openpyxl.load_workbook(io.BytesIO(taken.content)).sheetnames
    assert "Tiket" in sheets
    closing = await rina.sends(await rina.opens("/reports"), "/reports/close")
    assert "Closing of September 2026" in closing.text
    await maker.drain()
    assert "The month is closed with this report" in (await rina.opens("/makings")).text
    again = await rina.opens("/reports")
    assert "Closed by Rina" in again.text
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


async def test_a_month_that_somebody_else_closes_meanwhile_is_closed_once(office, kepala, rina, maker):
    for who in (kepala, rina):
        await who.sends(await who.opens("/reports"), "/reports/close")
    await maker.drain()
    assert "The month is closed with this report" in (await kepala.opens("/makings")).text
    assert "closed already" in (await rina.opens("/makings")).text
    page = (await rina.opens("/reports")).text
    assert page.count("Closed by") == 1
    assert page.count("Download") == 1  # nothing of the second one is in the archive
    form = (await rina.opens("/reports")).form("/reports/reopen")
    assert form.fields["month"] == "2026-09"


async def test_a_report_that_has_reached_nobody_is_said_on_board_and_page(office, rina):
    waits = FiledReport(
        id=1, desk=SLUG, month="2026-09", format="pdf", language="id", occasion="arrived", name="x.pdf", size=1,
        sha256="0" * 64, made_by="system", made_at=MONDAY, told=0,
    )  # fmt: skip
    office.ledger.write_blocking(lambda tx: tx.run(inserting(FiledReport), **waits.model_dump()))
    for path in ("/board", "/reports"):
        assert "The report of September 2026 has reached nobody" in (await rina.opens(path)).text
