"""Both providers by one grammar: what a contact does, what the desk sent, what goes wrong, whoever carries it."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any, ClassVar, Protocol

import httpx

from channels.whatsapp import CloudSettings, CloudWhatsApp, TwilioSettings, TwilioWhatsApp, WhatsApp
from channels.whatsapp.meanings import Meaning
from tests.channels.whatsapp.words import ACCOUNT, Out
from tests.standins import cloud as cloud_standin
from tests.standins import twilio as twilio_standin
from tests.standins.cloud import CloudStandin
from tests.standins.faults import Faulty
from tests.standins.twilio import TwilioStandin
from tickets.message import File

PUBLIC_URL = "https://desk.example.ac.id"
QUICK = timedelta(seconds=1)


class Hand(Protocol):
    standin: Faulty
    codes: dict[Meaning, int]
    unknown_code: int
    no_faults: set[tuple[str, str]]  # by call: what no client can tell from a good answer

    def adapter(self, **changes: Any) -> WhatsApp:
        """Make an adapter; `secret` and `timeout` may be given."""

    def served(self) -> Any:
        """Serve the provider's API."""

    async def writes(
        self, desk: str, text: str = "Halo", *, name: str | None = None, signature: str | None = None,
        of: str = "6281234567890",
    ) -> httpx.Response: ...  # fmt: skip

    async def writes_nonsense(self, desk: str) -> httpx.Response:
        """Post something that is signed and has no sender."""

    async def tells(
        self, desk: str, message: Any, status: str, *, code: int | None = None
    ) -> httpx.Response: ...

    def sent(self) -> list[tuple[str, str]]:
        """Return to whom which words went, oldest first."""

    def names(self) -> list[str]:
        """Return the provider's names of what was sent."""

    def keeps_medium(self, content: bytes, media_type: str, **how: Any) -> str: ...

    def further_calls(self, adapter: Any) -> Mapping[str, Callable[[], Awaitable[object]]]:
        """Return what only this provider is called for, by the stand-in's name of the call."""


class TwilioHand:
    codes: ClassVar = {
        Meaning.ACCOUNT: 63007, Meaning.WINDOW: 63016, Meaning.OPTED_OUT: 21610, Meaning.ADDRESS: 63024,
        Meaning.RATE: 63018, Meaning.TROUBLE: 63012, Meaning.TEMPLATE: 63028, Meaning.FILE: 63019,
        Meaning.CONTENT: 63005, Meaning.POLICY: 63049,
    }  # fmt: skip
    unknown_code = 69999
    no_faults: ClassVar = {("media", "a page instead")}

    def __init__(self) -> None:
        self.standin = TwilioStandin()

    def served(self) -> Any:
        return twilio_standin.served(self.standin)

    def adapter(self, *, secret: str | None = None, timeout: timedelta = QUICK, **changes: Any) -> WhatsApp:
        settings = TwilioSettings(
            account=ACCOUNT, desk="itb", sender=self.standin.sender, account_sid=self.standin.account_sid,
            auth_token=secret or self.standin.auth_token, public_url=PUBLIC_URL, timeout=timeout,
            settles_within=timedelta(0), api=self.standin.url or None,
        )  # fmt: skip
        return TwilioWhatsApp(replace(settings, **changes), media_url=lambda file: file.url)

    async def writes(
        self, desk: str, text: str = "Halo", *, name: str | None = None, signature: str | None = None,
        of: str = "6281234567890",
    ) -> httpx.Response:  # fmt: skip
        named = {"MessageSid": name} if name else {}
        return await self.standin.send_webhook(
            desk,
            "itb",
            public_url=PUBLIC_URL,
            signature=signature,
            From=f"whatsapp:+{of}",
            Body=text,
            **named,
        )

    async def writes_nonsense(self, desk: str) -> httpx.Response:
        form = {"MessageSid": "SM1", "To": f"whatsapp:{self.standin.sender}"}
        path = "/channels/whatsapp/itb"
        return await self.standin.post(f"{desk}{path}", form, signed_url=f"{PUBLIC_URL}{path}")

    async def tells(self, desk: str, message: Any, status: str, *, code: int | None = None) -> httpx.Response:
        return await self.standin.send_status(message, status, error_code=code, base_url=desk)

    def sent(self) -> list[tuple[str, str]]:
        return [(each.to.removeprefix("whatsapp:"), each.body) for each in self.standin.messages]

    def names(self) -> list[str]:
        return [each.sid for each in self.standin.messages]

    def keeps_medium(self, content: bytes, media_type: str, **how: Any) -> str:
        return self.standin.keeps_medium(content, media_type, **how)

    def further_calls(self, adapter: Any) -> Mapping[str, Callable[[], Awaitable[object]]]:
        return {"list": lambda: adapter.find(Out()("Halo"), tried_at=datetime.now(UTC))}


