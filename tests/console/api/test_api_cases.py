"""Cases by the API: begun, taken from step to step, withdrawn."""

from dataclasses import replace
from datetime import timedelta

import pytest

from console.tokens import create_token
from tests.console.houses import Office
from tests.procedures.recording import RECORDING
from tests.tickets.desks import BUDI, MONDAY, SLUG, whatsapp
from tickets.actor import Role

FORM = {"kegiatan": "Pelantikan", "tanggal": "20 Okt 2026"}


@pytest.fixture
def office(ledger):
    return Office(ledger, procedures=(RECORDING,))


@pytest.fixture
async def program(office):
    office.receives(whatsapp("mau rekaman", sid="SM1"))
    async with office.program() as client:
        yield client


@pytest.fixture
async def case(program):
    begun = await program.post("/tickets/1/cases", json={"procedure": "rekaman", "answers": FORM})
    assert begun.status_code == 201
    return begun.json()


async def test_a_desk_tells_what_its_procedures_ask(program):
    (found,) = (await program.get("/procedures", params={"desk": SLUG})).json()["items"]
    assert (found["id"], [question["kind"] for question in found["form"]]) == ("rekaman", ["text", "date"])


async def test_a_case_begins_with_its_first_step_and_its_clock(case):
    assert case["answers"] == {"kegiatan": "Pelantikan", "tanggal": {"date": "2026-10-20"}}
    (turn,) = case["steps"]
    assert (turn["step"], turn["round"], turn["outcomes"]) == ("terima", 1, ["done"])
    assert turn["due_at"] == (MONDAY + timedelta(minutes=10)).isoformat()


async def test_a_case_is_taken_to_its_end_step_by_step(program, case):
    path = f"/cases/{case['id']}/steps"
    for step, body in (
        ("terima", None),
        ("surat", {}),
        ("jadwal", {"answers": {"ruang": "Studio 1"}}),
        ("setuju", {"outcome": "ya"}),
        ("serah", None),
    ):
        answered = await program.post(f"{path}/{step}", json=body)
        assert answered.status_code == 200
    found = (await program.get(f"/cases/{case['id']}")).json()
    assert found == answered.json()
    assert (found["ended"], found["answers"]["ruang"]) == ("selesai", "Studio 1")
    assert (await program.post(f"{path}/serah")).status_code == 409


@pytest.mark.parametrize(
    ("path", "body", "status", "field"),
    [
        ("/tickets/1/cases", {"procedure": "rekaman", "answers": {"kegiatan": "Pelantikan"}}, 422, "answers"),
        (
            "/tickets/1/cases",
            {"procedure": "rekaman", "answers": FORM | {"tanggal": "kapan"}},
            422,
            "answers.tanggal",
        ),
        ("/tickets/1/cases", {"procedure": "pinjam"}, 422, "procedure"),
        ("/tickets/9/cases", {"procedure": "rekaman", "answers": FORM}, 404, None),
        ("/cases/7/steps/terima", {}, 404, None),
        ("/cases/7/withdraw", {}, 404, None),
    ],
)
async def test_what_cannot_be_is_told_and_nothing_begins(program, path, body, status, field):
    refused = await program.post(path, json=body)
    assert (refused.status_code, refused.json()["error"]["field"]) == (status, field)
    assert (await program.get("/cases/1")).status_code == 404


async def test_a_step_asks_for_its_reason_and_its_answers(program, case):
    path = f"/cases/{case['id']}/steps"
    await program.post(f"{path}/terima")
    missing = await program.post(f"{path}/jadwal")
    assert (missing.status_code, missing.json()["error"]["code"]) == (422, "answers_missing")
    await program.post(f"{path}/jadwal", json={"answers": {"ruang": "Studio 1"}})
    unsaid = await program.post(f"{path}/setuju", json={"outcome": "tidak"})
    assert (unsaid.status_code, unsaid.json()["error"]["field"]) == (422, "reason")


async def test_the_same_request_again_begins_one_case(program):
    body = {"procedure": "rekaman", "answers": FORM}
    key = {"Idempotency-Key": "permohonan-1"}
    first, again = [await program.post("/tickets/1/cases", json=body, headers=key) for _ in range(2)]
    assert first.json() == again.json()
    assert (await program.post("/tickets/1/cases", json=body)).status_code == 409


