"""What is written on a ticket's page goes where its form says: to the contact, or to nobody."""

import pytest

from tests.tickets.desks import whatsapp


@pytest.fixture
def number(office):
    return office.receives(whatsapp("lupa sandi", sid="SM1")).ticket.number


async def shown(office, number):
    async with office.program() as api:
        return (await api.get(f"/tickets/{number}")).json()


async def test_what_is_written_as_a_note_goes_to_nobody_whichever_button_is_pressed(office, budi, number):
    page = await budi.opens(f"/tickets/{number}")
    await budi.client.post(
        f"/tickets/{number}/draft", data=page.form("/say").fields | {"text": "akun palsu?", "mode": "note"}
    )
    page = await budi.opens(f"/tickets/{number}")
    assert page.form("/say").fields["mode"] == "note"
    await budi.sends(page, "/say", **{"as": "answer"})
    said = (await shown(office, number))["messages"][-1]
    assert (said["direction"], said["text"]) == ("note", "akun palsu?")


async def test_an_answer_that_solves_needs_a_category_and_is_not_sent_without(office, budi, number):
    page = await budi.opens(f"/tickets/{number}")
    refused = await budi.sends(page, "/say", text="Sudah beres.", **{"as": "solve"})
    assert refused.status == 409
    assert refused.form("/say").fields["text"] == "Sudah beres."
    assert len((await shown(office, number))["messages"]) == 1
    await budi.sends(refused, "/categorise", category="password")
    await budi.sends(refused, "/say", **{"as": "solve"})
    ticket = await shown(office, number)
    assert ticket["status"] == "solved"
    assert "Sudah beres." in [each["text"] for each in ticket["messages"]]


async def test_templates_are_listed_as_they_would_read_and_only_to_whom_sees_the_ticket(office, budi, number):
    listed = (await budi.client.get(f"/tickets/{number}/templates")).json()
    assert [each["id"] for each in listed] == ["reset"]
    assert listed[0]["text"].startswith(f"Halo Ana, tiket #{number}:")
    assert (await budi.client.get("/tickets/7/templates")).status_code == 404
