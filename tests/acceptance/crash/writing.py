"""Those who write, each as their provider does it: what it calls taken, when it brings a message again, and when no more.

Every provider is also one that now and then brings twice what was taken already, as each of them may.
"""

import asyncio
import json
import re
from collections.abc import Awaitable, Callable, Iterable
from contextlib import suppress
from email.message import EmailMessage
from email.policy import SMTP
from itertools import count
from pathlib import Path

import aiosmtplib
import httpx

from tests.acceptance.crash.besieged import PUBLIC_URL, Besieged
from tests.acceptance.crash.kept import Entry, Kept, Way
from tests.acceptance.service import ADDRESS, SLUG

SIDE_BY_SIDE = 2  # writers on each way
MESSAGES = 8  # of one contact in a chat
LETTERS = 3  # of one contact by mail, as one thread
WITH_FILE, FILE = 5, 60_000  # every so many-eth of them attaches files of so many bytes
TWICE = 0.03  # how often a provider brings again what was taken
TWILIO_TRIES, TWILIO_SECONDS = (
    6,
    15.0,
)  # with `#rc=5&rp=all` on the webhook's URL: five retries, in 15 seconds
UNREACHED = 12  # every so many-eth message Twilio gives up without having reached anybody
UNDER_WAY = 5  # messages that wait at once in a mailbox, or at Telegram
_LAST_WORDS = 6000  # letters of a service that answered what it never should
_WAIT, _LOOK = 0.4, 0.05  # seconds between two tries of a provider; between two looks

Write = Callable[[str, int], Awaitable[None]]  # a contact's mark, and how many of theirs there are before


