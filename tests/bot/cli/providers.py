"""What `tanggap doctor` asks of Twilio and Telegram, and nothing else: who an account is, what a bot may do."""

import base64
import contextlib
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from tests.standins.serving import serving


@dataclass(kw_only=True)
class Providers:
    """Change a field, and the next answer is another."""

    account_sid: str = "ACstandin"
    auth_token: str = "twilio-secret"
    account_status: str = "active"
    token: str = "123456:telegram-secret"
    group: str = "-1001234567890"
    is_forum: bool = True
    member: dict[str, Any] = field(
        default_factory=lambda: {"status": "administrator", "can_manage_topics": True}
    )
    webhook: dict[str, Any] = field(default_factory=lambda: {"url": "", "pending_update_count": 0})
    callback_url: str | None = (
        None  # where Twilio brings what is written to the sender; None: it lists no sender
    )
    url: str = ""

    def app(self) -> Starlette:
        return Starlette(
            routes=[
                Route("/2010-04-01/Accounts/{sid}.json", self._account, methods=["GET"]),
                Route("/v2/Channels/Senders", self._senders, methods=["GET"]),
                Route("/bot{token}/{method}", self._telegram, methods=["POST"]),
            ]
        )

    async def _account(self, request: Request) -> Response:
        login = base64.b64encode(f"{self.account_sid}:{self.auth_token}".encode()).decode()
        if request.headers.get("authorization") != f"Basic {login}":
            return JSONResponse({"code": 20003, "message": "Authenticate"}, status_code=401)
        return JSONResponse({"sid": request.path_params["sid"], "status": self.account_status})

    async def _senders(self, request: Request) -> Response:
        webhook = {"callback_url": self.callback_url, "callback_method": "POST"}
        listed = [
            {"sid": "XE1", "sender_id": "whatsapp:+62811000001", "status": "ONLINE", "webhook": webhook}
        ]
        return JSONResponse({"senders": listed if self.callback_url is not None else [], "meta": {}})

    async def _telegram(self, request: Request) -> Response:
        if request.path_params["token"] != self.token:
            return JSONResponse({"ok": False, "description": "Unauthorized"}, status_code=401)
        asked = await request.json()
        if asked.get("chat_id", self.group) != self.group:
            return JSONResponse({"ok": False, "description": "Bad Request: chat not found"}, status_code=400)
        result = {
            "getMe": {"id": 42, "is_bot": True, "username": "contoh_bot"},
            "getChat": {"id": int(self.group), "type": "supergroup", "is_forum": self.is_forum},
            "getChatMember": self.member,
            "getWebhookInfo": self.webhook,
        }[request.path_params["method"]]
        return JSONResponse({"ok": True, "result": result})


@contextlib.asynccontextmanager
async def providers() -> AsyncIterator[Providers]:
    """Serve them on a free port."""
    standin = Providers()
    async with serving(standin.app()) as url:
        standin.url = url
        yield standin
