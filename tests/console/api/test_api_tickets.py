"""The API as programs use it: reading tickets, and every act upon one."""

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import event

from console.tokens import create_token, disable_token
from tests.tickets.desks import MONDAY, SLUG, mail, whatsapp
from tickets.actor import Role
from tickets.ledger.blobs import Stored

WALK_IN = {"desk": SLUG, "contact": {"name": "Pak Joko"}, "text": "Tidak bisa masuk LMS"}


@pytest.fixture
async def api(office):
    async with office.program() as program:
        yield program


@pytest.fixture
def number(office):
    return office.receives(whatsapp("lupa sandi", sid="SM1"), suggestions=(("password", 0.9),)).ticket.number


@pytest.fixture
def as_role(office):
    def program(role, desk=None):
        token = office.ledger.write_blocking(lambda tx: create_token(tx, f"{role}", role, desk, MONDAY))
        return office.program(token)

    return program


async def test_a_ticket_is_shown_with_everything_that_the_interface_promises(api, number):
    ticket = (await api.get(f"/tickets/{number}")).json()
    assert ticket["number"] == number
    assert ticket["desk"] == SLUG
    assert (ticket["channel"], ticket["status"], ticket["subject"]) == ("whatsapp", "new", "lupa sandi")
    assert ticket["suggestions"] == [{"category": "password", "score": 0.9}]
    assert ticket["contact"]["name"] == "Ana"
    assert ticket["contact"]["addresses"][0]["address"] == "+628111"
    assert ticket["contact"]["identity"] == {
        "name": None, "number": None, "unit": None, "email": None, "verification": None, "check": None, "proofs": [],
    }  # fmt: skip
    assert ticket["created_at"] == "2026-10-05T02:00:00+00:00"
    assert {clock["kind"] for clock in ticket["clocks"]} == {"first_response", "resolution"}
    first = next(clock for clock in ticket["clocks"] if clock["kind"] == "first_response")
    assert (first["due_at"], first["met_at"], first["paused"]) == ("2026-10-05T02:15:00+00:00", None, False)
    message = ticket["messages"][0]
    assert (message["direction"], message["author"], message["delivery"]) == ("in", "contact", None)
    assert message["sender"] == {"name": "Ana", "address": "+628111"}
    assert message["full_text"] == message["text"] == "lupa sandi"
    assert [event["kind"] for event in ticket["events"]] == ["ticket.opened", "message.received"]


async def test_lists_answer_newest_first_in_pages(office, api):
    for each in range(5):
        office.receives(whatsapp("halo", sid=f"SM{each}", sender=f"+62{each}"))
    first = (await api.get("/tickets", params={"limit": 3})).json()
    assert [ticket["number"] for ticket in first["items"]] == [5, 4, 3]
    second = (await api.get("/tickets", params={"limit": 3, "after": first["next"]})).json()
    assert [ticket["number"] for ticket in second["items"]] == [2, 1]
    assert second["next"] is None


async def test_tickets_are_found_by_what_they_are(office, api, number):
    office.receives(mail("halo", message_id="<a@x>", subject="Surat"))
    await api.post(f"/tickets/{number}/categorise", json={"category": "password"})

    async def found(**params):
        return [ticket["number"] for ticket in (await api.get("/tickets", params=params)).json()["items"]]

    assert await found(channel="email") == [2]
    assert await found(status="new,open") == [2, 1]
    assert await found(status="closed") == []
    assert await found(category="password") == [1]
    assert await found(desk=SLUG) == [2, 1]
    assert await found(desk="another") == []
    assert await found(external_id="a@x") == [2]
    assert await found(external_id="SM1") == [1]
    assert await found(q="surat") == [2]
    assert await found(q="ANA") == [2, 1]
    assert await found(q="#1") == [1]
    assert await found(q="100%") == []


async def test_an_answer_is_an_agent_s_and_meets_the_clock(office, api, number):
    office.clock.now = MONDAY + timedelta(minutes=5)
    answered = await api.post(f"/tickets/{number}/reply", json={"text": "Baik, kami bantu."})
    assert answered.status_code == 200
    ticket = answered.json()
    assert ticket["status"] == "open"
    said = ticket["messages"][-1]
    assert (said["direction"], said["author"], said["text"]) == ("out", "agent", "Baik, kami bantu.")
    assert said["delivery"] == {"state": "queued", "attempts": 0, "error": None}
    clock = next(clock for clock in ticket["clocks"] if clock["kind"] == "first_response")
    assert clock["met_at"] == "2026-10-05T02:05:00+00:00"