class Crowd:
    """Contacts who write on all ways at once, until each way has had its share."""

    def __init__(self, house: Besieged, kept: Kept, *, messages: int) -> None:
        self._house, self._kept, self._chance = house, kept, house.chance
        self._left = {way: messages // len(Way) for way in Way}
        self._by_update: dict[int, Entry] = {}  # what Telegram has still
        self._numbers = count(1)  # of Twilio's messages
        self._in_mailbox: dict[str, Entry] = {}  # what lies in the inbox still

    async def write(self) -> None:
        """Write everything; returns when all of it is acknowledged, or given up by its provider."""
        ways: dict[Way, tuple[Write, int]] = {
            Way.SMTP: (self._by_smtp, LETTERS), Way.IMAP: (self._by_imap, LETTERS),
            Way.TELEGRAM: (self._by_telegram, MESSAGES), Way.TWILIO: (self._by_twilio, MESSAGES),
            Way.CLOUD: (self._by_cloud, MESSAGES),
        }  # fmt: skip
        watching = [asyncio.create_task(each()) for each in (self._watch_telegram, self._watch_mailbox)]
        try:
            async with asyncio.TaskGroup() as group:
                for way, (write, most) in ways.items():
                    for writer in range(SIDE_BY_SIDE):
                        group.create_task(self._writer(way, writer, write, most))
            while self._by_update or self._in_mailbox:
                await asyncio.sleep(_LOOK)
        finally:
            for task in watching:
                task.cancel()
            await asyncio.gather(*watching, return_exceptions=True)

    def has_enough(self) -> None:
        """Begin no further message."""
        self._left = dict.fromkeys(Way, 0)

    async def _writer(self, way: Way, writer: int, write: Write, most: int) -> None:
        contacts = 0
        while self._left[way] > 0:
            contacts += 1
            for place in range(most):
                if self._left[way] > 0:
                    self._left[way] -= 1
                    await write(f"{writer}{contacts:05}", place)

    async def _tries(self, entry: Entry, bring: Callable[[], Awaitable[bool]]) -> bool:
        """Bring it once; whether it was taken. A taken one is brought a second time now and then."""
        entry.tries += 1
        try:
            taken = await bring()
            if taken:
                self._kept.acknowledge(entry)
                if self._chance.random() < TWICE:
                    await bring()
        except (aiosmtplib.SMTPException, httpx.TransportError, OSError):
            return entry.acknowledged
        return taken

    # -- mail ---------------------------------------------------------------------------------------------------------

    def _letter(self, way: Way, mark: str, place: int) -> tuple[EmailMessage, Entry]:
        contact, thread = f"{way}-{mark}@example.com", f"{way}.{mark}"
        mail = EmailMessage()
        mail["From"], mail["To"], mail["Subject"] = f"Ana <{contact}>", ADDRESS, "Mohon bantuan"
        mail["Message-ID"] = f"<{thread}.{place}@example.com>"
        mail["Date"] = "Mon, 05 Oct 2026 09:00:00 +0700"
        if place:
            mail["In-Reply-To"] = mail["References"] = f"<{thread}.0@example.com>"
        mail.set_content(f"Ada yang aneh pada surat {place} dari {mark}.")
        if int(mark) % WITH_FILE == 0:  # what is so large lies among the files, mail and attachment alike
            file = self._chance.randbytes(FILE)
            mail.add_attachment(file, maintype="application", subtype="pdf", filename="lampiran.pdf")
        return mail, self._kept.writes(way, str(mail["Message-ID"]), contact)

    async def _by_smtp(self, mark: str, place: int) -> None:
        """A mail server brings a mail again, for days, until it is answered with 250."""
        mail, entry = self._letter(Way.SMTP, mark, place)
        raw = mail.as_bytes(policy=SMTP)  # once: what comes again is the same to the byte

        async def bring() -> bool:
            _, said = await aiosmtplib.send(
                raw, sender=entry.contact, recipients=[ADDRESS], hostname="127.0.0.1",
                port=self._house.any_service().smtp_port, timeout=20, start_tls=False,
            )  # fmt: skip
            return said.startswith("2.0.0")

        while not await self._tries(entry, bring):
            await asyncio.sleep(_WAIT)

    async def _by_imap(self, mark: str, place: int) -> None:
        """A mail lies in the mailbox; it is taken once the desk has moved it out of the inbox."""
        mail, entry = self._letter(Way.IMAP, mark, place)
        self._in_mailbox[entry.external_id] = entry
        await asyncio.to_thread(self._house.mailbox.deliver, mail.as_bytes())
        while len(self._in_mailbox) >= UNDER_WAY:
            await asyncio.sleep(_LOOK)

    async def _watch_mailbox(self) -> None:
        seen: set[str] = set()
        while True:
            for name, message_id in await asyncio.to_thread(_new_in, self._house, seen):
                seen.add(name)
                entry = self._in_mailbox.pop(message_id, None)
                if (
                    entry is not None
                ):  # else it is there twice, as a service that died while it moved it leaves it
                    self._kept.acknowledge(entry)
            await asyncio.sleep(_LOOK)

    # -- Telegram -----------------------------------------------------------------------------------------------------

    async def _by_telegram(self, mark: str, place: int) -> None:
        """An update is taken once the bot asks for those that come behind it."""
        telegram, user = self._house.telegram, 7_000_000 + int(mark)
        seen = telegram.contact_writes(user, f"Ada yang aneh, pesan {place} dari {mark}.", name="Ana")
        entry = self._kept.writes(Way.TELEGRAM, seen.external_id, str(user))
        self._by_update[telegram.updates[-1]["update_id"]] = entry
        while len(self._by_update) >= UNDER_WAY:
            await asyncio.sleep(_LOOK)

    async def _watch_telegram(self) -> None:
        while True:
            waiting = {update["update_id"] for update in self._house.telegram.updates}
            for update in self._by_update.keys() - waiting:
                self._kept.acknowledge(self._by_update.pop(update))
            await asyncio.sleep(_LOOK)

    # -- WhatsApp -----------------------------------------------------------------------------------------------------

    async def _by_twilio(self, mark: str, place: int) -> None:
        """Twilio brings a message again as often as it was told to, and then never; it stays in its list."""
        contact, sid = f"+62811{mark}", f"SM{mark:0>24}{place:08}"
        entry = self._kept.writes(Way.TWILIO, sid, contact)
        form = self._house.twilio.webhook(
            From=f"whatsapp:{contact}", Body=f"Ada yang aneh, pesan {place} dari {mark}.", MessageSid=sid
        )

        async def bring() -> bool:
            return await posted_by_twilio(self._house, f"/channels/whatsapp/{SLUG}", form)

        self._house.twilio.receives(form)
        reaches_us = next(self._numbers) % UNREACHED
        with suppress(TimeoutError):
            async with asyncio.timeout(TWILIO_SECONDS):
                while reaches_us and entry.tries < TWILIO_TRIES and not await self._tries(entry, bring):
                    await asyncio.sleep(_WAIT * 2**entry.tries)
        if not entry.acknowledged:
            self._kept.give_up(entry)

    async def _by_cloud(self, mark: str, place: int) -> None:
        """Meta brings again, for days, what was not answered with 200."""
        contact, name = f"62812{mark}", f"wamid.{mark}.{place}"
        entry = self._kept.writes(Way.CLOUD, name, contact)
        message = self._house.cloud.message(
            from_=contact, id=name, text={"body": f"Ada yang aneh, pesan {place} dari {mark}."}
        )
        webhook = self._house.cloud.webhook(messages=[message])

        async def bring() -> bool:
            return await posted_by_meta(self._house, webhook)

        while not await self._tries(entry, bring):
            await asyncio.sleep(_WAIT)


async def posted_by_twilio(house: Besieged, path: str, form: dict[str, str]) -> bool:
    """Let Twilio post a form to some process; whether it was taken."""
    signed = house.twilio.sign(f"{PUBLIC_URL}{path}", form)
    service = house.any_service()
    answer = await house.http.post(f"{service.url}{path}", data=form, headers={"X-Twilio-Signature": signed})
    assert answer.status_code in {200, 503}, f"{answer.text}\n{service.errors[-_LAST_WORDS:]}"
    return answer.status_code == 200


async def posted_by_meta(house: Besieged, webhook: object) -> bool:
    """Let Meta post a webhook to some process; whether it was taken."""
    body = json.dumps(webhook).encode()
    headers = {"Content-Type": "application/json", "X-Hub-Signature-256": house.cloud.sign(body)}
    service = house.any_service()
    answer = await house.http.post(f"{service.url}/channels/whatsapp/{SLUG}", content=body, headers=headers)
    assert answer.status_code in {200, 503}, f"{answer.text}\n{service.errors[-_LAST_WORDS:]}"
    return answer.status_code == 200


def _new_in(house: Besieged, seen: Iterable[str]) -> list[tuple[str, str]]:
    """Return the mails in *Processed* that were not seen yet: a name of the file that stays, and the Message-ID."""
    found = []
    for file in house.mailbox.files("Processed"):
        name = file.name.partition(":")[0]  # flags stand behind the colon
        if name not in seen:
            with suppress(FileNotFoundError):  # flagged just now: the next look finds it
                found.append((name, _message_id(file)))
    return found


def _message_id(file: Path) -> str:
    named = re.search(r"^Message-ID: (<[^>]+>)", file.read_text(), re.MULTILINE)
    assert named is not None
    return named[1]
