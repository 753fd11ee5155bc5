"""Answers and notes changed and taken back from the pages and by programs."""

from dataclasses import replace

import pytest

from tests.tickets.desks import whatsapp
from tickets import edits
from tickets.message import Edited, Person


@pytest.fixture
def number(office):
    return office.receives(whatsapp("lupa sandi", sid="SM1")).ticket.number


async def test_a_program_changes_an_answer_that_still_waits_and_takes_it_back(office, number):
    async with office.program() as api:
        answer = (await api.post(f"/tickets/{number}/reply", json={"text": "Silahkan."})).json()["messages"][
            -1
        ]
        path = f"/tickets/{number}/messages/{answer['id']}"
        shown = (await api.post(f"{path}/amend", json={"text": "Silakan."})).json()["messages"][-1]
        assert (shown["text"], [each["text"] for each in shown["edits"]]) == ("Silakan.", ["Silahkan."])
        shown = (await api.post(f"{path}/withdraw")).json()["messages"][-1]
        assert shown["withdrawn_at"] is not None
        assert (await api.post(f"{path}/amend", json={"text": "Lagi."})).status_code == 409
        theirs = f"/tickets/{number}/messages/{answer['id'] - 1}"
        assert (await api.post(f"{theirs}/withdraw")).status_code == 422


async def test_on_the_page_a_note_is_changed_and_what_it_said_before_stays(budi, number):
    page = await budi.opens(f"/tickets/{number}")
    page = await budi.sends(page, f"/{number}/say", text="curiga akun palsu", **{"as": "note"})
    page = await budi.sends(page, f"/{number}/amend", text="curiga akun tiruan")
    assert "curiga akun tiruan" in page.text
    assert "curiga akun palsu" in page.text


async def test_a_contacts_reply_links_to_what_it_answers_and_what_they_deleted_is_shown_as_such(
    budi, office, number
):
    reply = office.receives(replace(whatsapp("sandi <Edunex>", sid="SM2"), replies_to="SM1"))
    office.receives(replace(whatsapp("https://edunex.example", sid="SM3"), replies_to="SM2"))
    deletion = Edited(
        event_id="SM4", external_id="SM2", place=whatsapp("", sid="SM4").place, sender=Person(address="+628111"),
        text="", deleted=True, raw=b"SM4",
    )  # fmt: skip
    office.ledger.write_blocking(lambda tx: edits.take_edit(tx, deletion, at=office.clock.now))
    page = await budi.opens(f"/tickets/{number}")
    assert f'<a href="#message-{reply.message - 1}">lupa sandi</a>' in page.answer.text
    assert "<s>sandi &lt;Edunex&gt;</s>" in page.answer.text
    assert '<a href="https://edunex.example" rel="noopener noreferrer nofollow"' in page.answer.text
    assert "Deleted by its sender" in page.text
    assert f'<a href="#message-{reply.message}">a deleted message</a>' in page.answer.text
    page = await budi.sends(page, f"/{number}/say", text="Tidak apa-apa, **Ana**.")
    assert "Tidak apa-apa, <strong>Ana</strong>." in page.answer.text
