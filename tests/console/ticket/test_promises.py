"""A ticket's promises on its page and by the API: explained, looked after, given more time."""

from datetime import timedelta

import pytest

from console.tokens import create_token
from tests.tickets.desks import MONDAY, SLUG, whatsapp
from tickets.actor import Role

LATE = timedelta(minutes=20)


@pytest.fixture
async def api(office):
    async with office.program() as program:
        yield program


@pytest.fixture
def number(office):
    return office.receives(whatsapp("lupa sandi", sid="SM1")).ticket.number


def clock_of(answer, kind="first_response"):
    return next(clock for clock in answer.json()["clocks"] if clock["kind"] == kind)


async def test_the_api_explains_a_clock_in_values_and_in_words(office, api, number):
    office.clock.now += timedelta(minutes=5)
    found = (await api.get(f"/tickets/{number}/clocks/first_response/explain")).json()
    assert (found["promise"], found["counts"], found["cycle"]) == ("15m", "operating", 1)
    assert found["due_at"] == "2026-10-05T09:15:00+07:00"
    assert found["counted"] == [
        {"start": "2026-10-05T09:00:00+07:00", "end": "2026-10-05T09:15:00+07:00", "note": ""}
    ]
    assert (found["used_seconds"], found["left_seconds"], found["late_seconds"]) == (300, 600, 0)
    assert "Dijanjikan: 15 menit dalam jam layanan" in found["words"]
    english = await api.get(f"/tickets/{number}/clocks/first_response/explain", params={"language": "en"})
    assert "Promised: 15 minutes of operating time" in english.json()["words"]


async def test_what_is_not_there_is_not_explained(office, api, number):
    assert (await api.get(f"/tickets/{number}/clocks/next_response/explain")).status_code == 422
    assert (await api.get("/tickets/99/clocks/first_response/explain")).status_code == 404
    token = office.ledger.write_blocking(lambda tx: create_token(tx, "else", Role.SUPERVISOR, "lain", MONDAY))
    async with office.program(token) as elsewhere:
        answer = await elsewhere.get(f"/tickets/{number}/clocks/first_response/explain")
        assert answer.status_code == 404


async def test_the_api_extends_a_clock_for_a_reason_that_is_kept(office, api, number):
    office.clock.now += LATE
    path = f"/tickets/{number}/clocks/first_response"
    answer = await api.post(f"{path}/extend", json={"within": "2h", "reason": "menunggu data"})
    clock = clock_of(answer)
    assert clock["due_at"] == "2026-10-05T04:20:00+00:00"  # two hours from now, for it was late already
    assert clock["extended_at"] is not None
    kept = [event for event in answer.json()["events"] if event["kind"] == "clock.extended"]
    assert kept[0]["data"]["reason"] == "menunggu data"
    explained = (await api.get(f"{path}/explain")).json()
    assert explained["changes"][0]["reason"] == "menunggu data"
    acknowledged = await api.post(f"{path}/acknowledge")
    assert clock_of(acknowledged)["acknowledged_by"].startswith("api:")


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"within": "2h"}, 422),
        ({"within": "besok", "reason": "x"}, 422),
        ({"within": "2h", "reason": " "}, 422),
        ({"within": "2h", "reason": "x", "cycle": 7}, 422),
    ],
)
async def test_more_time_needs_a_length_and_a_reason(api, number, body, status):
    answer = await api.post(f"/tickets/{number}/clocks/first_response/extend", json=body)
    assert answer.status_code == status


async def test_an_agent_gives_no_more_time(office, number):
    token = office.ledger.write_blocking(lambda tx: create_token(tx, "agent", Role.AGENT, SLUG, MONDAY))
    async with office.program(token) as agent:
        path = f"/tickets/{number}/clocks/first_response"
        answer = await agent.post(f"{path}/extend", json={"within": "2h", "reason": "x"})
        assert answer.status_code == 403
        assert (await agent.post(f"{path}/acknowledge")).status_code == 403


async def test_a_supervisor_extends_and_looks_after_a_clock_on_the_page(office, rina, number):
    office.clock.now += LATE
    page = await rina.opens(f"/tickets/{number}")
    assert "Promised: 15 minutes of operating time" in page.text
    seen = await rina.sends(page, "/acknowledge", clock="first_response.1.")
    assert "Rina looks after it" in seen.text
    longer = await rina.sends(
        seen, "/extend", clock="first_response.1.", within="2h", reason="waiting for data"
    )
    assert "extended" in longer.text
    assert "Reason: waiting for data" in longer.text  # in the explanation and in the history
    assert longer.text.count("waiting for data") >= 2


async def test_an_agent_reads_the_explanation_and_is_offered_no_more_time(budi, number):
    page = await budi.opens(f"/tickets/{number}")
    assert "Promised: 15 minutes of operating time" in page.text
    assert not [form for form in page.forms if form.action.endswith(("/extend", "/acknowledge"))]
