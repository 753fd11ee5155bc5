"""The service is killed again and again while mail and WhatsApp messages come in; nothing that it took may be lost.

Contacts write from lists of their own: whoever is not answered with 250 or 200 brings the same message again, as mail
servers do and as Twilio does where it is told to. The same check is put to a service that acknowledges too early, so
that we know it can fail. `TANGGAP_TEST_KILLS=200` kills more often, `TANGGAP_TEST_SEED` at other instants.
"""

import asyncio
import os
import random
from collections import Counter
from collections.abc import Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from email.message import EmailMessage
from typing import Any

import aiosmtplib
import httpx
import pytest

from tests.acceptance.child import hasty_command
from tests.acceptance.office import Office, mail_from, open_office

SEED = int(os.environ.get("TANGGAP_TEST_SEED", "20261121"))
WRITERS = 3  # on each channel, side by side
KILLS = {"sqlite": 6, "postgres": 3}
_TRIES_AGAIN_AFTER = 0.5  # seconds
_SURELY_LEFT = {"sent", "delivered", "read"}


def kills(database_url: str | None) -> int:
    usual = KILLS["sqlite" if database_url is None else "postgres"]
    return int(os.environ.get("TANGGAP_TEST_KILLS", usual))


@dataclass(kw_only=True)
class Kept:
    """What the contacts have written down: what they sent, and what the desk said it has."""

    sent: dict[str, str] = field(default_factory=dict)  # external id → the contact's address
    acknowledged: set[str] = field(default_factory=set)
    before_last_kill: set[str] = field(default_factory=set)  # of these
    more: asyncio.Event = field(default_factory=asyncio.Event)

    def acknowledge(self, external_id: str) -> None:
        self.acknowledged.add(external_id)
        self.more.set()

    async def reaches(self, count: int) -> None:
        """Wait until so many are acknowledged."""
        async with asyncio.timeout(60):
            while len(self.acknowledged) < count:
                self.more.clear()
                await self.more.wait()


class Crowd:
    """Contacts who write one message each, one after the other, until they are told that it is enough."""

    def __init__(self, office: Office) -> None:
        self._office = office
        self._enough = False
        self.kept = Kept()

    @asynccontextmanager
    async def writing(self):
        """Let them write; at the end each finishes the message that was begun."""
        async with asyncio.TaskGroup() as group:
            for writer in range(WRITERS):
                group.create_task(self._write(self._by_whatsapp, writer))
                group.create_task(self._write(self._by_mail, writer))
            try:
                yield self.kept
            finally:
                self._enough = True

    async def _write(self, one: Any, writer: int) -> None:
        number = 0
        while not self._enough:
            number += 1
            await one(writer, number)

    async def _by_whatsapp(self, writer: int, number: int) -> None:
        contact, sid = f"+62811{writer:02}{number:06}", f"SM{writer:02x}{number:030x}"
        self.kept.sent[sid] = contact
        while not await self._is_taken(contact, sid):
            await asyncio.sleep(_TRIES_AGAIN_AFTER)
        self.kept.acknowledge(sid)

    async def _is_taken(self, contact: str, sid: str) -> bool:
        try:
            answer = await self._office.by_whatsapp(contact, f"Ada yang aneh pada {sid}.", sid=sid)
        except httpx.TransportError:
            return False
        return answer.status_code == 200

    async def _by_mail(self, writer: int, number: int) -> None:
        mail = mail_from(f"contact-{writer}-{number}@example.com", f"Ada yang aneh pada nomor {number}.")
        self.kept.sent[str(mail["Message-ID"])] = f"contact-{writer}-{number}@example.com"
        while not await self._is_accepted(mail):
            await asyncio.sleep(_TRIES_AGAIN_AFTER)
        self.kept.acknowledge(str(mail["Message-ID"]))

    async def _is_accepted(self, mail: EmailMessage) -> bool:
        try:
            return (await self._office.by_mail(mail)).startswith("2.0.0")
        except (aiosmtplib.SMTPException, OSError):
            return False


async def killed_while_they_write(office: Office, times: int) -> Kept:
    """Kill and start the service so many times; what the contacts kept in the end, when it runs."""
    chance = random.Random(SEED)
    async with Crowd(office).writing() as kept:
        for _ in range(times):
            await kept.reaches(len(kept.acknowledged) + chance.randint(1, 30))
            await asyncio.sleep(chance.uniform(0, 0.03))
            office.service.kill()
            kept.before_last_kill = set(kept.acknowledged)
            await office.service.start()
        await kept.reaches(len(kept.acknowledged) + 5)
    return kept


