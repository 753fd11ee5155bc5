"""What is kept of a contact: a page for supervisors, with who looked, a ZIP, and an erasure in two steps."""

import io
from zipfile import ZipFile

import pytest

from templates_replies.personal_phrases import thing
from tests.tickets.desks import MONDAY, SLUG, whatsapp
from tickets import removals
from tickets import ticket as tickets_
from tickets.erasure import Thing
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

    listed = await rina.opens("/removals")
    assert "At its owner's request" in listed.text
    assert "under way" in listed.text
    assert (await budi.opens("/removals")).status == 403

    def ends(tx):
        removals.note(tx, asked.id, {Thing.FILES: 3}, ())
        removals.done(tx, asked.id, at=office.clock.now)
        night = removals.begin(tx, desk=SLUG, kind=removals.RETENTION, by="system", before=MONDAY, at=MONDAY)
        removals.note(tx, night, {Thing.RAW: 7}, ())
        removals.begin(
            tx, desk=SLUG, kind=removals.RETENTION, by="system:terminal", months=["2020-12"], at=MONDAY
        )
        removals.begin(tx, desk="other", kind=removals.RETENTION, by="system", reason="theirs", at=MONDAY)

    office.ledger.write_blocking(ends)
    listed = (await rina.opens("/removals")).text
    assert "surat" in listed
    assert "theirs" not in listed
    assert "done" in listed.split("At its owner's request")[1]
    assert ("3 " + thing("en", Thing.FILES)) in listed
    assert ("7 " + thing("en", Thing.RAW)) in listed
    assert "Kept for long enough" in listed
    assert "Months that went whole, with their history and times: December 2020" in listed


async def test_a_program_of_a_supervisor_does_the_same(office):
    ticket = office.receives(whatsapp("rahasiaku", sid="SM1")).ticket
    async with office.program() as program:
        plan = await program.get(f"/contacts/{ticket.contact}/erasure")
        assert (plan.json()["goes"]["messages"], plan.json()["hindered"][0]["by"]) == (1, "ticket")
        refused = await program.post(f"/contacts/{ticket.contact}/erase", json={"reason": "surat"})
        assert refused.status_code == 409
        assert (await program.get(f"/contacts/{ticket.contact}/export.zip")).status_code == 200
