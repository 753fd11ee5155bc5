"""A ticket that is another unit's matter is handed over with its history, by page and by program."""

import pytest

from tests.tickets.desks import whatsapp


@pytest.fixture
def ticket(office):
    office.has_neighbour("sdm", "Bagian SDM")
    return office.receives(whatsapp("cuti tahunan saya belum muncul", sid="SM1")).ticket.number


@pytest.fixture
async def api(office):
    async with office.program() as program:
        yield program


async def test_a_supervisor_moves_it_on_the_page_and_its_history_goes_along(office, ticket, rina):
    page = await rina.opens(f"/tickets/{ticket}")
    await rina.sends(page, "/move", desk="sdm", reason="Urusan SDM")
    moved = office.ticket(ticket)
    assert (moved.desk, moved.assignee, moved.team) == ("sdm", None, None)


async def test_an_agent_of_one_desk_alone_cannot_move_it(office, ticket, rina, budi):
    page = await rina.opens(f"/tickets/{ticket}")
    own = await budi.opens(f"/tickets/{ticket}")
    sent = {**page.form("/move").fields, "token": own.form("/say").fields["token"], "desk": "sdm"}
    refused = await budi.client.post(f"/tickets/{ticket}/move", data=sent)
    assert refused.status_code == 403
    assert office.ticket(ticket).desk == "uji"


async def test_a_program_moves_it_and_the_messages_are_the_other_desk_s(ticket, api):
    moved = (await api.post(f"/tickets/{ticket}/move", json={"desk": "sdm"})).json()
    assert (moved["number"], moved["desk"], moved["category"]) == (ticket, "sdm", None)
    assert [each["text"] for each in moved["messages"]] == ["cuti tahunan saya belum muncul"]
    assert "ticket.moved" in [each["kind"] for each in moved["events"]]
    listed = (await api.get("/tickets", params={"desk": "sdm"})).json()["items"]
    assert [each["number"] for each in listed] == [ticket]


@pytest.mark.parametrize(
    ("body", "status", "field"),
    [({"desk": "tidak-ada"}, 422, "desk"), ({"desk": "sdm", "category": "tidak-ada"}, 422, "category")],
)
async def test_what_the_other_desk_does_not_have_is_refused(office, ticket, api, body, status, field):
    refused = await api.post(f"/tickets/{ticket}/move", json=body)
    assert (refused.status_code, refused.json()["error"]["field"]) == (status, field)
    assert office.ticket(ticket).desk == "uji"
