"""Webhooks on their page and in the API: how they fare, tests, sending again, resuming; for supervisors, secrets unseen."""

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.tickets.desks import BUDI, SLUG
from tickets import hooks, outbox
from tickets.connections import Shown, Tracker, Webhook
from tickets.desk import Team
from tickets.hooks import Tried

SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
URL = "https://lms.example.ac.id/hook?key=rahasia"
HOOK = Webhook(id="lms", url=URL, secret=SECRET, events=("ticket.*",), identity=Shown.MASKED)
TRACKER = Tracker(url="https://issues.example.ac.id/in", secret=None, missing=("EDUNEX_SECRET",))
PATH = f"/webhooks/{SLUG}/lms"


@pytest.fixture
def desk(office):
    teams = (Team(id="edunex", name="Tim Pengembang Edunex", tracker=TRACKER),)
    office.desk = replace(office.desk, desk=replace(office.desk.desk, webhooks=(HOOK,), teams=teams))
    office.ledger.write_blocking(lambda tx: hooks.sync(tx, office.desk.desk))
    return office


@pytest.fixture
def tried(desk):
    """Let a test have been tried; how it went is said."""

    def has_been(error: str | None = None, *, status: int | None = 204, gone: bool = False) -> int:
        now = desk.clock()
        key = hooks.key_of(SLUG, "lms")

        def job(tx):
            hooks.queue(tx, key, kind="test", dedup="one", at=now, desk=SLUG, id="test_1_lms")
            (parcel,) = outbox.claim(tx, now=now, most=1, lease=timedelta(minutes=1), hooks=True)
            how = Tried(took=timedelta(milliseconds=120), status=status, error=error, gone=gone)
            hooks.note_try(tx, parcel, how, at=now)
            if error:
                outbox.settle_deferred(tx, parcel, reason=error, wait=None, at=now)
            else:
                outbox.settle_sent(tx, parcel, outbox.Sent(external_ids=()), at=now)
            return parcel.id

        return desk.ledger.write_blocking(job)

    return has_been


async def test_the_api_shows_how_each_fares_and_never_a_secret(desk, tried):
    tried("the receiver answered 500", status=500)
    async with desk.program() as program:
        answer = await program.get("/webhooks")
    lms, tracker = answer.json()["items"]
    assert (lms["id"], lms["state"], lms["waiting"]) == ("lms", "failing", 1)
    assert lms["tries"][0]["error"] == "the receiver answered 500"
    assert (tracker["id"], tracker["state"]) == ("team:edunex", "off")
    assert SECRET not in answer.text
    assert "rahasia" not in answer.text


async def test_a_test_is_queued_once_for_each_request(desk):
    async with desk.program() as program:
        for _ in range(2):
            answer = await program.post(f"{PATH}/test", headers={"Idempotency-Key": "one"})
    assert answer.status_code == 200
    assert answer.json()["waiting"] == 1


async def test_what_arrived_can_be_sent_again_and_what_never_was_cannot(desk, tried):
    delivery = tried()
    async with desk.program() as program:
        again = await program.post(f"{PATH}/again", json={"delivery": delivery})
        assert again.json()["waiting"] == 1
        unknown = await program.post(f"{PATH}/again", json={"delivery": delivery + 1})
        assert unknown.status_code == 422
        nobody = await program.post(f"/webhooks/{SLUG}/nobody/test")
        assert nobody.status_code == 422


async def test_a_paused_one_runs_again_when_told_to(desk, tried):
    tried("the receiver answered 410", status=410, gone=True)
    async with desk.program() as program:
        assert (await program.get("/webhooks")).json()["items"][0]["paused_why"] == "gone"
        assert (await program.post(f"{PATH}/resume")).json()["state"] == "on"
        assert (await program.post(f"{PATH}/resume")).status_code == 409


async def test_an_agent_sees_no_webhooks(desk, budi):
    assert (await budi.opens("/webhooks")).status == 403
    assert "Webhooks" not in (await budi.opens("/inbox")).text
    assert BUDI.id


async def test_a_supervisor_sees_tests_and_resumes_on_the_page(desk, rina, tried):
    tried("the receiver answered 410", status=410, gone=True)
    page = await rina.opens("/webhooks")
    assert "lms.example.ac.id" in page.text
    assert "the receiver answered 410" in page.text
    assert "rahasia" not in page.answer.text
    acts = [form for form in page.forms if form.fields.get("act") == "resume"]
    answer = await rina.client.post("/webhooks", data=acts[0].fields, follow_redirects=True)
    assert "paused" not in answer.text
    again = await rina.client.post("/webhooks", data=acts[0].fields | {"once": "another"})
    assert again.status_code == 409


async def test_a_form_that_is_not_from_the_page_is_refused(desk, rina):
    data = {"act": "test", "desk": SLUG, "webhook": "lms", "once": "x"}
    assert (await rina.client.post("/webhooks", data=data)).status_code == 403
