"""Reply templates on a ticket's page and for programs: the likeliest first, what is missing asked, no gap sent."""

from dataclasses import replace

import pytest

from templates_replies.catalogue import ReplyTemplate
from tests.console.houses import CATALOGUE
from tests.tickets.desks import whatsapp
from tickets import contacts, views
from tickets.used_replies import FRESH

ASKING = ReplyTemplate(
    id="exam",
    title="Jadwal ujian",
    body={
        "id": "Halo {contact}, ujian pada {isi:tanggal ujian}. {{Salam}}",
        "en": "Hello {contact}, the exam is on {isi:date}.",
    },
)
MORE = tuple(ReplyTemplate(id=f"more-{n}", title=f"Lain {n}", body={"en": "Hello."}) for n in range(3))


@pytest.fixture
def asking(office):
    """The office, with a reply that asks for something."""
    object.__setattr__(
        office.house, "catalogue", lambda _desk: replace(CATALOGUE, replies=(*MORE, *CATALOGUE.replies, ASKING))
    )  # fmt: skip
    office.receives(whatsapp("kapan jadwal ujian susulan", sid="SM1"))
    return office


async def said(office):
    found = await office.ledger.read(lambda session: views.ticket(session, 1, link=str))
    return [message.text for message in found.messages if message.direction == "out"]


async def test_a_value_that_is_missing_has_a_field_and_goes_into_the_answer(asking, budi):
    page = await budi.opens("/tickets/1")
    assert "Halo Ana, ujian pada" in page.text
    filled = await budi.sends(page, "/say", pick="exam")
    fields = filled.form("/say").fields
    assert (fields["began_as"], fields["value:isi:tanggal ujian"]) == ("exam", "")
    shown = await budi.sends(filled, "/say", **{"value:isi:tanggal ujian": "Senin", "as": "fill"})
    assert shown.form("/say").fields["text"] == "Halo Ana, ujian pada Senin. {Salam}"
    await budi.sends(shown, "/say", **{"as": "answer"})
    assert await said(asking) == ["Halo Ana, ujian pada Senin. {Salam}"]


async def test_an_answer_with_a_gap_is_not_sent_and_one_whose_fields_are_filled_is(asking, budi):
    filled = await budi.sends(await budi.opens("/tickets/1"), "/say", pick="exam")
    refused = await budi.sends(filled, "/say", **{"as": "answer"})
    assert (refused.status, await said(asking)) == (422, [])
    assert "value:isi:tanggal ujian" in refused.form("/say").fields
    await budi.sends(refused, "/say", **{"value:isi:tanggal ujian": "Selasa", "as": "answer"})
    assert await said(asking) == ["Halo Ana, ujian pada Selasa. {Salam}"]


async def test_a_gap_that_somebody_wrote_away_is_none(asking, budi):
    filled = await budi.sends(await budi.opens("/tickets/1"), "/say", pick="exam")
    await budi.sends(filled, "/say", text="Halo Ana, jadwal menyusul {besok}.", **{"as": "answer"})
    assert await said(asking) == ["Halo Ana, jadwal menyusul {besok}."]


async def test_a_gap_in_ones_own_words_has_a_field_too_or_is_sent_as_it_stands(asking, budi):
    refused = await budi.sends(
        await budi.opens("/tickets/1"), "/say", text="Halo {nama}!", **{"as": "answer"}
    )
    assert (refused.status, await said(asking)) == (422, [])
    await budi.sends(refused, "/say", **{"value:nama": "Ana", "as": "answer"})
    refused = await budi.sends(
        await budi.opens("/tickets/1"), "/say", text="Tulis {nama}", **{"as": "answer"}
    )
    await budi.sends(refused, "/say", as_written="yes", **{"as": "answer"})
    assert await said(asking) == ["Halo Ana!", "Tulis {nama}"]


async def test_a_program_says_that_its_braces_are_meant_or_is_refused(asking):
    async with asking.program() as program:
        refused = await program.post("/tickets/1/reply", json={"text": "Halo {contact}"})
        assert (refused.status_code, refused.json()["error"]["missing"]) == (422, ["contact"])
        message = {"text": "Halo {contact}", "as_written": True}
        sent = (await program.post("/tickets/1/reply", json=message)).json()["messages"][-1]
        path = f"/tickets/1/messages/{sent['id']}/amend"
        amended = await program.post(path, json={"text": "Halo {contact}, {nama}"})
        assert (amended.status_code, amended.json()["error"]["missing"]) == (422, ["nama"])


async def test_the_likeliest_stand_first_and_say_why(asking):
    async with asking.program() as program:
        replies = (await program.get("/tickets/1/replies")).json()["items"]
    best = replies[0]
    assert (best["id"], best["reasons"], best["missing"]) == ("exam", ["words"], ["isi:tanggal ujian"])
    assert {each["id"]: each["foreign"] for each in replies}["more-0"] is True
    assert len(replies) == 5


async def test_what_was_given_for_a_category_moves_up(asking):
    async with asking.program() as program:
        await program.post("/tickets/1/categorise", json={"category": "password"})
        before = (await program.get("/tickets/1/replies")).json()["items"][0]
        for _ in range(16):
            await program.post("/tickets/1/reply", json={"template": "more-1"})
        asking.clock.now += FRESH
        after = (await program.get("/tickets/1/replies")).json()["items"][0]
    assert (before["id"], after["id"]) == ("reset", "more-1")
    assert after["reasons"] == ["used"]


async def test_a_program_is_told_what_a_reply_lacks_and_names_it(asking):
    async with asking.program() as program:
        refused = await program.post("/tickets/1/reply", json={"template": "exam"})
        error = refused.json()["error"]
        assert (refused.status_code, error["code"], error["missing"]) == (
            422,
            "values_missing",
            ["isi:tanggal ujian"],
        )
        empty = await program.post(
            "/tickets/1/reply", json={"template": "exam", "values": {"isi:tanggal ujian": " "}}
        )
        unknown = await program.post(
            "/tickets/1/reply", json={"template": "exam", "values": {"hari": "Rabu"}}
        )
        assert [each.status_code for each in (empty, unknown)] == [422, 422]
        assert await said(asking) == []
        values = {"isi:tanggal ujian": "Rabu"}
        assert (
            await program.post("/tickets/1/reply", json={"template": "exam", "values": values})
        ).is_success
    assert await said(asking) == ["Halo Ana, ujian pada Rabu. {Salam}"]


@pytest.mark.parametrize("body", [{}, {"text": "a", "template": "exam"}, {"template": "gone"}])
async def test_an_answer_is_either_words_or_a_template_of_the_desk(asking, body):
    async with asking.program() as program:
        assert (await program.post("/tickets/1/reply", json=body)).status_code == 422


async def test_the_reply_is_in_the_language_that_the_contact_writes_now(asking, budi):
    contact = asking.ticket(1).contact
    asking.ledger.write_blocking(lambda tx: contacts.change_contact(tx, contact, language="en"))
    filled = await budi.sends(await budi.opens("/tickets/1"), "/say", pick="exam")
    assert filled.form("/say").fields["text"].startswith("Hello Ana, the exam is on")
    assert "Indonesian only" in (await budi.opens("/tickets/1")).text
