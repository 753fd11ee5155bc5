"""People of the desk who show no telephone number: known where a number was once shown beside their id, else contacts."""

import json

import pytest

from channels.whatsapp.cloud.parse import heard_again
from channels.whatsapp.twilio.parse import said_of
from tests.bot.chat import SLUG, Chat
from tests.standins.cloud import CloudStandin

ACCOUNT = f"{SLUG}/whatsapp"
RINA = "+628110001"


def by_twilio(event: str, text: str, *, number: str | None, scoped: str | None):
    form = {
        "MessageSid": event, "From": f"whatsapp:{number or scoped}", "Body": text, "ExternalUserId": scoped or "",
        "ProfileName": "Rina",
    }  # fmt: skip
    return said_of(form, account=ACCOUNT, raw=event.encode())


def by_cloud(event: str, text: str, *, number: str | None, scoped: str | None):
    standin, digits = CloudStandin(), number.removeprefix("+") if number else None
    message = standin.message(from_=digits, from_user_id=scoped, id=event, text={"body": text})
    about = {"profile": {"name": "Rina"}, "wa_id": digits, "user_id": scoped}
    webhook = standin.webhook(messages=[message], contacts=[about])
    return heard_again(json.dumps(webhook).encode(), account=ACCOUNT)


@pytest.mark.parametrize("by", [by_twilio, by_cloud])
async def test_who_commands_is_known_by_a_number_that_was_shown(ledger, by):
    chat = Chat(ledger)
    await chat.writes("nilai kuis saya belum muncul")
    steps = [
        # the number and the id that WhatsApp shows, and whether it is somebody of the desk
        (None, "ID.1", False),  # nothing is known of it yet
        (RINA, "ID.2", True),
        (None, "ID.2", True),
        (None, "ID.1", False),
        ("+62899", "ID.2", False),  # a number of somebody else counts more than what was shown once
        (RINA, None, True),
        (RINA, "ID.3", True),  # a new id with her number
        (None, "ID.2", False),  # and the old one is nobody's
        (None, "ID.3", True),
    ]
    for step, (number, scoped, commands) in enumerate(steps):
        await chat.people.refresh()
        await chat.receiver.deliver(by(f"e{step}", f"#1 // langkah {step}", number=number, scoped=scoped))
        await chat.settle()
        noted = [text for text in chat.topic(1) if f"langkah {step}" in text]
        assert bool(noted) is commands, steps[step]
