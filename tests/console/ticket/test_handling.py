"""Spam, blocked addresses, priority and sleep, by program and by page."""

import pytest

from tests.tickets.desks import whatsapp
from tickets.ledger.events import append


@pytest.fixture
async def api(office):
    async with office.program() as program:
        yield program


@pytest.fixture
def number(office):
    return office.receives(whatsapp("PULSA MURAH", sid="SM1")).ticket.number


async def test_a_program_throws_out_blocks_lists_and_takes_back(office, api, number):
    spam = (await api.post(f"/tickets/{number}/spam", json={"reason": "jualan", "block": True})).json()
    assert (spam["status"], spam["blocked"]) == ("closed", True)
    assert all(clock["ended_at"] for clock in spam["clocks"])
    taken = office.receives(whatsapp("nilai saya belum muncul", sid="SM2"))
    assert taken.ticket is None
    (address,) = (await api.get("/blocked")).json()["items"]
    assert (address["address"], address["reason"], address["held"]) == ("+628111", "jualan", 1)
    (held,) = (await api.get(f"/blocked/{address['id']}/messages")).json()["items"]
    assert (held["text"], held["ticket"]) == ("nilai saya belum muncul", None)
    assert (await api.get(f"/messages/{held['id']}/raw")).content == b"Body=nilai saya belum muncul"
    unblocked = await api.post(f"/blocked/{address['id']}/unblock", json={"take_in": True})
    assert unblocked.json()["blocked_at"] is None
    assert (await api.get("/blocked")).json()["items"] == []
    opened = (await api.get(f"/tickets/{number + 1}")).json()
    assert [message["text"] for message in opened["messages"]] == ["nilai saya belum muncul"]
    restored = (await api.post(f"/tickets/{number}/restore")).json()
    assert (restored["status"], restored["spam_at"]) == ("new", None)
    assert [clock["ended_at"] for clock in restored["clocks"]] == [None, None]


async def test_an_address_that_is_not_blocked_is_not_unblocked(api, number):
    refused = await api.post("/blocked/1/unblock")
    assert (refused.status_code, refused.json()["error"]["message"]) == (404, "no such address is blocked")


async def test_a_program_sets_the_priority_and_lists_by_it(office, api, number):
    office.receives(whatsapp("yang biasa", sid="SM2", sender="+628222"))
    urgent = await api.post(f"/tickets/{number}/priority", json={"priority": "urgent"})
    assert urgent.json()["priority"] == "urgent"
    listed = (await api.get("/tickets", params={"priority": "urgent"})).json()["items"]
    assert [ticket["number"] for ticket in listed] == [number]
    refused = await api.post(f"/tickets/{number}/priority", json={"priority": "gawat"})
    assert (refused.status_code, refused.json()["error"]["field"]) == (422, "priority")
    assert (await api.get("/tickets", params={"priority": "gawat"})).status_code == 422


async def test_a_program_lets_a_ticket_sleep_until_later_only(api, number):
    slept = await api.post(f"/tickets/{number}/snooze", json={"until": "2026-10-06T08:00:00+07:00"})
    assert slept.json()["snoozed_until"] == "2026-10-06T01:00:00+00:00"
    assert [ticket["number"] for ticket in (await api.get("/tickets?asleep=true")).json()["items"]] == [
        number
    ]
    assert (await api.post(f"/tickets/{number}/wake")).json()["snoozed_until"] is None
    past = await api.post(f"/tickets/{number}/snooze", json={"until": "2026-10-01T08:00:00+07:00"})
    assert (past.status_code, past.json()["error"]["field"]) == (422, "until")


async def test_on_the_page_a_ticket_sleeps_out_of_sight(office, budi, number):
    page = await budi.opens(f"/tickets/{number}")
    asleep = await budi.sends(page, "/snooze", until="2026-10-06T08:00")
    assert "asleep until tomorrow" in asleep.text
    assert "PULSA" not in (await budi.opens("/inbox")).text
    assert "PULSA" in (await budi.opens("/inbox?status=asleep")).text
    await budi.sends(asleep, "/wake")
    assert "PULSA" in (await budi.opens("/inbox")).text


async def test_the_inbox_shows_and_filters_by_priority(office, budi, number):
    await budi.sends(await budi.opens(f"/tickets/{number}"), "/priority", priority="high")
    assert "high" in (await budi.opens("/inbox?priority=high")).text
    assert "PULSA" not in (await budi.opens("/inbox?priority=low")).text


async def test_on_the_page_spam_is_thrown_out_its_sender_blocked_and_both_taken_back(
    office, budi, rina, number
):
    page = await budi.opens(f"/tickets/{number}")
    await budi.sends(page, "/spam", reason="jualan", block="1")
    assert "PULSA" not in (await budi.opens("/inbox")).text
    office.receives(whatsapp("nilai saya belum muncul", sid="SM2"))
    assert (await budi.opens("/blocked")).status == 403
    blocked = await rina.opens("/blocked")
    for words in ("+628111", "jualan", "Budi", "1 messages held back", "nilai saya belum muncul"):
        assert words in blocked.text
    unblocked = await rina.sends(blocked, "/blocked/1", take_in="1")
    assert "No address is blocked" in unblocked.text
    assert "nilai saya belum muncul" in (await budi.opens("/inbox")).text
    page = await budi.opens(f"/tickets/{number}")
    assert "Marked as spam" in page.text
    restored = await budi.sends(page, "/restore")
    assert "Taken back" in restored.text


async def test_the_history_names_a_priority_that_changed_the_promise(office, budi, number):
    office.ledger.write_blocking(
        lambda tx: append(
            tx, "ticket.repromised", desk=office.desk.slug, ticket=number, at=office.clock.now, category=None,
            revision=office.desk.revision, priority=2, why="priority",
        )
    )  # fmt: skip
    assert (await budi.opens(f"/tickets/{number}")).status == 200
