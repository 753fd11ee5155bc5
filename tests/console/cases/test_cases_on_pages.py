"""A procedure on its ticket's page: begun by a form, taken on by whose turn it is, told in the history."""

from dataclasses import replace
from datetime import timedelta

import pytest

from console.tokens import create_token
from tests.console.houses import Office
from tests.console.test_viewers import WATI
from tests.procedures.recording import RECORDING
from tests.tickets.desks import BUDI, MONDAY, RINA, SLUG, whatsapp
from tickets.actor import Role


@pytest.fixture
def office(ledger):
    return Office(ledger, procedures=(RECORDING,))


@pytest.fixture
async def begun(office, budi):
    """Budi begins a case of the ticket."""
    office.receives(whatsapp("mau rekaman", sid="SM1"))
    page = await budi.opens("/tickets/1")
    assert "Perekaman" in page.text
    return await budi.sends(
        page, "/cases", **{"answer.kegiatan": "Pelantikan", "answer.tanggal": "2026-10-20"}
    )


async def ends(visitor, page, step, outcome="done", **fields):
    return await visitor.sends(page, f"/steps/{step}", outcome=outcome, **fields)


async def test_a_case_is_begun_and_ended_by_those_whose_turn_it_is(begun, budi, rina):
    assert "The turn of Staf" in begun.text
    assert "20 October 2026" in begun.text  # what was answered
    assert "Step of the procedure" in begun.text.partition("Promises")[2]
    assert "terima. terima due today" in begun.text.partition("Promises")[2]
    page = await ends(budi, begun, "terima")
    page = await ends(budi, page, "surat")
    page = await ends(budi, page, "jadwal", **{"answer.ruang": "Studio 1"})
    assert not any(form.action.endswith("/steps/setuju") for form in page.forms)  # it is not his turn
    page = await ends(rina, await rina.opens("/tickets/1"), "setuju", "tidak", reason="Ruang terpakai")
    assert "Ruang terpakai" in page.text
    page = await ends(budi, await budi.opens("/tickets/1"), "jadwal", **{"answer.ruang": "Studio 2"})
    await ends(rina, await rina.opens("/tickets/1"), "setuju", "ya")
    page = await ends(budi, await budi.opens("/tickets/1"), "serah")
    assert "Selesai" in page.text
    assert "round 2" in page.text
    history = page.text.partition("History")[2]
    assert "Procedure Perekaman begun" in history
    assert "The turn of step 4. Menyetujui" in history
    assert "Step 4. Menyetujui is over: tidak" in history
    assert "Step serah. serah is over (Budi)" in history  # nothing was decided
    assert "The procedure has ended: Selesai" in history
    assert "Begin a procedure" in page.text  # the next one


async def test_whoever_has_a_role_finds_the_steps_that_wait_for_them(office, begun, budi, rina):
    async def turns(visitor):
        page = await visitor.opens("/procedures")
        return " ".join(page.text.partition("My turns")[2].partition("Under way")[0].split())

    assert "My turns" in (await budi.opens("/inbox")).text
    assert (await turns(budi)).startswith("1 terima. terima by today at 09:10 WIB Perekaman · #1 Ana")
    assert (await turns(rina)).startswith("0 No step waits for you.")
    page = await ends(budi, begun, "terima")
    await ends(budi, page, "jadwal", **{"answer.ruang": "Studio 1"})
    assert (await turns(rina)).startswith("1 4. Menyetujui Perekaman · #1 Ana")


async def test_the_second_of_two_is_told_that_the_step_is_over_and_the_history_too(begun, budi, rina):
    seen = await rina.opens("/tickets/1")
    await ends(budi, begun, "terima")
    page = await ends(rina, seen, "terima")
    assert (page.status, "Budi has ended that step already, today at 09:00 WIB" in page.text) == (409, True)
    history = (await rina.opens("/tickets/1")).text
    assert "An answer to step terima. terima was not taken: the step had ended" in history


async def test_a_choice_that_needs_a_reason_says_so(begun, budi, rina):
    page = await ends(budi, begun, "terima")
    await ends(budi, page, "jadwal", **{"answer.ruang": "Studio 1"})
    page = await ends(rina, await rina.opens("/tickets/1"), "setuju", "tidak")
    assert "That choice needs a reason." in page.text


async def test_a_request_is_withdrawn(begun, budi):
    page = await budi.sends(begun, "/withdraw")
    assert "Withdrawn" in page.text
    assert "cut short" in page.text
    assert "Under way" not in (await budi.opens("/procedures")).text


async def test_a_procedure_is_drawn_as_the_sop_form_and_a_case_on_it(begun, budi):
    form = await budi.opens("/procedures")
    assert "Perekaman" in form.text
    assert "Under way 1 #1 Ana since today at" in " ".join(form.text.split())
    assert form.answer.text.count("sop-shape") == len(RECORDING.steps)
    await ends(budi, begun, "terima")
    table = await budi.opens("/tickets/1/cases/1")
    assert 'data-state="done"' in table.answer.text
    assert "Budi" in table.text
    assert (await budi.opens("/tickets/1/cases/9")).status == 404
    for path in ("/tickets/1/cases/1/table", "/procedures/table"):
        for ending, begins in (("pdf", b"%PDF"), ("png", b"\x89PNG"), ("svg", b"<svg")):
            file = await budi.opens(f"{path}.{ending}?desk={SLUG}&procedure=rekaman&paper=f4")
            assert file.answer.content.startswith(begins)
    assert "10 minutes" in file.answer.text
    assert (await budi.opens(f"/procedures/table.pdf?desk={SLUG}&procedure=lain")).status == 404


