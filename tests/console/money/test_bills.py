"""Invoices on pages and by the API: seen, checked, written down, replaced, taken out as a table."""

import csv
import io

import pytest

from procedures.cases import rows as cases
from procedures.cases.happened import Doing
from procedures.running import actions, paying
from tests.console.houses import Office
from tests.procedures.lending import LENDING
from tests.procedures.test_money import FORM
from tests.tickets.desks import BUDI, SLUG, whatsapp
from tickets.actor import CONTACT


@pytest.fixture
def office(ledger):
    return Office(ledger, procedures=(LENDING,))


@pytest.fixture
def billed(office):
    """The studio of a contact with a name like a formula is billed, and a first proof handed in."""
    message = office.receives(whatsapp("bukti", sid="SM1", name="=HYPERLINK(1)")).message
    at, desk = office.clock.now, office.desk

    def job(tx):
        case = actions.start(tx, 1, LENDING, answers=FORM, desk=desk, by=BUDI, at=at)
        case = actions.act(
            tx, case.id, "invoice", "done", procedure=LENDING, answers={}, reason=None, desk=desk, by=BUDI, at=at
        )  # fmt: skip
        paying.hand_in(tx, case, message, doing=Doing(procedure=LENDING, desk=desk, by=CONTACT, at=at))
        return case.id

    return office.ledger.write_blocking(job)


async def test_whoever_checks_does_so_on_the_page_and_the_list_sums_up(office, billed, kepala, budi, rina):
    listed = await budi.opens("/bills?show=to_check")
    assert "INV/2026/0001" in listed.text
    assert "Rp950,000" in listed.text
    assert "proof waits" in listed.text
    table = await budi.opens(f"/bills.csv?desk={SLUG}&show=all")
    header, row = csv.reader(io.StringIO(table.answer.text))
    assert dict(zip(header, row, strict=True)) | {"contact": "'=HYPERLINK(1)", "left": "950000"} == dict(
        zip(header, row, strict=True)
    )
    office.has_neighbour("lib", "Perpustakaan")  # whoever looks at all desks sees what any of them is owed
    every = await kepala.opens("/bills?show=to_check")
    assert ("INV/2026/0001" in every.text, "Peminjaman" in every.text) == (True, True)
    assert "INV/2026/0001" not in (await kepala.opens("/bills?show=to_check&desk=lib")).text
    table = await kepala.opens("/bills.csv?desk=all&show=all")
    assert [row[-1] for row in csv.reader(io.StringIO(table.answer.text))] == ["desk", SLUG]
    page = await budi.opens("/bills/1")
    refused = await budi.sends(page, "/payments/1/accept", amount="nol")
    assert (refused.status, "the amount in rupiah" in refused.text) == (422, True)
    page = await budi.sends(page, "/payments/1/accept", amount="Rp500.000", paid_on="2026-10-05")
    assert "Receipt KW/2026/0001" in page.text
    page = await rina.sends(
        await rina.opens("/bills/1"), "/replace", reason="Hanya studio", **{"quantity.1": "", "name.2": "Listrik",
        "quantity.2": "1", "price.2": "50.000"},
    )  # fmt: skip
    assert "Hanya studio" in page.text
    page = await budi.opens("/bills/2")
    assert "Rp800,000" in page.text
    page = await budi.sends(page, "/receive")  # the rest, as the form has it
    assert "paid" in page.text
    assert office.ledger.write_blocking(lambda tx: cases.load(tx, billed)).standing.open == ("layani",)
    assert "INV/2026/0002 · Rp800,000 · paid" in (await budi.opens("/tickets/1")).text


async def test_programs_read_invoices_and_say_what_has_come_in(office, billed):
    async with office.program() as program:
        (bill,) = (await program.get("/bills", params={"desk": SLUG, "show": "to_check"})).json()["items"]
        assert (bill["number"], bill["left"], bill["overdue"]) == ("INV/2026/0001", 950_000, False)
        assert (await program.get(f"/cases/{billed}/bills")).json()["items"] == [bill]
        refused = await program.post("/payments/1/refuse", json={"reason": "Buram"})
        assert refused.json()["payments"][0]["state"] == "refused"
        assert (await program.post("/payments/1/accept")).status_code == 409
        assert (await program.post("/payments/9/accept")).status_code == 404
        lines = [{"name": "Sewa", "price": 100_000, "quantity": 1.5}]
        after = (await program.post("/bills/1/replace", json={"lines": lines, "reason": "Keliru"})).json()
        assert (after["total"], after["replaces"], after["number"]) == (150_000, 1, "INV/2026/0002")
        assert (await program.post("/bills/1/void", json={"reason": "Lagi"})).status_code == 409
        paid = (await program.post("/bills/2/payments", json={"amount": 150_000})).json()
        assert (paid["state"], paid["payments"][-1]["receipt"]) == ("paid", "KW/2026/0001")
