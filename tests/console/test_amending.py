"""Answers and notes changed and taken back from the pages and by programs."""

import pytest

from tests.tickets.desks import whatsapp


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
