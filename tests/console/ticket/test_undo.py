"""An answer from a page waits for a moment, and is as if it had never been given when it is taken back in time."""

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.tickets.desks import whatsapp
from tickets import outbox
from tickets.desk import Handling
from tickets.ledger.events import clocks_of
from tickets.lifecycle import Status
from tickets.ticket import load


@pytest.fixture
def number(office):
    office.desk = replace(
        office.desk, desk=replace(office.desk.desk, handling=Handling(undo_within=timedelta(seconds=10)))
    )
    return office.receives(whatsapp("lupa sandi", sid="SM1")).ticket.number


@pytest.fixture
def leaves(office):
    def claimed():
        parcels = office.ledger.write_blocking(
            lambda tx: outbox.claim(tx, now=office.clock.now, most=9, lease=timedelta(minutes=2))
        )
        return [each.payload["text"] for each in parcels]

    return claimed


async def test_an_answer_taken_back_in_time_never_met_a_clock_and_its_words_are_in_the_form(
    office, budi, number, leaves
):
    before = office.ledger.write_blocking(lambda tx: clocks_of(tx, number))
    page = await budi.sends(
        await budi.opens(f"/tickets/{number}"), "/say", text="Mohon tunggu.", **{"as": "wait"}
    )
    assert "The answer is sent in 10 seconds." in page.text
    assert leaves() == []
    page = await budi.sends(page, "/undo")
    assert page.form("/say").fields["text"] == "Mohon tunggu."
    assert "Answer undone before it was sent" in page.text
    ticket, after = office.ledger.write_blocking(lambda tx: (load(tx, number), clocks_of(tx, number)))
    assert (ticket.status, after) == (Status.NEW, before)
    office.clock.now += timedelta(minutes=1)
    assert leaves() == []


async def test_an_answer_leaves_when_its_time_is_over_and_cannot_be_undone_by_then(
    office, budi, rina, number, leaves
):
    page = await budi.sends(
        await budi.opens(f"/tickets/{number}"), "/say", text="Silakan.", **{"as": "answer"}
    )
    assert "The answer is sent in" not in (await rina.opens(f"/tickets/{number}")).text
    office.clock.now += timedelta(seconds=10)
    assert leaves() == ["Silakan."]
    late = await budi.sends(page, "/undo")
    assert late.status == 409
    assert "It is too late" in late.text
    assert office.ledger.write_blocking(lambda tx: load(tx, number)).status is Status.OPEN


async def test_what_the_contact_wrote_meanwhile_stays(office, budi, number):
    page = await budi.sends(
        await budi.opens(f"/tickets/{number}"), "/say", text="Lihat ini.", **{"as": "wait"}
    )
    page = await budi.sends(page, "/undo")
    office.clock.now += timedelta(seconds=30)
    await budi.sends(page, f"/{number}/wait")
    page = await budi.sends(await budi.opens(f"/tickets/{number}"), "/say", text="Sudah.", **{"as": "answer"})
    office.receives(whatsapp("belum bisa", sid="SM2"))
    await budi.sends(page, "/undo")
    assert office.ledger.write_blocking(lambda tx: load(tx, number)).status is Status.OPEN


async def test_undo_gives_back_the_files_too_which_no_refusal_costs(office, budi, number):
    async def says(page, **more):
        fields = page.form("/say").fields | {"text": "Lihat berkas ini."} | more
        files = {"files": ("bukti.txt", b"isi", "text/plain")}
        return await budi.client.post(f"/tickets/{number}/say", data=fields, files=files)

    page = await budi.opens(f"/tickets/{number}")
    assert (await says(page, **{"as": "solve"})).status_code == 409  # there is no category
    page = await budi.opens(f"/tickets/{number}")
    assert "bukti.txt" in page.text
    page = await budi.sends(page, "/say", text="Lihat berkas ini.", **{"as": "answer"})
    assert "kept" not in page.form("/say").fields
    page = await budi.sends(page, "/undo")
    assert page.form("/say").fields["text"] == "Lihat berkas ini."
    assert page.form("/say").fields["kept"]
    await budi.sends(page, "/say", **{"as": "answer"})
    async with office.program() as api:
        sent = (await api.get(f"/tickets/{number}")).json()["messages"][-1]
    assert [each["name"] for each in sent["attachments"]] == ["bukti.txt"]


async def test_everybody_chooses_for_how_long_they_can_undo_up_to_what_their_desk_has(office, budi, number):
    for chosen, seconds in (("5", "in 5 seconds"), ("20", "in 10 seconds"), ("0", None)):
        await budi.sends(await budi.opens("/account"), "/account/undo", seconds=chosen)
        page = await budi.opens(f"/tickets/{number}")
        page = await budi.sends(page, "/say", text="Halo.", **{"as": "answer"})
        assert (seconds is None and "The answer is sent in" not in page.text) or seconds in page.text
        office.clock.now += timedelta(minutes=1)