async def test_the_way_of_a_ticket_from_answer_to_verification(api, number):
    waiting = await api.post(f"/tickets/{number}/reply", json={"text": "NIM?", "wait": True})
    assert waiting.json()["status"] == "waiting"
    assert (await api.post(f"/tickets/{number}/note", json={"text": "sudah dicek"})).json()["messages"][-1][
        "direction"
    ] == "note"
    assigned = await api.post(f"/tickets/{number}/assign", json={"agent": "budi"})
    assert assigned.json()["assignee"] == "budi@example.ac.id"
    escalated = await api.post(f"/tickets/{number}/escalate", json={"team": "edunex", "reason": "LMS"})
    assert escalated.json()["team"] == "edunex"
    returned = await api.post(f"/tickets/{number}/escalate", json={"team": None})
    assert returned.json()["team"] is None
    assert (await api.post(f"/tickets/{number}/categorise", json={"category": "login"})).json()[
        "category"
    ] == "login"
    assert (await api.post(f"/tickets/{number}/wait")).json()["status"] == "waiting"
    closed = await api.post(f"/tickets/{number}/close", json={"reason": "beres"})
    assert (closed.json()["status"], closed.json()["solved_at"] is not None) == ("solved", True)
    verified = await api.post(f"/tickets/{number}/verify")
    assert (verified.json()["status"], verified.json()["verified_by"]) == ("closed", "api:fixed-token")
    reopened = await api.post(f"/tickets/{number}/reopen", json={})
    assert (reopened.json()["status"], reopened.json()["closed_at"]) == ("open", None)


async def test_a_visit_is_written_down_and_its_clocks_start_when_they_came(office, api):
    office.clock.now = MONDAY + timedelta(minutes=30)
    body = WALK_IN | {
        "contact": {"name": "Pak Joko", "identity": {"number": "13519001", "unit": "Teknik Fisika"}},
        "category": "login",
        "came_at": "2026-10-05T09:10:00+07:00",
    }
    opened = await api.post("/tickets", json=body)
    assert opened.status_code == 201
    ticket = opened.json()
    assert (ticket["channel"], ticket["status"], ticket["category"]) == ("other", "new", "login")
    assert ticket["contact"]["identity"]["number"] == "13519001"
    assert {clock["started_at"] for clock in ticket["clocks"]} == {"2026-10-05T02:10:00+00:00"}
    answered = (await api.post(f"/tickets/{ticket['number']}/reply", json={"text": "Sudah."})).json()
    assert answered["messages"][-1]["delivery"] is None


async def test_the_same_request_with_the_same_key_is_one_act(api, number):
    headers = {"Idempotency-Key": "k1"}
    first = await api.post("/tickets", json=WALK_IN, headers=headers)
    second = await api.post("/tickets", json=WALK_IN, headers=headers)
    assert (first.status_code, second.status_code) == (201, 201)
    assert first.json()["number"] == second.json()["number"]
    for _ in range(2):
        answered = await api.post(f"/tickets/{number}/reply", json={"text": "Baik."}, headers=headers)
    assert len(answered.json()["messages"]) == 2


@pytest.mark.parametrize(
    ("act", "body", "status", "code", "field"),
    [
        ("close", None, 409, "category_missing", "category"),
        ("verify", None, 409, "rule", None),
        ("categorise", {"category": "nonsense"}, 422, "unknown_value", "category"),
        ("assign", {"agent": "nobody"}, 422, "unknown_value", "agent"),
        ("escalate", {"team": "nobody"}, 422, "unknown_value", "team"),
        ("reply", {"text": "   "}, 422, "empty", "text"),
        ("reply", {"text": ""}, 422, "malformed", "text"),
        ("reply", {}, 422, "malformed", "text"),
        ("reply", {"text": 5}, 422, "malformed", "text"),
        ("frobnicate", None, 404, "not_found", None),
    ],
)
async def test_what_may_not_be_is_refused_in_one_shape(api, number, act, body, status, code, field):
    refused = await api.post(f"/tickets/{number}/{act}", json=body)
    assert refused.status_code == status
    error = refused.json()["error"]
    assert (error["code"], error["field"]) == (code, field)
    assert error["message"]
    assert len((await api.get(f"/tickets/{number}")).json()["events"]) == 2


@pytest.mark.parametrize(
    ("path", "status"),
    [("/tickets/99", 404), ("/tickets/x", 422), ("/tickets?limit=0", 422), ("/tickets?status=odd", 422),
     ("/tickets?channel=fax", 422), ("/contacts/99", 404), ("/messages/99/raw", 404), ("/cases/1", 404),
     ("/reports/monthly?desk=uji&month=2026-13", 422)],
)  # fmt: skip
async def test_every_refusal_has_the_one_shape(api, path, status):
    refused = await api.get(path)
    assert refused.status_code == status
    assert set(refused.json()["error"]) == {"code", "message", "field"}


