"""Meta's Cloud API as the desk sees it: a Graph API that takes messages strictly, and a hand that posts signed webhooks.

    async with running_cloud() as cloud:
        settings = CloudSettings(..., api=cloud.url, phone_number_id=cloud.phone_number_id, access_token=…, app_secret=…)
        await cloud.send_webhook(base_url, "itb-care-center", from_="62811000001", text={"body": "Halo"})
        cloud.messages[-1].text           # what the desk sent
        await cloud.send_status(cloud.messages[-1], "delivered", base_url=base_url)

Requests are held against the field tables of `tests.standins.cloud_fields`. What goes wrong is asked for as
`tests.standins.faults` says, of the calls `create` (a message), `upload`, `read`, `media` (where a file is) and
`storage` (the file).
"""

import contextlib
import hashlib
import hmac
import itertools
import json
import secrets
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import httpx
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Route

from channels.trust import publicly_trusted
from tests.standins.cloud_fields import MEDIA_TYPES, MESSAGE, READ, wrong_in
from tests.standins.faults import Fault, Faulty, RefusedError
from tests.standins.serving import serving

VERSION = "v26.0"


@dataclass(kw_only=True)
class Message:
    """One message that the desk handed over, as it came."""

    id: str
    body: dict[str, Any]

    @property
    def to(self) -> str:
        return str(self.body.get("to") or self.body.get("recipient"))

    @property
    def kind(self) -> str:
        return str(self.body["type"])

    @property
    def content(self) -> dict[str, Any]:
        return dict(self.body[self.kind])

    @property
    def text(self) -> str:
        """The words that a person reads first."""
        content = self.content
        shown = content.get("body") or content.get("caption") or ""
        return str(shown["text"] if isinstance(shown, dict) else shown)

    @property
    def opaque(self) -> str | None:
        return self.body.get("biz_opaque_callback_data")


@dataclass(frozen=True, kw_only=True)
class Medium:
    content: bytes
    type: str
    name: str = ""
    declares_length: bool = True
    leads_to: str | None = None  # where its address leads, if not to the storage


@dataclass(kw_only=True)
class Number:
    """What `tanggap doctor` asks about."""

    display_phone_number: str = "+62 811-0000-1111"
    webhook: str | None = None  # where the app has its messages brought
    subscribed: bool = True


