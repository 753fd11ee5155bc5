"""Calls and visits with their medium, and writing first, by program and by page."""

import pytest

from tests.tickets.desks import SLUG, whatsapp


@pytest.fixture
async def api(office):
    async with office.program() as program:
        yield program


async def test_a_program_writes_first(office, api):
    body = {"desk": SLUG, "to": "ana@example.com", "subject": "Nilai", "text": "Nilai Anda sudah muncul."}
    made = await api.post("/tickets/outgoing", json=body)
    assert made.status_code == 201
    ticket = made.json()
    assert (ticket["channel"], ticket["status"], ticket["subject"]) == ("email", "open", "Nilai")
    assert [clock["kind"] for clock in ticket["clocks"]] == ["resolution"]
    stranger = await api.post("/tickets/outgoing", json=body | {"to": "+628999"})
    assert (stranger.status_code, stranger.json()["error"]["code"]) == (409, "never_wrote")
    office.receives(whatsapp("halo", sid="SM1"))
    current = await api.post("/tickets/outgoing", json=body | {"to": "+628111"})
    assert (current.status_code, current.json()["error"]["code"]) == (409, "current_ticket")


async def test_a_program_names_the_medium_and_later_an_address(api):
    walk_in = {"desk": SLUG, "contact": {"name": "Pak Joko"}, "text": "Lupa sandi", "medium": "telephone"}
    opened = (await api.post("/tickets", json=walk_in)).json()
    assert opened["medium"] == "telephone"
    refused = await api.post("/tickets", json=walk_in | {"medium": "merpati"})
    assert (refused.status_code, refused.json()["error"]["field"]) == (422, "medium")
    await api.post(f"/tickets/{opened['number']}/reach", json={"to": "joko@example.com"})
    answered = (await api.post(f"/tickets/{opened['number']}/reply", json={"text": "Begini caranya."})).json()
    assert (answered["messages"][-1]["channel"], answered["messages"][-1]["delivery"]["state"]) == (
        "email",
        "queued",
    )


async def test_on_the_page_a_call_is_written_down_with_when_it_came(budi):
    page = await budi.opens("/new")
    ticket = await budi.sends(page, "/new", text="lupa sandi", medium="counter", came_at="2026-10-05T08:30")
    assert ticket.path == "/tickets/1"
    late = await budi.sends(await budi.opens("/new"), "/new", text="x", came_at="2026-10-05T23:30")
    assert late.status == 422


async def test_on_the_page_somebody_is_written_to_first(budi):
    page = await budi.opens("/write")
    refused = await budi.sends(page, "/write", to="+628999", text="Halo Bu")
    assert refused.status == 409
    assert "never written" in refused.text
    assert refused.form("/write").fields["text"] == "Halo Bu"
    ticket = await budi.sends(page, "/write", to="ana@example.com", subject="Nilai", text="Sudah muncul.")
    assert "Sudah muncul." in ticket.text