async def test_a_case_is_moved_to_a_newer_version_by_a_supervisor_who_saw_what_it_does(
    office, begun, budi, rina
):
    assert (await rina.opens("/tickets/1/cases/1/version")).status == 404  # nothing newer
    gone = tuple(step for step in RECORDING.steps if step.id != "terima")
    office.publishes(replace(RECORDING, steps=gone))
    assert "newer version" in (await rina.opens("/tickets/1/cases/1")).text
    assert (await budi.opens("/tickets/1/cases/1/version")).status == 403
    page = await rina.opens("/tickets/1/cases/1/version")
    assert "gone" in page.text
    page = await rina.sends(page, "/version", **{"stands.terima": "surat"})
    assert "The case was moved to a newer version" in page.text
    assert "The turn of Staf" in page.text


async def test_many_cases_are_figures_for_supervisors_as_a_page_and_as_csv(office, begun, budi, rina):
    office.clock.now += timedelta(minutes=4)
    await ends(budi, begun, "terima")
    asked = f"?desk={SLUG}&procedure=rekaman"
    page = await rina.opens(f"/procedures/figures{asked}")
    assert "No step is over its standard" in page.text
    assert "Decisions that lead back" in page.text
    table = (await rina.opens(f"/procedures/figures/steps.csv{asked}")).answer.text
    assert table.splitlines()[1].startswith("terima. terima,Staf,10 minutes,1,4")
    assert (await rina.opens(f"/procedures/figures/other.csv{asked}")).status == 404
    assert (await budi.opens(f"/procedures/figures{asked}")).status == 403


async def test_a_turn_is_handed_on_and_the_requester_asked_on_the_page(begun, budi, rina):
    page = await budi.sends(begun, "/steps/terima/ask", text="Acara apa?")
    assert "waits for the requester's answer" in page.text
    page = await budi.sends(page, "/steps/terima/hand", to=RINA.id)
    assert "with Rina" in page.text
    assert not any(form.action.endswith("/steps/terima") for form in page.forms)
    page = await ends(rina, await rina.opens("/tickets/1"), "terima")
    assert "Step terima. terima was handed to Rina" in page.text


async def test_a_ticket_is_closed_once_its_case_is_over(office, begun, budi):
    async with office.program() as program:
        await program.post("/tickets/1/categorise", json={"category": "password"})
        closed = await program.post("/tickets/1/close")
        assert (closed.status_code, closed.json()["error"]["code"]) == (409, "case_running")
        await budi.sends(begun, "/withdraw")
        assert (await program.post("/tickets/1/close")).status_code == 200


async def test_numbers_in_what_a_case_says_are_masked_until_somebody_who_may_has_them_shown(office, enters):
    said, masked = "Studio 1, 13521001, telepon 081234567890", "Studio 1, 135•••01, telepon 081234567890"
    kepala = await enters("kepala@example.ac.id", "Kepala", admin=True)
    budi = await enters(BUDI.id, "Budi")
    office.hires(WATI)
    office.receives(whatsapp("mau rekaman", sid="SM1"))
    form = {"kegiatan": "Pelantikan", "tanggal": "20 Okt 2026"}
    async with office.program() as program:
        await program.post("/tickets/1/cases", json={"procedure": "rekaman", "answers": form})
        await program.post("/cases/1/steps/terima", json={"reason": "NIK 3273010101900001"})
        ended = await program.post("/cases/1/steps/jadwal", json={"answers": {"ruang": said}})
    assert ended.json()["answers"]["ruang"] == said
    page = await budi.opens("/tickets/1")
    assert masked in page.text
    assert "3273010101900001" not in page.text
    assert "3273010101900001" not in (await budi.opens("/tickets/1/cases/1")).text
    page = await budi.sends(page, "/number")
    assert said in page.text
    assert "NIK 3273010101900001" in page.text
    wati = await enters(WATI.id, "Wati")
    for path in ("/tickets/1", "/tickets/1/cases/1", "/tickets/1/cases/1/table.svg"):
        looked = (await wati.opens(path)).answer.text
        assert ("13521001" in looked, "3273010101900001" in looked, "/number" in looked) == (
            False,
            False,
            False,
        )
    token = office.ledger.write_blocking(lambda tx: create_token(tx, "papan", Role.VIEWER, SLUG, MONDAY))
    async with office.program(token) as viewer:
        found = (await viewer.get("/cases/1")).json()
        assert (found["answers"]["ruang"], found["steps"][0]["reason"]) == (masked, "NIK 327•••01")
    trail = (await kepala.opens("/trail")).text
    assert trail.count("Whole identity numbers read by the API") == 2  # once a step
    assert "Identity number looked at" in trail
