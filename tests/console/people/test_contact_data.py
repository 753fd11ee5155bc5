"""What is kept of a contact: a page for supervisors, with who looked, a ZIP, and an erasure in two steps."""

import io
from zipfile import ZipFile

import pytest

from tests.tickets.desks import whatsapp
from tickets import removals
from tickets import ticket as tickets_
from tickets.lifecycle import Status

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


async def test_a_supervisor_sees_who_looked_takes_it_out_and_erases(office, budi, rina):
    ticket = office.receives(whatsapp("rahasiaku", sid="SM1")).ticket
    await budi.opens(f"/tickets/{ticket.number}")
    assert "Personal data" not in (await budi.opens(f"/tickets/{ticket.number}")).text
    assert "Personal data" in (await rina.opens(f"/tickets/{ticket.number}")).text
    assert (await budi.client.get(f"/contacts/{ticket.contact}")).status_code == 404
    zipped = await rina.client.get(f"/contacts/{ticket.contact}/export.zip")
    with ZipFile(io.BytesIO(zipped.content)) as archive:
        assert any(b"rahasiaku" in archive.read(name) for name in archive.namelist())
    page = await rina.opens(f"/contacts/{ticket.contact}")
    assert page.text.count("· opened a ticket of theirs") == 2  # budi and rina, once each
    assert "took out what is kept of them" in page.text
    assert "is not closed" in page.text
    office.ledger.write_blocking(
        lambda tx: tickets_.change(
            tx, ticket, at=office.clock.now, status=Status.CLOSED, closed_at=office.clock.now
        )
    )
    page = await rina.opens(f"/contacts/{ticket.contact}")
    page = await rina.sends(page, "/erase", reason="surat", sure="no")
    assert "Tick first" in page.text
    page = await rina.sends(page, "/erase", reason="surat", sure="yes")
    assert "is under way" in page.text
    (asked,) = office.ledger.write_blocking(removals.pending)
    assert (asked.contact, asked.reason) == (ticket.contact, "surat")


async def test_a_program_of_a_supervisor_does_the_same(office):
    ticket = office.receives(whatsapp("rahasiaku", sid="SM1")).ticket
    async with office.program() as program:
        plan = await program.get(f"/contacts/{ticket.contact}/erasure")
        assert (plan.json()["goes"]["messages"], plan.json()["hindered"][0]["by"]) == (1, "ticket")
        refused = await program.post(f"/contacts/{ticket.contact}/erase", json={"reason": "surat"})
        assert refused.status_code == 409
        assert (await program.get(f"/contacts/{ticket.contact}/export.zip")).status_code == 200