class CloudStandin(Faulty):
    """One number of one app. `served` serves its `app`."""

    throttling_code = 130429
    templates_a_page = 100

    def __init__(self) -> None:
        super().__init__(("create", "upload", "read", "media", "storage", "templates"))
        self.sender = "+6281100001111"  # whom contacts write to
        self.phone_number_id = "106540352242922"
        self.business_account_id = "102290129340398"
        self.access_token = f"EAA{secrets.token_hex(16)}"
        self.app_secret = secrets.token_hex(16)
        self.verify_token = secrets.token_urlsafe(16)
        self.url = ""
        self.messages: list[Message] = []
        self.read: list[str] = []  # messages of contacts that the desk marked as read
        self.uploads: dict[str, Medium] = {}
        self.calls: list[str] = []  # "POST messages", "GET media", as they came
        self.templates: dict[tuple[str, str], str] = {}  # name and language to "Halo {{1}}"
        self.statuses: dict[tuple[str, str], str] = {}  # of templates that are not approved
        self.number = Number()
        self._media: dict[str, Medium] = {}
        number = f"/{VERSION}/{{number}}"
        self.app = Starlette(
            routes=[
                Route(f"{number}/messages", self._messages, methods=["POST"]),
                Route(f"{number}/media", self._upload, methods=["POST"]),
                Route(f"{number}/subscribed_apps", self._subscribed, methods=["GET"]),
                Route(f"{number}/message_templates", self._listed, methods=["GET"]),
                Route("/storage/{medium}", self._storage, methods=["GET"]),
                Route(f"/{VERSION}/{{medium}}", self._node, methods=["GET"]),
            ]
        )

    # -- what it keeps ------------------------------------------------------------------------------------------------

    @property
    def last(self) -> Message:
        assert self.messages, "no message was handed over"
        return self.messages[-1]

    def keeps_medium(
        self, content: bytes, media_type: str, *, declares_length: bool = True, leads_to: str | None = None
    ) -> str:
        """Store what a contact attached; return its id."""
        medium = str(secrets.randbelow(9 * 10**14) + 10**14)
        self._media[medium] = Medium(
            content=content, type=media_type, declares_length=declares_length, leads_to=leads_to
        )
        return medium

    def approves(
        self, text: str, *, name: str | None = None, language: str = "id", status: str = "approved"
    ) -> str:
        """Approve a template such as "Halo {{1}}, ..." (or give it another status) and return its name."""
        name = name or ("balasan" if not self.templates else f"balasan_{len(self.templates)}")
        self.templates[name, language] = text
        self.statuses[name, language] = status
        return name

    # -- what it posts ------------------------------------------------------------------------------------------------

    def sign(self, body: bytes) -> str:
        return f"sha256={hmac.new(self.app_secret.encode(), body, hashlib.sha256).hexdigest()}"

    async def post(self, url: str, body: bytes, *, signature: str | None = None) -> httpx.Response:
        """Post a body; `signature=""`: unsigned."""
        given = self.sign(body) if signature is None else signature
        headers = [(b"Content-Type", b"application/json")]
        if given:
            headers.append((b"X-Hub-Signature-256", given.encode("latin-1")))
        async with httpx.AsyncClient(timeout=15, trust_env=False, verify=publicly_trusted()) as client:
            return await client.post(url, content=body, headers=headers)

    def webhook(
        self,
        *,
        messages: Sequence[Mapping[str, Any]] = (),
        statuses: Sequence[Mapping[str, Any]] = (),
        contacts: Sequence[Mapping[str, Any]] | None = None,
        number: str | None = None,
        **value: Any,
    ) -> dict[str, Any]:
        """Make one change with what it holds, in the envelope of a webhook."""
        people = [
            {"profile": {"name": "Ana Lestari"}, "wa_id": each["from"]} for each in messages if "from" in each
        ]
        told = {
            "messaging_product": "whatsapp",
            "metadata": {
                "display_phone_number": self.sender.removeprefix("+"),
                "phone_number_id": number or self.phone_number_id,
            },
            **({"contacts": people if contacts is None else list(contacts)} if messages else {}),
            **({"messages": list(messages)} if messages else {}),
            **({"statuses": list(statuses)} if statuses else {}),
            **value,
        }
        change = {"field": "messages", "value": told}
        return {
            "object": "whatsapp_business_account",
            "entry": [{"id": self.business_account_id, "changes": [change]}],
        }

    def message(self, **fields: Any) -> dict[str, Any]:
        """Make a contact's message; a text if nothing else is said. `from_` is the number in digits."""
        sender = fields.pop("from_", "6281234567890")
        made = {
            "from": sender,
            "id": f"wamid.{secrets.token_hex(20)}",
            "timestamp": str(int(time.time())),
            "type": "text",
            **({} if "type" in fields else {"text": {"body": "Halo"}}),
            **fields,
        }
        return {name: each for name, each in made.items() if each is not None}

    def status(self, message: Message, status: str, *, error_code: int | None = None) -> dict[str, Any]:
        """Make a status of a message that the desk sent."""
        opaque = {"biz_opaque_callback_data": message.opaque} if message.opaque is not None else {}
        errors = [{"code": error_code, "title": "as the test asked", "message": "as the test asked"}]
        return {
            "id": message.id,
            "status": status,
            "timestamp": str(int(time.time())),
            "recipient_id": message.to.removeprefix("+"),
            **opaque,
            **({"errors": errors} if error_code is not None else {}),
        }

    async def send(
        self, base_url: str, desk: str, webhook: Any, *, signature: str | None = None
    ) -> httpx.Response:
        url = f"{base_url}/channels/whatsapp/{desk}"
        return await self.post(url, json.dumps(webhook).encode(), signature=signature)

    async def send_webhook(
        self, base_url: str, desk: str, *, signature: str | None = None, **fields: Any
    ) -> httpx.Response:
        """Let a contact write to a desk."""
        webhook = self.webhook(messages=[self.message(**fields)])
        return await self.send(base_url, desk, webhook, signature=signature)

    async def send_status(
        self,
        message: Message,
        status: str,
        *,
        error_code: int | None = None,
        base_url: str,
        desk: str = "itb",
    ) -> httpx.Response:
        """Tell the desk how a message fares, in whatever order the test likes."""
        told = self.status(message, status, error_code=error_code)
        return await self.send(base_url, desk, self.webhook(statuses=[told]))

    # -- the Graph API ------------------------------------------------------------------------------------------------

    async def _messages(self, request: Request) -> Response:
        body = await self._json(request)
        is_read = body.get("status") == "read"
        self.calls.append("POST read" if is_read else "POST messages")

        async def take() -> Response:
            if wrong := wrong_in(body, READ if is_read else MESSAGE):
                raise self.complaint(wrong, code=100)
            if is_read:
                self.read.append(body["message_id"])
                return JSONResponse({"success": True})
            self._check(body)
            self.messages.append(Message(id=f"wamid.{secrets.token_hex(20)}", body=body))
            return JSONResponse(self._taken(self.last))

        return await self._answer(request, "read" if is_read else "create", take)

    async def _json(self, request: Request) -> dict[str, Any]:
        try:
            body = json.loads(await request.body())
        except ValueError:
            body = None
        return body if isinstance(body, dict) else {}

    def _check(self, body: dict[str, Any]) -> None:
        """What no table of fields can say."""
        kind = body["type"]
        medium = body[kind].get("id") if kind in MEDIA_TYPES else None
        if medium is not None and (
            medium not in self.uploads or self.uploads[medium].type not in MEDIA_TYPES[kind]
        ):
            raise RefusedError(131009, f"(#131009) {medium} is no {kind}")
        if kind == "template":
            self._check_template(body["template"])

    def _check_template(self, template: dict[str, Any]) -> None:
        text = self.templates.get((template["name"], template["language"]["code"]))
        if text is None:
            raise RefusedError(
                132001, "(#132001) Template name does not exist in the translation", status=404
            )
        given = [
            each
            for component in template.get("components", ())
            if component["type"] == "body"
            for each in component["parameters"]
        ]
        if len(given) != text.count("{{"):
            raise RefusedError(132000, "(#132000) Number of parameters does not match the expected number")

    async def _listed(self, request: Request) -> Response:
        """The templates of the business account, a page at a time."""
        self.calls.append("GET message_templates")

        async def show() -> Response:
            if request.path_params["number"] != self.business_account_id:
                raise RefusedError(100, "(#100) Tried accessing nonexisting field (message_templates)")
            if unknown := set(request.query_params) - {"fields", "limit", "after", "before", "status"}:
                raise self.complaint(f"the list knows no {sorted(unknown)}", code=100)
            begin = int(request.query_params.get("after", 0))
            end = begin + min(int(request.query_params.get("limit", 25)), self.templates_a_page)
            rows = [self._row(*key) for key in list(self.templates)[begin:end]]
            paging: dict[str, Any] = {"cursors": {"before": str(begin), "after": str(end)}}
            if end < len(self.templates):
                paging["next"] = f"{request.url}&after={end}"
            return JSONResponse({"data": rows, "paging": paging})

        return await self._answer(request, "templates", show)

    def _row(self, name: str, language: str) -> dict[str, Any]:
        text = self.templates[name, language]
        samples = ["contoh"] * text.count("{{")
        body = {"type": "BODY", "text": text, **({"example": {"body_text": [samples]}} if samples else {})}
        return {
            "name": name, "language": language, "status": self.statuses.get((name, language), "approved").upper(),
            "category": "UTILITY", "components": [body], "rejected_reason": "NONE", "id": str(abs(hash(name))),
        }  # fmt: skip

    def _taken(self, message: Message) -> dict[str, Any]:
        contact: dict[str, Any] = {"input": message.to}
        if message.to.startswith("+"):
            contact["wa_id"] = message.to.removeprefix("+")
        else:
            contact["user_id"] = message.to
        return {
            "messaging_product": "whatsapp",
            "contacts": [contact],
            "messages": [{"id": message.id, "message_status": "accepted"}],
        }

    async def _upload(self, request: Request) -> Response:
        self.calls.append("POST media")
        async with request.form() as form:

            async def take() -> Response:
                file = form.get("file")
                if unknown := set(form) - {"messaging_product", "type", "file"}:
                    raise self.complaint(f"an upload knows no {sorted(unknown)}", code=100)
                if form.get("messaging_product") != "whatsapp" or file is None or isinstance(file, str):
                    raise self.complaint("an upload without messaging_product or file", code=100)
                media_type = str(form.get("type"))
                if not any(media_type in types for types in MEDIA_TYPES.values()):
                    raise RefusedError(
                        100, f"(#100) Param file must be a file with one of the known types, not {media_type}"
                    )
                medium = str(secrets.randbelow(9 * 10**14) + 10**14)
                self.uploads[medium] = Medium(
                    content=await file.read(), type=media_type, name=file.filename or ""
                )
                return JSONResponse({"id": medium})

            return await self._answer(request, "upload", take)

    async def _node(self, request: Request) -> Response:
        """A Graph API node: a contact's medium, or the number."""
        node = request.path_params["medium"]
        if node == self.phone_number_id:
            return await self._about_number(request)
        self.calls.append("GET media")

        async def show() -> Response:
            medium = self._media.get(node)
            if medium is None:
                raise RefusedError(100, "Unsupported get request. Object with this ID does not exist")
            return JSONResponse(
                {
                    "messaging_product": "whatsapp",
                    "url": medium.leads_to or f"{self.url}/storage/{node}?key=of-this-medium",
                    "mime_type": medium.type,
                    "sha256": hashlib.sha256(medium.content).hexdigest(),
                    "file_size": len(medium.content),
                    "id": node,
                }
            )

        return await self._answer(request, "media", show)

    async def _about_number(self, request: Request) -> Response:
        async def show() -> Response:
            shown = {"id": self.phone_number_id, "display_phone_number": self.number.display_phone_number}
            if self.number.webhook is not None:
                shown["webhook_configuration"] = {"application": self.number.webhook}
            return JSONResponse(shown)

        return await self.answer("media", lambda: self._authenticate(request), show)

    async def _subscribed(self, request: Request) -> Response:
        async def show() -> Response:
            if request.path_params["number"] != self.business_account_id:
                raise RefusedError(100, "Unsupported get request. Object with this ID does not exist")
            return JSONResponse(
                {"data": [{"whatsapp_business_api_data": {"id": "1"}}] * self.number.subscribed}
            )

        return await self.answer("media", lambda: self._authenticate(request), show)

    async def _storage(self, request: Request) -> Response:
        self.calls.append("GET storage")

        async def bring() -> Response:
            medium = self._media[request.path_params["medium"]]
            if medium.declares_length:
                return Response(medium.content, media_type=medium.type)
            return StreamingResponse(_chunks(medium.content), media_type=medium.type)

        return await self._answer(request, "storage", bring)

    # -- how it answers -----------------------------------------------------------------------------------------------

    async def _answer(self, request: Request, call: str, take: Callable[[], Awaitable[Response]]) -> Response:
        return await self.answer(call, lambda: self._authenticate(request), take)

    def _authenticate(self, request: Request) -> None:
        if request.headers.get("authorization") != f"Bearer {self.access_token}":
            raise RefusedError(190, "Invalid OAuth access token", status=401)
        number = request.path_params.get("number")
        if number not in {None, self.phone_number_id, self.business_account_id}:
            raise RefusedError(100, "Unsupported post request. Object with this ID does not exist")

    async def called_back(self, fault: Fault) -> Response:
        assert fault.base_url is not None
        await self.send_status(self.last, fault.callback, base_url=fault.base_url)
        return JSONResponse(self._taken(self.last))

    def error(
        self, status: int, code: int, message: str, *, headers: dict[str, str] | None = None
    ) -> Response:
        subcode = {"error_subcode": 33} if code == 100 and "does not exist" in message else {}
        body = {"message": message, "type": "OAuthException", "code": code, **subcode, "fbtrace_id": "A1"}
        return JSONResponse({"error": body}, status_code=status, headers=headers)


@contextlib.asynccontextmanager
async def served(cloud: CloudStandin) -> AsyncIterator[str]:
    """Serve a stand-in's Graph API. Yields its base URL."""
    async with serving(cloud.app) as cloud.url:
        try:
            yield cloud.url
        finally:
            cloud.close()


@contextlib.asynccontextmanager
async def running_cloud() -> AsyncIterator[CloudStandin]:
    """Make a stand-in and serve it."""
    cloud = CloudStandin()
    async with served(cloud):
        yield cloud


async def _chunks(content: bytes) -> AsyncIterator[bytes]:
    for start in itertools.count(0, 4096):
        if start >= len(content):
            return
        yield content[start : start + 4096]
