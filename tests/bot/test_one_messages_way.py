"""The log tells one message's way by its id: taken, sent, told of; and says nothing of what was said."""

import structlog

from tests.bot.chat import SLUG, Chat
from tickets.message import Delivery, Told


async def test_one_messages_way_is_in_the_log_by_its_id(ledger):
    chat = Chat(ledger)
    with structlog.testing.capture_logs() as logs:
        await chat.writes("lupa kata sandi akun saya", event_id="SM-1", external_id="SM-1")
        (sent, *_) = [
            each
            for each in logs
            if each["event"] == "delivery.sent" and each["account"] == f"{SLUG}/whatsapp"
        ]
        told = Told(
            account=f"{SLUG}/whatsapp",
            external_id=sent["external_ids"][0],
            event_id="T-1",
            state=Delivery.READ,
        )
        await chat.receiver.deliver(told)
        await chat.receiver.deliver(told)
    (taken,) = [each for each in logs if each["event"] == "receive.taken"]
    assert (taken["event_id"], taken["ticket"], taken["new"]) == ("SM-1", 1, True)
    assert taken["message"] != sent["message"]
    assert (sent["ticket"], sent["account"], sent["attempts"]) == (1, f"{SLUG}/whatsapp", 1)
    first, again = [each for each in logs if each["event"] == "receive.told"]
    assert (first["message"], first["state"], again["message"]) == (sent["message"], "read", None)
    assert "kata sandi" not in str(logs)
