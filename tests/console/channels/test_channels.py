"""The channels as a supervisor sees them: what moved last, what waits, what could not be read, what to do."""

from datetime import timedelta

from tests.tickets.desks import BUDI, SLUG, whatsapp
from tickets import inbound, outbox
from tickets.actions import answering
from tickets.actions.answering import Words


async def test_a_supervisor_sees_how_each_account_fares_and_what_to_do(office, rina, budi):
    number = office.receives(whatsapp("halo", sid="SM1")).ticket.number
    at = office.clock.now
    office.ledger.write_blocking(lambda tx: answering.answer(tx, number, Words(text="Baik."), by=BUDI, at=at))
    page = await rina.opens("/channels")
    assert "All channels that are on work." in page.text
    office.clock.now += timedelta(minutes=6)
    page = await rina.opens("/channels")
    assert "Waiting to be sent 1, longest 6 minutes" in page.text
    assert "the queue does not move" in page.text

    def goes_wrong(tx):
        outbox.say_why(tx, "uji/whatsapp", reason="Authenticate.")
        inbound.keep(tx, account="uji/email", event_id="e1", raw=b"From: ?", error="it broke", at=at)

    office.ledger.write_blocking(goes_wrong)
    page = await rina.opens(f"/channels?desk={SLUG}")
    assert "2 need looking after." in page.text
    assert "Its provider says: Authenticate." in page.text
    assert "Read and process again what could not be processed: 1." in page.text
    assert page.form("/kept").fields["event"] == "e1"
    assert (await budi.opens("/channels")).status == 403
    answer = (await office.program().get("/channels", params={"desk": SLUG})).json()
    assert [(each["account"], each["state"], each["todo"]) for each in answer["items"]] == [
        ("uji/whatsapp", "broken", ["mend"]), ("uji/email", "heed", ["replay"])
    ]  # fmt: skip
    assert [each["waiting"] for each in answer["items"]] == [1, 0]


async def test_answers_that_were_lost_count_for_a_week(office, rina):
    number = office.receives(whatsapp("halo", sid="SM1")).ticket.number
    at = office.clock.now

    def fails(tx):
        answering.answer(tx, number, Words(text="Baik."), by=BUDI, at=at)
        (parcel,) = outbox.claim(tx, now=at, most=1, lease=timedelta(minutes=1))
        outbox.settle_failed(tx, parcel, reason="unknown number", at=at)

    office.ledger.write_blocking(fails)
    office.clock.now += timedelta(days=6)
    assert "Reach them another way: 1 answers failed." in (await rina.opens("/channels")).text
    office.clock.now += timedelta(days=1, minutes=1)
    office.receives(whatsapp("halo lagi", sid="SM2", sender="+6282"))
    assert "All channels that are on work." in (await rina.opens("/channels")).text