async def test_the_form_is_handed_out_with_the_case_on_it_and_without(program, case):
    await program.post(f"/cases/{case['id']}/steps/terima")
    table = await program.get(f"/cases/{case['id']}/table.svg")
    assert (table.headers["content-type"], '"done" x=' in table.text) == ("image/svg+xml", True)
    plain = await program.get("/procedures/rekaman/table.svg", params={"desk": SLUG})
    assert (plain.status_code, '"done" x=' in plain.text) == (200, False)
    assert (await program.get("/procedures/lain/table.pdf", params={"desk": SLUG})).status_code == 422


async def test_who_acts_on_a_round_that_is_over_hears_who_ended_it_and_the_history_tells_who_tried(
    office, program, case
):
    path = f"/cases/{case['id']}/steps"
    for step, body in (
        ("terima", {}),
        ("jadwal", {"answers": {"ruang": "Studio 1"}}),
        ("setuju", {"outcome": "tidak", "reason": "Penuh"}),
    ):
        await program.post(f"{path}/{step}", json=body)
    for act, body in (
        ("", {"answers": {"ruang": "2"}}),
        ("/hand", {"to": BUDI.id}),
        ("/ask", {"text": "Kapan?"}),
    ):
        over = await program.post(f"{path}/jadwal{act}", json=body | {"seen": 1})
        assert (over.status_code, over.json()["error"]["code"]) == (409, "step_over")
        assert over.json()["error"]["turn"] == {
            "round": 1, "outcome": "done", "by": "api:fixed-token", "ended_at": MONDAY.isoformat(),
        }  # fmt: skip
    token = office.ledger.write_blocking(lambda tx: create_token(tx, "papan", Role.AGENT, SLUG, MONDAY))
    async with office.program(token) as other:
        assert (await other.post(f"{path}/jadwal", json={})).status_code == 403
    events = (await program.get("/tickets/1")).json()["events"]
    refused = [
        (each["actor"], each["data"]["round"], each["data"]["why"])
        for each in events
        if each["kind"] == "step.refused"
    ]
    assert refused == [("api:fixed-token", 1, "step_over")] * 3 + [("api:papan", 2, "not_theirs")]


async def test_a_case_is_withdrawn(program, case):
    withdrawn = await program.post(f"/cases/{case['id']}/withdraw")
    assert (withdrawn.status_code, withdrawn.json()["ended"]) == (200, "withdrawn")


async def test_the_effect_of_a_newer_version_is_told_and_moving_to_it(office, program, case):
    path = f"/cases/{case['id']}/version"
    assert (await program.get(path)).json()["newer"] is False
    assert (await program.post(path)).status_code == 409
    office.publishes(replace(RECORDING, steps=tuple(each for each in RECORDING.steps if each.id != "terima")))
    effect = (await program.get(path)).json()
    assert ([each["step"] for each in effect["gone"]], effect["stands"][0]["stays"]) == (["terima"], False)
    refused = await program.post(path)
    assert (refused.status_code, refused.json()["error"]["field"]) == (422, "stands")
    moved = await program.post(path, json={"stands": {"terima": "surat"}})
    assert [turn["step"] for turn in moved.json()["steps"]] == ["surat"]


async def test_many_cases_are_figures(program, case):
    await program.post(f"/cases/{case['id']}/steps/terima")
    found = (await program.get("/procedures/rekaman/figures", params={"desk": SLUG})).json()
    assert (found["cases"], found["open"], found["ends"]) == (1, 1, {})
    assert {"step": "terima", "done": 1, "late": 0, "standard": "10m"}.items() <= found["steps"][0].items()
    assert (await program.get("/procedures/lain/figures", params={"desk": SLUG})).status_code == 422


async def test_other_desks_see_nothing_of_it(office, case):
    token = office.ledger.write_blocking(lambda tx: create_token(tx, "lain", Role.SUPERVISOR, "lain", MONDAY))
    async with office.program(token) as stranger:
        assert (await stranger.get(f"/cases/{case['id']}")).status_code == 404
        assert (await stranger.get(f"/cases/{case['id']}/table.svg")).status_code == 404
        assert (await stranger.get("/procedures/rekaman/table.svg", params={"desk": SLUG})).status_code == 403
        assert (await stranger.post(f"/cases/{case['id']}/steps/terima")).status_code == 404
        assert (await stranger.get("/procedures", params={"desk": SLUG})).status_code == 403
