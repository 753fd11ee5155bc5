"""The house behind a web chat: takes in what visitors say, and answers when a test says so."""

import asyncio
from dataclasses import dataclass, field
from datetime import UTC, datetime

import httpx
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse
from starlette.routing import Route

from channels.contract import StoreBusy
from channels.webchat.adapter import WebChat
from channels.webchat.settings import ChatFile, ChatLine, WebChatSettings
from tickets.message import Button, Said, Told

AT = datetime(2026, 10, 5, 2, 0, tzinfo=UTC)
SECRET = "between the desk and its LMS alone"
SETTINGS = WebChatSettings(
    account="uji/webchat", path="uji", name="Meja Uji", language="id", secret_key="a secret for tests",
    public_url="http://desk.test", max_file_bytes=100_000, desk="uji", identity_secrets=(SECRET,),
)  # fmt: skip


class Sleeper:
    """Woken by the house, as the ledger wakes its followers."""

    over = False

    def __init__(self, house: "ChatHouse") -> None:
        self._house = house
        self._event = asyncio.Event()
        house.sleepers.append(self)

    async def sleep(self, seconds: float) -> None:
        try:
            async with asyncio.timeout(seconds):
                await self._event.wait()
        except TimeoutError:
            return
        finally:
            self._event.clear()

    def wake(self) -> None:
        self._event.set()

    def close(self) -> None:
        self._house.sleepers.remove(self)


@dataclass
class ChatHouse:
    """An `Inlet`, and what was said, by visitor."""

    settings: WebChatSettings = SETTINGS
    busy: bool = False
    told: list[Told] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    said: list[Said] = field(default_factory=list)
    lines: dict[str, list[ChatLine]] = field(default_factory=dict)
    sleepers: list[Sleeper] = field(default_factory=list)
    seen: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.chat = WebChat(self.settings, history=self.history, waits=lambda: Sleeper(self), once=self.once)
        page_elsewhere = Route("/elsewhere", self._elsewhere)
        self.app = Starlette(routes=[*self.chat.routes(self), page_elsewhere])

    async def deliver(self, heard: Said | Told) -> None:
        if isinstance(heard, Told):
            self.told.append(heard)
            return
        if self.busy:
            raise StoreBusy("busy")
        if heard.event_id in {each.event_id for each in self.said}:
            return
        self.said.append(heard)
        files = tuple(ChatFile(name=file.name, type=file.type, url=None) for file in heard.files)
        mailbox = next(iter(heard.participants), None)
        self._adds(heard.place.address, mine=True, text=heard.text, files=files, mailbox=mailbox)

    def answers(self, visitor: str, text: str, *buttons: Button) -> None:
        self._adds(
            visitor,
            mine=False,
            text=text,
            who="Budi",
            unread=f"webchat-{text}",
            buttons=(buttons,) if buttons else (),
        )

    def refuse(self, *, account: str, reason: str) -> None:
        self.refused.append(reason)

    async def history(self, account: str, visitor: str) -> list[ChatLine]:
        assert account == self.settings.account
        return list(self.lines.get(visitor, ()))

    async def once(self, account: str, name: str) -> bool:
        if self.busy:
            raise StoreBusy("busy")
        first = name not in self.seen
        self.seen.add(name)
        return first

    @property
    def visitor(self) -> str:
        """The one visitor who has said something."""
        (visitor,) = {said.place.address for said in self.said}
        return visitor

    def browser(self, language: str = "en", *, at: str = "127.0.0.1") -> httpx.AsyncClient:
        return httpx.AsyncClient(
            transport=httpx.ASGITransport(self.app, client=(at, 1)),
            base_url="http://desk.test",
            headers={"Accept-Language": language},
            follow_redirects=True,
        )

    def _adds(self, visitor: str, **line: object) -> None:
        lines = self.lines.setdefault(visitor, [])
        lines.append(ChatLine(id=len(lines) + 1, at=AT, **line))  # type: ignore[arg-type]
        for sleeper in self.sleepers:
            sleeper.wake()

    async def _elsewhere(self, request: Request) -> HTMLResponse:
        """A page of another site, with rules of its own, which would make a mess of ours."""
        attributes = request.query_params.get("with", "")  # such as data-identity="…"
        desk = request.url.replace(hostname="127.0.0.1" if request.url.scheme == "http" else "desk.test")
        script = desk.replace(path="/chat/uji/widget.js", query="")
        return HTMLResponse(
            "<!doctype html><html lang=id><title>LMS</title><link rel=icon href=data:,>"
            "<style>* { color: red; display: block; position: static !important; font-size: 40px }</style>"
            f'<p><a href="#">Mata kuliah</a></p><script src="{script}" defer {attributes}></script>'
        )
