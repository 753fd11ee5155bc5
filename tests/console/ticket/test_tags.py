"""Tags on the pages and in the API: one act, the same refusals, found in lists."""

import pytest

from tests.tickets.desks import whatsapp
from tickets.actions import tagging


@pytest.fixture
def number(office):
    return office.receives(whatsapp("lupa sandi", sid="SM1")).ticket.number


async def test_a_program_tags_a_ticket_and_finds_it_by_the_tag(office, number):
    other = office.receives(whatsapp("lain", sid="SM2", sender="+62812")).ticket.number
    async with office.program() as api:
        answer = await api.post(f"/tickets/{number}/tag", json={"tag": "Tamu penting"})
        assert (answer.status_code, answer.json()["tags"]) == (200, ["tamu-penting"])
        found = (await api.get("/tickets", params={"tag": "tamu-penting"})).json()["items"]
        assert [each["number"] for each in found] == [number]
        assert other != number
        answer = await api.post(f"/tickets/{number}/untag", json={"tag": "tamu-penting"})
        assert answer.json()["tags"] == []
        assert [each["kind"] for each in answer.json()["events"]][-2:] == ["ticket.tagged", "ticket.untagged"]


async def test_what_is_no_tag_is_refused_by_its_field(office, number):
    async with office.program() as api:
        answer = await api.post(f"/tickets/{number}/tag", json={"tag": "!?"})
        assert (answer.status_code, answer.json()["error"]["field"]) == (422, "tag")


async def test_on_the_page_a_tag_is_put_on_shown_in_the_inbox_and_taken_off(office, budi, number):
    page = await budi.sends(await budi.opens(f"/tickets/{number}"), f"/{number}/tag", tag="vip")
    assert "Tagged: vip" in page.text
    inbox = await budi.opens("/inbox?tag=vip")
    assert f"#{number}" in inbox.text
    assert f"#{number}" not in (await budi.opens("/inbox?tag=lain")).text
    await budi.sends(page, f"/{number}/untag")
    assert office.ledger.write_blocking(lambda tx: tagging.tags_of(tx, number)) == ()
