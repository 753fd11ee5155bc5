"""Links, merges, splits and incidents, by program and by page."""

import pytest

from tests.tickets.desks import mail, whatsapp
from tickets import matters
from tickets.matters import SeenMatter


@pytest.fixture
async def api(office):
    async with office.program() as program:
        yield program


@pytest.fixture
def mails(office):
    office.receives(mail("nilai saya", message_id="<a@x>", subject="Nilai"))
    office.receives(mail("nilai saya lagi", message_id="<b@x>", subject="Nilai lagi"))


async def test_a_program_links_and_takes_the_link_back(api, mails):
    linked = (await api.post("/tickets/2/link", json={"ticket": 1, "as": "duplicate"})).json()
    assert [(link["ticket"], link["kind"], link["outgoing"]) for link in linked["links"]] == [
        (1, "duplicate", True)
    ]
    assert (await api.get("/tickets/1")).json()["links"][0]["outgoing"] is False
    assert (await api.post("/tickets/1/unlink", json={"ticket": 2})).json()["links"] == []
    refused = await api.post("/tickets/2/link", json={"ticket": 2})
    assert refused.status_code == 409


async def test_a_program_merges_and_reads_both_conversations_in_the_one_that_stays(office, api, mails):
    stays = (await api.post("/tickets/2/merge", json={"into": 1})).json()
    assert (stays["number"], stays["absorbed"]) == (1, [2])
    assert [message["text"] for message in stays["messages"]] == ["nilai saya", "nilai saya lagi"]
    assert len((await api.get("/messages", params={"ticket": 1})).json()["items"]) == 2
    later = office.receives(mail("bagaimana?", message_id="<c@x>", references=("<b@x>",)))
    assert later.ticket.number == 1
    back = (await api.post("/tickets/2/restore")).json()
    assert (back["status"], back["merged_into"]) == ("new", None)
    assert [message["text"] for message in back["messages"]] == ["nilai saya lagi"]


async def test_a_program_merges_nobody_else_s_ticket(office, api, mails):
    office.receives(whatsapp("bukan saya", sid="SM1"))
    refused = await api.post("/tickets/3/merge", json={"into": 1})
    assert (refused.status_code, refused.json()["error"]["code"]) == (409, "other_contact")


async def test_a_program_splits(office, api):
    number = office.receives(whatsapp("nilai saya", sid="SM1")).ticket.number
    office.receives(whatsapp("dan lupa sandi", sid="SM2"))
    second = (await api.get(f"/tickets/{number}")).json()["messages"][1]
    new = await api.post(f"/tickets/{number}/split", json={"messages": [second["id"]], "subject": "Sandi"})
    assert (new.status_code, new.json()["number"], new.json()["subject"]) == (201, 2, "Sandi")
    assert [message["text"] for message in new.json()["messages"]] == ["dan lupa sandi"]
    assert [message["text"] for message in (await api.get("/tickets/1")).json()["messages"]] == ["nilai saya"]
    refused = await api.post(f"/tickets/{number}/split", json={"messages": [second["id"]]})
    assert (refused.status_code, refused.json()["error"]["field"]) == (422, "messages")


async def test_a_program_answers_and_solves_an_incident(office, api):
    for sender in ("+628111", "+628222", "+628333"):
        office.receives(whatsapp("nilai tidak muncul", sid=sender, sender=sender))
    await api.post("/tickets/1/attach", json={"tickets": [2, 3]})
    await api.post("/tickets/1/answer-all", json={"text": "Sedang kami perbaiki."})
    listed = (await api.get("/tickets/1/incident")).json()["items"]
    assert [(each["number"], each["status"], each["delivery"]) for each in listed] == [
        (2, "open", "queued"),
        (3, "open", "queued"),
    ]
    lacking = await api.post("/tickets/1/close-all")
    assert (lacking.status_code, lacking.json()["error"]["code"]) == (409, "categories_missing")
    solved = await api.post("/tickets/1/close-all", json={"category": "login"})
    assert (solved.json()["status"], solved.json()["category"]) == ("solved", "login")
    assert (await api.get("/tickets/3")).json()["status"] == "solved"
    again = await api.post("/tickets/2/attach", json={"tickets": [1]})
    assert again.status_code == 409


async def test_on_the_page_tickets_are_merged_and_taken_back(office, budi, mails):
    page = await budi.opens("/tickets/2")
    assert "Also open for this contact" in page.text
    merged = await budi.sends(page, "/merge", ticket="#1")
    assert "merged into #1" in merged.text
    both = await budi.opens("/tickets/1")
    assert "nilai saya lagi" in both.text
    restored = await budi.sends(merged, "/restore")
    assert "merged into" not in restored.text.split("History")[0]


async def test_on_the_page_an_incident_is_filled_by_a_search_answered_and_solved(office, budi):
    for sender in ("+628111", "+628222"):
        office.receives(whatsapp("nilai tidak muncul", sid=sender, sender=sender))
    found = await budi.opens("/tickets/1?find=nilai")
    attached = await budi.sends(found, "/attach", tickets="2")
    answered = await budi.sends(attached, "/answer-all", text="Sedang kami perbaiki.")
    assert "queued" in answered.text
    await budi.sends(answered, "/close-all", category="login")
    assert "solved" in (await budi.opens("/tickets/2")).text


async def test_on_the_page_chosen_messages_are_split_off(office, budi):
    office.receives(whatsapp("nilai saya", sid="SM1"))
    taken = office.receives(whatsapp("dan lupa sandi", sid="SM2"))
    page = await budi.opens("/tickets/1")
    await budi.sends(page, "/split", messages=str(taken.message), subject="Sandi")
    assert "dan lupa sandi" in (await budi.opens("/tickets/2")).text


async def test_on_the_page_one_of_two_requests_in_a_message_becomes_a_ticket_of_its_own(office, budi):
    asks_for_two_things(office)
    page, older = await budi.opens("/tickets/1"), await budi.opens("/tickets/1")
    assert "more than one thing" in page.text
    await budi.sends(page, "/part-matter", category="password")

    assert "#2 lupa sandi email" in (await budi.opens("/tickets/2")).text
    assert "Into a ticket of its own" not in (await budi.opens("/tickets/1")).text
    again = await budi.sends(older, "/part-matter", category="password")  # a colleague who did not see it
    assert again.answer.status_code == 422


async def test_a_program_parts_a_matter_once(office, api):
    asks_for_two_things(office)
    key = {"Idempotency-Key": "satu"}
    for _ in range(2):
        new = await api.post("/tickets/1/part-matter", json={"category": "password"}, headers=key)
        assert (new.status_code, new.json()["number"], new.json()["category"]) == (201, 2, "password")
        assert [message["text"] for message in new.json()["messages"]] == ["lupa sandi email"]
    assert (await api.get("/tickets/1")).json()["category"] == "login"
    gone = await api.post("/tickets/1/part-matter", json={"category": "password"})
    assert (gone.status_code, gone.json()["error"]["field"]) == (422, "matter")


def asks_for_two_things(office):
    text = "saya tidak bisa login, terus lupa sandi email"
    taken = office.receives(whatsapp(text, sid="SM1"))
    start = text.index("lupa")
    seen = [
        SeenMatter(category="login", start=0, end=21),
        SeenMatter(category="password", start=start, end=len(text)),
    ]
    office.ledger.write_blocking(
        lambda tx: matters.note(tx, taken.ticket, seen, message=taken.message, at=office.clock())
    )
