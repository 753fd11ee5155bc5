"""After an unknown outcome: is the answer among those Twilio has?"""

from datetime import UTC, datetime, timedelta

import pytest

from channels.contract import Deferred, RefusedByProvider
from channels.whatsapp.outcomes import OutcomeUnknown, PartlySent
from tests.channels.whatsapp.words import ANA
from tests.standins.twilio import Message
from tickets.message import Delivery, Template


@pytest.fixture
def now() -> datetime:
    return datetime.now(UTC)


async def lost(twilio, adapter, outgoing, *, taken: bool) -> None:
    """Send something whose outcome stays unknown."""
    twilio.breaks(500, after_taking=taken)
    with pytest.raises(OutcomeUnknown):
        await adapter.send(outgoing)


async def test_what_twilio_took_before_it_failed_is_found(twilio, adapter, out, now):
    outgoing = out("Sudah kami atur ulang.\n\nSalam, Rina ")
    await lost(twilio, adapter, outgoing, taken=True)
    found = await adapter.find(outgoing, tried_at=now)
    assert (found.external_id, found.state) == (twilio.messages[0].sid, Delivery.QUEUED)


async def test_what_twilio_did_not_take_is_surely_not_there(twilio, adapter, out, now):
    outgoing = out("Sudah kami atur ulang.")
    await lost(twilio, adapter, outgoing, taken=False)
    assert await adapter.find(outgoing, tried_at=now) is None


async def test_absence_is_looked_at_twice(twilio, adapter, out, now):
    await adapter.find(out("Halo"), tried_at=now)
    assert twilio.calls == ["GET Messages", "GET Messages"]


async def test_the_same_words_of_days_ago_or_to_somebody_else_are_another_message(twilio, adapter, out, now):
    await adapter.send(out("Halo", to="+6281234500000"))
    await adapter.send(out("Halo lagi"))
    twilio.remembers(message_like(twilio.messages[0], to=f"whatsapp:{ANA}"), ago=timedelta(days=2))
    assert await adapter.find(out("Halo"), tried_at=now) is None


async def test_the_same_words_that_are_known_by_their_name_are_another_message(twilio, adapter, out, now):
    sent = await adapter.send(out("Halo"))
    assert await adapter.find(out("Halo"), tried_at=now, known=sent.external_ids) is None
    again = await adapter.send(out("Halo"))
    found = await adapter.find(out("Halo"), tried_at=now, known=sent.external_ids)
    assert (found.external_id,) == again.external_ids


@pytest.mark.parametrize("off", [timedelta(hours=7), timedelta(hours=-7)])
async def test_a_clock_of_ours_that_was_wrong_hides_nothing_that_was_sent(twilio, adapter, out, now, off):
    outgoing = out("Sudah kami atur ulang.")
    await lost(twilio, adapter, outgoing, taken=True)
    found = await adapter.find(outgoing, tried_at=now + off)
    assert found.external_id == twilio.messages[0].sid


def message_like(message: Message, *, to: str) -> Message:
    return Message(
        sid=message.sid, to=to, sender=message.sender, body=message.body, created_at=message.created_at
    )


async def test_a_message_that_failed_is_found_with_the_reason(twilio, adapter, out, now):
    await adapter.send(out("Halo"))
    twilio.messages[0].status, twilio.messages[0].error_code = "undelivered", 63016
    found = await adapter.find(out("Halo"), tried_at=now)
    assert (found.state, found.error_code) == (Delivery.FAILED, "63016")
    assert "24 jam" in found.error


async def test_all_parts_of_a_long_text_are_found_together(twilio, adapter, out, now):
    await adapter.send(out("kata " * 600))
    twilio.messages[0].status = "delivered"
    found = await adapter.find(out("kata " * 600), tried_at=now)
    assert (found.external_id, found.state) == (twilio.messages[0].sid, Delivery.QUEUED)


async def test_a_part_without_the_rest_is_neither_sent_nor_unsent(twilio, adapter, out, now):
    twilio.lets_pass(1)
    twilio.breaks(500)
    outgoing = out("satu " * 300 + "dua " * 300)
    with pytest.raises(PartlySent):
        await adapter.send(outgoing)
    with pytest.raises(PartlySent) as partly:
        await adapter.find(outgoing, tried_at=now)
    assert partly.value.external_ids == (twilio.messages[0].sid,)


async def test_a_template_is_known_by_its_values(twilio, adapter, out, now):
    content_sid = twilio.approves("Halo {{1}}, tiket {{2}} menunggu.")
    outgoing = out(template=Template(content_sid=content_sid, variables={"1": "Ana", "2": "#1042"}))
    await adapter.send(out("Halo Ana"))
    assert await adapter.find(outgoing, tried_at=now) is None
    await lost(twilio, adapter, outgoing, taken=True)
    assert (await adapter.find(outgoing, tried_at=now)).external_id == twilio.messages[-1].sid


@pytest.mark.parametrize("variables", [{}, {"1": "7"}, {"1": ""}])
async def test_a_template_that_says_nothing_of_its_own_is_not_taken_for_another_message(
    twilio, adapter, out, now, variables
):
    outgoing = out(template=Template(content_sid="HX" + "0" * 32, variables=variables))
    assert await adapter.find(outgoing, tried_at=now) is None
    await adapter.send(out("Tiket 7 sudah selesai - salam, Rina"))
    with pytest.raises(OutcomeUnknown):
        await adapter.find(outgoing, tried_at=now)


async def test_a_message_of_a_messaging_service_is_found_whatever_its_number(twilio, making, out, now):
    service = "MG" + "1" * 32
    async with making(sender=service) as adapter:
        await adapter.send(out("Halo"))
        found = await adapter.find(out("Halo"), tried_at=now)
    async with making(sender="MG" + "2" * 32) as adapter:
        assert await adapter.find(out("Halo"), tried_at=now) is None
    assert found.external_id == twilio.messages[0].sid


async def test_a_list_that_does_not_reach_back_far_enough_leaves_a_doubt(twilio, adapter, out, now):
    await adapter.send(out("Halo"))
    for _ in range(100):
        twilio.remembers(twilio.messages[-1], ago=timedelta(0))
    with pytest.raises(OutcomeUnknown):
        await adapter.find(out("Selamat siang"), tried_at=now)


async def test_when_the_list_cannot_be_had_nothing_is_concluded(twilio, adapter, out, now):
    twilio.breaks(500, on="list")
    twilio.throttles(on="list")
    twilio.refuses(code=20003, status=401, on="list")
    for error in (Deferred, Deferred, RefusedByProvider):
        with pytest.raises(error):
            await adapter.find(out("Halo"), tried_at=now)