class CloudHand:
    codes: ClassVar = {
        Meaning.ACCOUNT: 131031, Meaning.WINDOW: 131047, Meaning.OPTED_OUT: 131050, Meaning.ADDRESS: 131026,
        Meaning.RATE: 131056, Meaning.TROUBLE: 131016, Meaning.TEMPLATE: 132000, Meaning.FILE: 131053,
        Meaning.CONTENT: 131009, Meaning.POLICY: 131049,
    }  # fmt: skip
    unknown_code = 139999
    no_faults: ClassVar = {("storage", "a page instead")}

    def __init__(self) -> None:
        self.standin = CloudStandin()

    def served(self) -> Any:
        return cloud_standin.served(self.standin)

    def adapter(self, *, secret: str | None = None, timeout: timedelta = QUICK, **changes: Any) -> WhatsApp:
        settings = CloudSettings(
            account=ACCOUNT, desk="itb", sender=self.standin.sender,
            phone_number_id=self.standin.phone_number_id, access_token=secret or self.standin.access_token,
            app_secret=self.standin.app_secret, verify_token=self.standin.verify_token,
            business_account_id=self.standin.business_account_id, timeout=timeout, api=self.standin.url or None,
        )  # fmt: skip
        return CloudWhatsApp(replace(settings, **changes))

    async def writes(
        self, desk: str, text: str = "Halo", *, name: str | None = None, signature: str | None = None,
        of: str = "6281234567890",
    ) -> httpx.Response:  # fmt: skip
        named = {"id": name} if name else {}
        message = self.standin.message(from_=of, text={"body": text}, **named)
        webhook = self.standin.webhook(messages=[message])
        return await self.standin.send(desk, "itb", webhook, signature=signature)

    async def writes_nonsense(self, desk: str) -> httpx.Response:
        webhook = self.standin.webhook(messages=[self.standin.message(from_=None)])
        return await self.standin.send(desk, "itb", webhook)

    async def tells(self, desk: str, message: Any, status: str, *, code: int | None = None) -> httpx.Response:
        return await self.standin.send_status(message, status, error_code=code, base_url=desk)

    def sent(self) -> list[tuple[str, str]]:
        return [(each.to, each.text) for each in self.standin.messages]

    def names(self) -> list[str]:
        return [each.id for each in self.standin.messages]

    def keeps_medium(self, content: bytes, media_type: str, **how: Any) -> str:
        return self.standin.keeps_medium(content, media_type, **how)

    def further_calls(self, adapter: Any) -> Mapping[str, Callable[[], Awaitable[object]]]:
        paper = File(name="surat.pdf", type="application/pdf", size=4, content=b"%PDF")
        return {
            "upload": lambda: adapter.send(Out()("", files=(paper,))),
            "storage": lambda: adapter.fetch(self.keeps_medium(b"%PDF", "application/pdf")),
            "read": lambda: adapter.mark_read("wamid.of-a-contact"),
        }


HANDS: dict[str, Callable[[], Hand]] = {"twilio": TwilioHand, "cloud": CloudHand}
