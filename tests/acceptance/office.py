"""A desk with everybody around it: the service, the providers, and the people who write to it and work in it."""

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from email.message import EmailMessage
from email.utils import make_msgid
from html import unescape
from pathlib import Path

import aiosmtplib
import httpx

from tests.acceptance.child import command
from tests.acceptance.service import ADDRESS, SLUG, Command, Service
from tests.standins.relay import Relay, relaying
from tests.standins.serving import serving
from tests.standins.telegram import Seen, TelegramStandin, Topic
from tests.standins.twilio import TwilioStandin, running_twilio

GROUP = -1001234567890
RINA, BUDI = 1001, 1002  # the supervisor and an agent, as Telegram knows them


@dataclass(kw_only=True)
class Office:
    service: Service
    twilio: TwilioStandin
    telegram: TelegramStandin
    relay: Relay

    # -- contacts -----------------------------------------------------------------------------------------------------

    async def by_whatsapp(
        self, number: str, text: str, *, sid: str | None = None, media: tuple[tuple[str, str], ...] = ()
    ) -> httpx.Response:
        """Let a contact write; what Twilio is answered."""
        named = {"MessageSid": sid} if sid else {}
        form = self.twilio.webhook(media=media, From=f"whatsapp:{number}", Body=text, **named)
        return await self.webhook(form)

    async def webhook(self, form: dict[str, str], *, signature: str | None = None) -> httpx.Response:
        """Bring a form as Twilio does, signed for the desk unless the test says otherwise."""
        url = f"{self.service.url}/channels/whatsapp/{SLUG}"
        signed = self.twilio.sign(url, form) if signature is None else signature
        return await self.service.http.post(url, data=form, headers={"X-Twilio-Signature": signed})

    async def by_mail(self, mail: EmailMessage, *, to: str = ADDRESS, port: int | None = None) -> str:
        """Bring a mail to the desk's SMTP door; what it answers. Raises what the door refuses it with."""
        _, said = await aiosmtplib.send(
            mail,
            sender=str(mail["From"]),
            recipients=[to],
            hostname="127.0.0.1",
            port=port or self.service.smtp_port,
            timeout=20,
            start_tls=False,
        )
        return said

    def visitor(self) -> "Visitor":
        return Visitor(self.service)

    # -- the desk -----------------------------------------------------------------------------------------------------

    def topic(self, number: int) -> Topic | None:
        """Return a ticket's topic in the agents' group, once it is there with its card."""
        found = [each for each in self.telegram.topics(GROUP) if each.name.startswith(f"#{number} ")]
        assert len(found) < 2, f"#{number} has {len(found)} topics"
        return found[0] if found and found[0].messages else None

    def says(self, who: int, number: int, text: str) -> Seen:
        """Let somebody of the desk write into a ticket's topic."""
        topic = self.topic(number)
        assert topic is not None
        return self.telegram.agent_writes(GROUP, topic.thread, who, text)

    def card(self, number: int) -> Seen:
        topic = self.topic(number)
        assert topic is not None
        return topic.from_bot[0]

    def replies_to(self, number: str) -> list[str]:
        return self.twilio.sent_to(number)

    def mails_to(self, address: str) -> list[EmailMessage]:
        return [mail.message for mail in self.relay.mails if address in mail.recipients]


class Visitor:
    """Somebody at the web chat, without JavaScript."""

    def __init__(self, service: Service) -> None:
        self._http = httpx.AsyncClient(base_url=service.url, trust_env=False, timeout=20)
        self._path = f"/chat/{SLUG}"

    async def writes(self, text: str) -> None:
        once = re.search(r'name="once" value="([^"]+)"', await self._page())
        assert once is not None
        answer = await self._http.post(self._path, files={"once": (None, once[1]), "text": (None, text)})
        assert answer.status_code == 303, answer.text

    async def reads(self) -> list[str]:
        """Return what the desk has said to them."""
        return [
            unescape(words)
            for words in re.findall(
                r'<li class="theirs"[^>]*>.*?<div class="words">(.*?)</div>', await self._page(), re.DOTALL
            )
        ]

    async def close(self) -> None:
        await self._http.aclose()

    async def _page(self) -> str:
        return (await self._http.get(self._path)).text


def mail_from(
    address: str, text: str, *, subject: str = "Mohon bantuan", answers: EmailMessage | None = None
) -> EmailMessage:
    mail = EmailMessage()
    mail["From"] = f"Ana <{address}>"
    mail["To"] = ADDRESS
    mail["Subject"] = subject
    mail["Message-ID"] = make_msgid(domain="example.com")
    mail["Date"] = "Mon, 05 Oct 2026 09:00:00 +0700"
    if answers is not None:
        mail["In-Reply-To"] = answers["Message-ID"]
        mail["References"] = f"{answers['References']} {answers['Message-ID']}"
    mail.set_content(text)
    return mail


def ticket_number(text: str) -> int:
    """Return the ticket that a text names first."""
    found = re.search(r"#(\d+)", text)
    assert found is not None, text
    return int(found[1])


@asynccontextmanager
async def open_office(
    folder: Path,
    *,
    database_url: str | None = None,
    begins_with: Path | None = None,
    run: Command = command,
    without: frozenset[str] = frozenset(),
    started: bool = True,
) -> AsyncIterator[Office]:
    """Open the desk with all its channels, except the secrets that it shall be `without`.

    Where it `begins_with` a SQLite file, its ledger is a copy of that.
    """
    telegram = TelegramStandin()
    telegram.group(GROUP)
    async with running_twilio() as twilio, serving(telegram.app) as telegram_url, relaying() as relay:
        secrets = {
            "WHATSAPP_SENDER": twilio.sender,
            "TWILIO_ACCOUNT_SID": twilio.account_sid,
            "TWILIO_AUTH_TOKEN": twilio.auth_token,
            "TELEGRAM_TOKEN": telegram.token,
            "TELEGRAM_AGENTS_GROUP": str(GROUP),
            "SMTP_RELAY_URL": relay.url(),
        }
        service = Service(
            folder=folder,
            accounts=_accounts(twilio.url, telegram_url),
            database_url=database_url,
            secrets={name: "" if name in without else value for name, value in secrets.items()},
            run=run,
        )
        if begins_with is not None:
            service.begins_with(begins_with)
        office = Office(service=service, twilio=twilio, telegram=telegram, relay=relay)
        try:
            if started:
                await service.start()
            yield office
        finally:
            await service.close()


def _accounts(twilio: str, telegram: str) -> str:
    return f"""
  whatsapp:
    provider: twilio
    sender: "${{WHATSAPP_SENDER}}"
    account_sid: "${{TWILIO_ACCOUNT_SID}}"
    auth_token: "${{TWILIO_AUTH_TOKEN}}"
    api: {twilio}
  telegram: {{token: "${{TELEGRAM_TOKEN}}", agents_group: "${{TELEGRAM_AGENTS_GROUP}}", api: "{telegram}", group_calls_per_minute: 6000}}
  email: {{address: {ADDRESS}, relay: "${{SMTP_RELAY_URL}}"}}
  webchat: {{}}"""
