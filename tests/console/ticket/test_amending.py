"""Answers and notes changed and taken back from the pages and by programs."""

import inspect
from dataclasses import replace
from datetime import timedelta

import pytest

from console.ticket import acts as ticket_acts
from tests.tickets.desks import whatsapp
from tickets import edits, outbox
from tickets.message import Edited, File, Person, Shared


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


async def test_an_answer_in_doubt_is_sent_again_from_the_page_and_by_a_program_once(budi, office, number):
    def in_doubt(tx):
        for parcel in outbox.claim(tx, now=office.clock.now, most=9, lease=timedelta(minutes=2)):
            outbox.settle_unknown(tx, parcel, reason="cut", at=office.clock.now)

    page = await budi.opens(f"/tickets/{number}")
    page = await budi.sends(page, f"/{number}/say", text="Silakan.")
    assert "Send it again" not in page.text
    office.ledger.write_blocking(in_doubt)
    page = await budi.sends(await budi.opens(f"/tickets/{number}"), f"/{number}/send_again")
    assert "Send it again" not in page.text
    office.ledger.write_blocking(in_doubt)
    async with office.program() as api:
        answer = (await api.get(f"/tickets/{number}")).json()["messages"][-1]
        again = f"/tickets/{number}/messages/{answer['id']}/send-again"
        sent = (await api.post(again)).json()["messages"][-1]
        assert (answer["delivery"]["state"], sent["delivery"]["state"]) == ("unknown", "queued")
        assert (await api.post(again)).status_code == 409


async def test_on_the_page_a_note_is_changed_and_what_it_said_before_stays(budi, number):
    page = await budi.opens(f"/tickets/{number}")
    page = await budi.sends(page, f"/{number}/say", text="curiga akun palsu", **{"as": "note"})
    page = await budi.sends(page, f"/{number}/amend", text="curiga akun tiruan")
    assert "curiga akun tiruan" in page.text
    assert "curiga akun palsu" in page.text
    page = await budi.sends(page, f"/{number}/withdraw_message")
    assert "taken back" in page.text
    assert "curiga akun tiruan" in page.text


async def test_a_contacts_reply_links_to_what_it_answers_and_what_they_deleted_is_for_supervisors(
    budi, rina, office, number
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
    assert "sandi &lt;Edunex&gt;" not in page.answer.text
    assert "<s>sandi &lt;Edunex&gt;</s>" in (await rina.opens(f"/tickets/{number}")).answer.text
    assert '<a href="https://edunex.example" rel="noopener noreferrer nofollow"' in page.answer.text
    assert "Deleted by its sender" in page.text
    assert f'<a href="#message-{reply.message}">a deleted message</a>' in page.answer.text
    page = await budi.sends(page, f"/{number}/say", text="Tidak apa-apa, **Ana**.")
    assert "Tidak apa-apa, <strong>Ana</strong>." in page.answer.text


async def test_what_a_contact_deleted_is_in_no_list_and_a_poll_is_shown_with_its_options(budi, office):
    photo = File(name="ktp.png", type="image/png", size=4, content=b"\x89PNG")
    number = office.receives(replace(whatsapp("rahasia saya", sid="SM5"), files=(photo,))).ticket.number
    poll = Shared(
        kind="poll", content={"question": "Kapan?", "options": ["Senin", "<Selasa>"], "several": False}
    )
    office.receives(replace(whatsapp("Jajak pendapat: Kapan?", sid="SM6"), shared=poll))
    deletion = Edited(
        event_id="SM7", external_id="SM5", place=whatsapp("", sid="SM7").place, sender=Person(address="+628111"),
        text="", deleted=True, raw=b"SM7",
    )  # fmt: skip
    office.ledger.write_blocking(lambda tx: edits.take_edit(tx, deletion, at=office.clock.now))
    inbox, page = await budi.opens("/inbox"), await budi.opens(f"/tickets/{number}")
    async with office.program() as api:
        shown = (await api.get(f"/tickets/{number}")).json()
    for text in (inbox.answer.text, page.answer.text, str(shown)):
        assert "rahasia" not in text
        assert "ktp.png" not in text
    assert "<li>Senin</li><li>&lt;Selasa&gt;</li>" in page.answer.text
    assert (shown["messages"][1]["kind"], shown["messages"][1]["content"]["question"]) == ("poll", "Kapan?")


def test_each_act_of_the_page_has_a_name_of_its_own():
    themes = [each for each in vars(ticket_acts).values() if inspect.ismodule(each) and hasattr(each, "ACTS")]
    assert len(themes) > 1
    assert sum(len(theme.ACTS) for theme in themes) == len(ticket_acts.ACTS)