async def test_a_body_that_is_no_json_and_a_wrong_method_are_said_in_the_one_shape(api, number):
    broken = await api.post(
        f"/tickets/{number}/reply", content=b"{", headers={"Content-Type": "application/json"}
    )
    assert (broken.status_code, broken.json()["error"]["code"]) == (422, "malformed")
    wrong = await api.delete(f"/tickets/{number}")
    assert (wrong.status_code, wrong.json()["error"]["code"]) == (405, "method_not_allowed")


@pytest.mark.parametrize("token", [None, "", "wrong", "tanggap_" + "x" * 43])
async def test_without_a_valid_token_nobody_is_answered(office, number, token):
    async with office.program(token) as program:
        for answer in (
            await program.get(f"/tickets/{number}"),
            await program.post(f"/tickets/{number}/reply", json={"text": "x"}),
        ):
            assert answer.status_code == 401
            assert answer.json()["error"]["code"] == "not_authenticated"
            assert answer.headers["www-authenticate"] == "Bearer"


async def test_a_token_may_what_its_role_may_at_its_desk(as_role, number):
    async with as_role(Role.VIEWER) as viewer:
        assert (await viewer.get(f"/tickets/{number}")).status_code == 200
        refused = await viewer.post(f"/tickets/{number}/note", json={"text": "x"})
        assert (refused.status_code, refused.json()["error"]["code"]) == (403, "not_allowed")
    async with as_role(Role.AGENT, SLUG) as agent:
        await agent.post(f"/tickets/{number}/categorise", json={"category": "login"})
        assert (await agent.post(f"/tickets/{number}/close")).status_code == 200
        assert (await agent.post(f"/tickets/{number}/verify")).status_code == 403
    async with as_role(Role.SUPERVISOR, "another-desk") as stranger:
        assert (await stranger.get(f"/tickets/{number}")).status_code == 404
        assert (await stranger.get("/tickets")).json()["items"] == []
        assert (await stranger.get("/tickets", params={"desk": SLUG})).status_code == 403
        assert (await stranger.post(f"/tickets/{number}/verify")).status_code == 404
        assert (await stranger.post("/tickets", json=WALK_IN)).status_code == 403


async def test_a_program_of_another_desk_is_told_of_a_ticket_what_it_is_told_of_none(as_role, number):
    """Neither that there is one nor whose it is: numbers count what the other desks have to do."""
    acts = {
        "note": {"text": "x"}, "reply": {"text": "x"}, "assign": {"agent": None}, "merge": {"into": number}, "tag": {"tag": "x"},
        "link": {"ticket": number, "as": "related"}, "verify": {}, "clocks/resolution/acknowledge": {},
        "clocks/resolution/extend": {"within": "1h", "reason": "x"},
    }  # fmt: skip
    async with as_role(Role.SUPERVISOR, "desk-lain") as program:
        for act, body in acts.items():
            there, nowhere = [
                await program.post(f"/tickets/{which}/{act}", json=body) for which in (number, 999)
            ]
            told = (there.status_code, there.text.replace(f"#{number}", "#"))
            assert told == (404, nowhere.text.replace("#999", "#")), act


async def test_a_disabled_token_opens_nothing(office, as_role):
    async with as_role(Role.AGENT) as agent:
        assert (await agent.get("/tickets")).status_code == 200
        assert office.ledger.write_blocking(lambda tx: disable_token(tx, "agent", MONDAY))
        assert (await agent.get("/tickets")).status_code == 401


async def test_messages_are_found_by_the_provider_s_id_with_and_without_brackets(office, api):
    office.receives(mail("satu", message_id="<a@x>"))
    office.receives(mail("dua", message_id="<b@x>", references=("<a@x>",)))
    both = (await api.get("/messages", params={"ticket": 1})).json()["items"]
    assert [message["text"] for message in both] == ["dua", "satu"]
    for external_id in ("<b@x>", "b@x"):
        found = (await api.get("/messages", params={"external_id": external_id})).json()["items"]
        assert [message["external_id"] for message in found] == ["<b@x>"]
    raw = await api.get(f"/messages/{found[0]['id']}/raw")
    assert (raw.content, raw.headers["content-type"]) == (b"dua", "message/rfc822")


