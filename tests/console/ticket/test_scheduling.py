"""An answer that goes later, as a page and a program schedule it."""

from datetime import timedelta

import pytest

from tests.tickets.desks import whatsapp


@pytest.fixture
def number(office):
    return office.receives(whatsapp("lupa sandi", sid="SM1")).ticket.number


async def test_what_is_written_goes_when_the_office_opens_and_can_be_changed_and_taken_back(
    office, budi, rina, number
):
    page = await budi.opens(f"/tickets/{number}")
    page = await budi.presses(
        page, "/say", f"/tickets/{number}/later", text="Sudah kami reset.", later="opening"
    )
    assert "Goes" in page.text
    assert page.form("/say").fields["text"] == ""
    assert "scheduled" in (await rina.opens("/inbox")).text
    page = await rina.opens(f"/tickets/{number}")
    assert "Sudah kami reset." in page.text
    page = await rina.sends(page, "/change", text="Sudah direset.", later_at="2026-10-07T10:00", then="wait")
    assert "Scheduled answer changed" in page.text
    assert "then waits for the contact" in page.text
    page = await rina.sends(page, "/cancel")
    assert page.form("/say").fields["text"] == "Sudah direset."
    assert not any(form.action.endswith("/send") for form in page.forms)


async def test_it_is_sent_now_and_a_time_is_asked_for_and_a_note_is_none(office, budi, number):
    page = await budi.opens(f"/tickets/{number}")
    for wrong in ({"later": "at", "later_at": "besok"}, {"later": "soon", "mode": "note"}):
        refused = await budi.presses(page, "/say", f"/tickets/{number}/later", text="Nanti ya.", **wrong)
        assert (refused.status, refused.form("/say").fields["text"]) == (422, "Nanti ya.")
    page = await budi.presses(page, "/say", f"/tickets/{number}/later", text="Nanti ya.", later="soon")
    page = await budi.sends(page, "/send")
    async with office.program() as api:
        ticket = (await api.get(f"/tickets/{number}")).json()
    assert (ticket["status"], ticket["messages"][-1]["text"]) == ("open", "Nanti ya.")


async def test_a_program_does_the_same(office, number):
    due_at = (office.clock.now + timedelta(hours=2)).isoformat()
    async with office.program() as api:
        path = f"/tickets/{number}/scheduled"
        made = await api.post(path, json={"text": "Siap.", "send_at": due_at})
        (waiting,) = (await api.get(path)).json()["items"]
        assert (made.status_code, waiting["text"], waiting["held"]) == (201, "Siap.", None)
        changed = await api.post(f"{path}/{waiting['id']}", json={"text": "Siap, Kak.", "wait": True})
        (item,) = changed.json()["items"]
        assert (item["text"], item["wait"], item["solve"]) == ("Siap, Kak.", True, False)
        both = await api.post(path, json={"text": "Siap.", "send_at": due_at, "wait": True, "solve": True})
        assert (both.status_code, both.json()["error"]["field"]) == (422, "solve")
        past = await api.post(path, json={"text": "Siap.", "send_at": "2020-01-01T00:00:00Z"})
        assert (past.status_code, past.json()["error"]["field"]) == (422, "send_at")
        assert (await api.post(f"{path}/{waiting['id']}/cancel")).json()["items"] == []
        assert (await api.post(f"{path}/{waiting['id']}/send")).status_code == 422