# -- what is checked --------------------------------------------------------------------------------------------------


def complaints(kept: Kept, stored: Counter[str]) -> list[str]:
    """Compare what was acknowledged with what is stored."""
    lost = [f"{each} was acknowledged and is lost" for each in sorted(kept.acknowledged) if not stored[each]]
    doubled = [f"{each} is stored {count} times" for each, count in sorted(stored.items()) if count > 1]
    return [*lost, *doubled]


async def all_messages(office: Office) -> list[dict[str, Any]]:
    """Return every message that the API shows, page by page."""
    found: list[dict[str, Any]] = []
    after: str | None = None
    while True:
        page = await office.service.api("/messages", limit=100, **({"after": after} if after else {}))
        found += page["items"]
        after = page["next"]
        if after is None:
            return found


async def stored_messages(office: Office, kept: Kept) -> Counter[str]:
    """Count what is stored, asked for by the provider's id as by somebody who looks for one message."""
    return Counter({each: len(await office.service.messages(external_id=each)) for each in list(kept.sent)})


async def settled_replies(office: Office, *, interrupted_may_stay: bool) -> list[dict[str, Any]]:
    """Return the bot's replies, once no further one leaves."""

    def waits(reply: dict[str, Any]) -> bool:
        state = reply["delivery"]["state"]
        return state == "queued" or (
            state == "sending" and not was_taken_over(reply) and not interrupted_may_stay
        )

    async def settled() -> list[dict[str, Any]]:
        replies = [each for each in await all_messages(office) if each["author"] == "bot"]
        return [] if any(map(waits, replies)) else replies

    return await office.service.until(settled)


def was_taken_over(reply: dict[str, Any]) -> bool:
    """Tell whether the desk says that the provider has it: Twilio tells later that it was sent."""
    return reply["external_id"] is not None or reply["delivery"]["state"] in _SURELY_LEFT


def complaints_about(replies: Sequence[dict[str, Any]], office: Office) -> list[str]:
    """Compare what the contacts received with what the ledger says of each reply."""
    by_mail = Counter(str(mail.message["Message-ID"]) for mail in office.relay.mails)
    by_whatsapp = Counter(message.body for message in office.twilio.messages)  # each names its ticket
    found = []
    for reply in replies:
        state = reply["delivery"]["state"]
        received = (
            by_whatsapp[reply["text"]] if reply["channel"] == "whatsapp" else by_mail[reply["external_id"]]
        )
        if received > 1:
            found.append(f"the reply on #{reply['ticket']} is {state} and was received {received} times")
        if was_taken_over(reply) and not received:
            found.append(f"the reply on #{reply['ticket']} is {state} and nobody received it")
    return found


# -- the tests --------------------------------------------------------------------------------------------------------


@pytest.mark.slow
@pytest.mark.timeout(600)
async def test_what_was_acknowledged_is_stored_once_and_answered_once_however_often_it_dies(
    tmp_path, service_database
):
    async with open_office(tmp_path, database_url=service_database) as office:
        kept = await killed_while_they_write(office, kills(service_database))
        assert len(kept.acknowledged) == len(kept.sent) > 20
        stored = await stored_messages(office, kept)
        assert complaints(kept, stored) == []
        came_in = [each["external_id"] for each in await all_messages(office) if each["direction"] == "in"]
        assert Counter(came_in) == stored

        # On PostgreSQL another process might be sending them: what was interrupted is settled when its lease is over.
        replies = await settled_replies(office, interrupted_may_stay=service_database is not None)
        per_ticket = Counter(reply["ticket"] for reply in replies)
        assert len(per_ticket) == len(
            kept.sent
        )  # every message made its ticket, and every ticket has its reply
        assert set(per_ticket.values()) == {1}
        assert complaints_about(replies, office) == []
        assert await office.service.metric("tanggap_waiting", what="unprocessed") == 0


@pytest.mark.slow
@pytest.mark.timeout(300)
async def test_a_service_that_acknowledges_before_it_stores_is_caught(tmp_path):
    async with open_office(tmp_path, run=hasty_command) as office:
        kept = await killed_while_they_write(office, 2)
        kept.acknowledged = kept.before_last_kill  # whoever acknowledged these cannot store them any more
        assert any("is lost" in each for each in complaints(kept, await stored_messages(office, kept)))