async def test_a_contact_is_shown(api, number):
    contact = (await api.get("/contacts/1")).json()
    assert (contact["name"], contact["addresses"][0]["channel"]) == ("Ana", "whatsapp")


async def test_a_file_has_a_link_that_works_and_cannot_be_guessed(office, api):
    digest = office.ledger.blobs.put(b"%PDF-1.4 rahasia")
    file = Stored(name="surat tugas.pdf", type="application/pdf", size=16, sha256=digest, state="stored")
    number = office.receives(whatsapp("ini suratnya", sid="SM1"), file).ticket.number
    attachment = (await api.get(f"/tickets/{number}")).json()["messages"][0]["attachments"][0]
    assert (attachment["name"], attachment["sha256"], attachment["size"]) == ("surat tugas.pdf", digest, 16)
    async with office.browser() as anybody:
        handed = await anybody.get(attachment["url"])
        assert handed.content == b"%PDF-1.4 rahasia"
        assert handed.headers["content-disposition"].startswith("attachment;")
        assert handed.headers["x-content-type-options"] == "nosniff"
        assert "sandbox" in handed.headers["content-security-policy"]
        assert (await anybody.get(attachment["url"] + "x")).status_code == 404


async def test_html_of_a_mail_is_handed_out_cleaned(office, api):
    said = mail("halo", message_id="<a@x>")
    html = '<p>halo<script>alert(1)</script><img src="http://spy.example/x.png"></p>'
    office.receives(type(said)(**{**vars(said), "html": html}))
    message = (await api.get("/messages")).json()["items"][0]
    assert message["html"] == "<p>halo</p>"


async def test_the_interface_describes_itself(office):
    async with office.program(None) as program:
        described = (await program.get("/openapi.json")).json()
    paths = described["paths"]
    assert "/api/v1/tickets/{number}/reply" in paths
    assert all(operation.get("summary") for path in paths.values() for operation in path.values())


async def test_a_nul_in_a_request_troubles_nobody(api, number):
    found = await api.get("/tickets", params={"q": "san\x00di", "category": "\x00", "desk": "\x00"})
    assert (found.status_code, found.json()["items"]) == (200, [])
    noted = await api.post(f"/tickets/{number}/note", json={"text": "a\x00b"})
    assert noted.json()["messages"][-1]["text"] == "ab"


async def test_a_body_that_is_far_too_large_is_refused_before_it_is_read(office, number):
    async with office.program() as program:
        refused = await program.post(
            f"/tickets/{number}/reply",
            content=b"x",
            headers={"Content-Type": "application/json", "Content-Length": str(10**9)},
        )
        assert (refused.status_code, refused.json()["error"]["code"]) == (413, "too_large")

        async def endless():
            while True:
                yield b'{"text": "' + b"x" * 1_000_000

        refused = await program.post(
            f"/tickets/{number}/reply", content=endless(), headers={"Content-Type": "application/json"}
        )
        assert (refused.status_code, refused.json()["error"]["code"]) == (413, "too_large")


async def test_bodies_that_come_together_take_no_more_memory_than_they_may(office, number):
    large, read = 55_000_000, asyncio.Event()

    async def endless():
        yield b'{"text": "' + b"x" * large
        read.set()
        await asyncio.Event().wait()

    async def brought(program, body):
        return await program.post(
            f"/tickets/{number}/note", content=body, headers={"Content-Type": "application/json"}
        )

    async with office.program() as program:
        begun = []
        for _ in range(4):
            read.clear()
            begun.append(asyncio.create_task(brought(program, endless())))
            await read.wait()
        refused = await brought(program, b'{"text": "' + b"x" * large + b'"}')
        assert (refused.status_code, refused.json()["error"]["code"]) == (503, "unavailable")
        assert (await brought(program, b'{"text": "Yang kecil masuk"}')).status_code == 200
        for each in begun:
            each.cancel()
        await asyncio.wait(begun)
        assert (await brought(program, b'{"text": "' + b"x" * large + b'"}')).status_code == 422


async def test_a_long_list_asks_the_ledger_no_more_often_than_a_short_one(office, api):
    asked = []
    event.listen(office.ledger.read_engine, "before_cursor_execute", lambda *given: asked.append(given[2]))

    async def questions():
        asked.clear()
        assert (await api.get("/tickets")).status_code == 200
        assert (await api.get("/messages")).status_code == 200
        return len(asked)

    for each in range(2):
        office.receives(whatsapp("halo", sid=f"SM{each}", sender=f"+62{each}"))
    few = await questions()
    for each in range(10):
        office.receives(mail("halo", message_id=f"<{each}@x>", sender=f"a{each}@example.com"))
    assert await questions() == few
