"""The HTTP side of the stand-in: `/bot<token>/<method>` and `/file/bot<token>/<path>`."""

import asyncio
import time
from collections.abc import Callable
from typing import Any

import httpx
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Route

from channels.trust import publicly_trusted
from tests.standins.telegram.checks import PHOTO_BYTES, Asked, Refused, read, reply_is_lenient
from tests.standins.telegram.faults import FILE, Fault, Faults
from tests.standins.telegram.world import BOT_ID, Chat, Seen, SeenFile, Topic, World, keys_of

DEFAULT_TOKEN = f"{BOT_ID}:AAExampleTokenOfTheStandIn_0123456789"
_NOT_BY_DEFAULT = {"chat_member", "message_reaction", "message_reaction_count"}
_DOWNLOAD_BYTES = 20 * 1024 * 1024
_DELETABLE_SECONDS = 48 * 3600
_TICK = 0.01  # seconds between two looks at a condition


class TelegramStandin(World, Faults):
    """The Bot API for one bot. Serve `app` and give its address to the adapter as `api`."""

    def __init__(
        self,
        *,
        token: str = DEFAULT_TOKEN,
        username: str = "tanggap_bot",
        clock: Callable[[], float] = time.time,
    ) -> None:
        World.__init__(self, username=username, clock=clock)
        Faults.__init__(self)
        self.token = token
        self.webhook: dict[str, Any] | None = None  # what setWebhook was given
        self.last_webhook_error: str | None = None
        self._calls: list[tuple[str, dict[str, Any]]] = []
        self._allowed: list[str] | None = None
        self.menus: dict[tuple[str, str | None], list[dict[str, Any]]] = {}  # by scope and language
        self._poll = 0  # number of the newest getUpdates: it ends those before it
        self.app = Starlette(
            routes=[
                Route("/bot{token}/{method}", self._method, methods=["GET", "POST"]),
                Route("/file/bot{token}/{path:path}", self._download, methods=["GET"]),
            ]
        )

    # For tests.

    def calls(self, method: str) -> list[dict[str, Any]]:
        """The parameters of every well-formed call of a method so far, those that met a fault too."""
        return [asked for name, asked in self._calls if name == method]

    async def until(self, condition: Callable[[], object], *, within: float = 10.0) -> None:
        """Wait until something is so; fails the test after `within` seconds."""
        end = time.monotonic() + within
        while not condition():
            if time.monotonic() > end:
                raise AssertionError(f"It did not come about within {within} seconds.")
            await asyncio.sleep(_TICK)

    async def push(self, base_url: str) -> list[int]:
        """Bring the waiting updates to the webhook, at `base_url` instead of the public one. Returns the statuses.

        As with the real server an update that is not answered with 2xx stays, and holds up those behind it.
        """
        if self.webhook is None:
            raise AssertionError("No webhook is set.")
        path = httpx.URL(self.webhook["url"]).path
        statuses = []
        async with httpx.AsyncClient(base_url=base_url, verify=publicly_trusted()) as client:
            while self.updates:
                answer = await client.post(path, json=self.updates[0], headers=self.secret_header)
                statuses.append(answer.status_code)
                if not answer.is_success:
                    self.last_webhook_error = f"Wrong response from the webhook: {answer.status_code}"
                    break
                self.updates.pop(0)
        return statuses

    @property
    def secret_header(self) -> dict[str, str]:
        secret = (self.webhook or {}).get("secret_token")
        return {"X-Telegram-Bot-Api-Secret-Token": secret} if secret else {}

    # HTTP.

    async def _method(self, request: Request) -> Response:
        method = request.path_params["method"]
        try:
            if request.path_params["token"] != self.token:
                raise Refused("Unauthorized", status=401)  # noqa: TRY301
            asked = await read(request, method)
            self._calls.append((method, dict(asked)))
            fault = self.take(method, asked)
            if fault and not fault.done:
                return await self._fail(request, fault)
            result = await getattr(self, f"_{_snake(method)}")(asked, request)
        except Refused as refusal:
            return JSONResponse(refusal.body(), status_code=refusal.status)
        if fault and (failed := await self._fail(request, fault)):
            return failed
        return JSONResponse({"ok": True, "result": result})

    async def _fail(self, request: Request, fault: Fault) -> Response | None:
        match fault.kind:
            case "answer" if fault.refusal:
                raise fault.refusal
            case "silence":
                while not await request.is_disconnected():
                    await asyncio.sleep(_TICK)
            case "cut":
                _transport_of(request).abort()
                while not await request.is_disconnected():
                    await asyncio.sleep(0)
            case "garbage":
                return HTMLResponse("<html>502 Bad Gateway</html>", status_code=502)
            case "delay":
                await asyncio.sleep(fault.seconds)
                return None
        return Response(status_code=499)

    async def _download(self, request: Request) -> Response:
        try:
            if request.path_params["token"] != self.token:
                raise Refused("Unauthorized", status=401)  # noqa: TRY301
            if fault := self.take(FILE, {}):
                return await self._fail(request, fault) or Response(status_code=500)
            file = self.files.get(request.path_params["path"].partition("/")[2].partition(".")[0])
            if file is None:
                raise Refused("Not Found", status=404)  # noqa: TRY301
        except Refused as refusal:
            return JSONResponse(refusal.body(), status_code=refusal.status)
        content = self.substitutes.get(file.file_id, file.content)
        return Response(content, media_type="application/octet-stream")

    # The methods, named as in the Bot API.

    async def _get_me(self, _asked: Asked, _request: Request) -> dict[str, Any]:
        return {**self.bot_json(), "can_join_groups": True, "can_read_all_group_messages": True}

    async def _get_updates(self, asked: Asked, request: Request) -> list[dict[str, Any]]:
        if self.webhook:
            raise Refused(
                "Conflict: can't use getUpdates method while webhook is active; "
                "use deleteWebhook to delete the webhook first",
                status=409,
            )
        self._poll += 1
        mine = self._poll
        self._allow(asked)
        self._acknowledge(int(asked.get("offset") or 0))
        end = time.monotonic() + int(asked.get("timeout") or 0)
        while not (found := self._waiting_updates()) and time.monotonic() < end:
            if await request.is_disconnected():
                return []
            if self._poll != mine:
                raise Refused(
                    "Conflict: terminated by other getUpdates request; "
                    "make sure that only one bot instance is running",
                    status=409,
                )
            await asyncio.sleep(_TICK)
        return found[: int(asked.get("limit") or 100)]

    def _allow(self, asked: Asked) -> None:
        if "allowed_updates" in asked:  # left out, the former setting holds
            self._allowed = asked["allowed_updates"]

    def _acknowledge(self, offset: int) -> None:
        """Forget what lies before the offset. One that is out of the world is ignored, as by the real server."""
        if self.updates and offset <= self.updates[-1]["update_id"] + 10:
            self.updates = [update for update in self.updates if update["update_id"] >= offset]

    def _waiting_updates(self) -> list[dict[str, Any]]:
        self.updates = [update for update in self.updates if self._is_allowed(update)]
        return self.updates

    def _is_allowed(self, update: dict[str, Any]) -> bool:
        kinds = set(update) - {"update_id"}
        return bool(kinds & set(self._allowed)) if self._allowed else not kinds & _NOT_BY_DEFAULT

    async def _set_webhook(self, asked: Asked, _request: Request) -> bool:
        if not asked["url"].startswith("https://"):
            raise Refused("Bad Request: bad webhook: An HTTPS URL must be provided for webhook")
        self._allow(asked)
        self.webhook = dict(asked)
        return True

    async def _delete_webhook(self, asked: Asked, _request: Request) -> bool:
        self.webhook = None
        if str(asked.get("drop_pending_updates")).lower() == "true":
            self.updates.clear()
        return True

    async def _get_webhook_info(self, _asked: Asked, _request: Request) -> dict[str, Any]:
        info: dict[str, Any] = {
            "url": (self.webhook or {}).get("url", ""),
            "has_custom_certificate": False,
            "pending_update_count": len(self.updates),
        }
        if self.last_webhook_error:
            info |= {"last_error_message": self.last_webhook_error, "last_error_date": int(self.clock())}
        return info

    async def _send_message(self, asked: Asked, _request: Request) -> dict[str, Any]:
        return self._sent(asked, text=asked["text"])

    async def _send_photo(self, asked: Asked, _request: Request) -> dict[str, Any]:
        name, kind, content = asked.file("photo")
        if len(content) > PHOTO_BYTES:
            raise Refused("Bad Request: file is too big for a photo")
        return self._sent(asked, file=self.upload("photo", name, kind, content))

    async def _send_document(self, asked: Asked, _request: Request) -> dict[str, Any]:
        return self._sent(asked, file=self.upload("document", *asked.file("document")))

    def _sent(self, asked: Asked, *, text: str | None = None, file: SeenFile | None = None) -> dict[str, Any]:
        thread = int(asked["message_thread_id"]) if "message_thread_id" in asked else None
        chat = self.target(asked["chat_id"], thread)
        seen = self.shows(
            chat,
            thread=thread,
            text=text if text is not None else asked.get("caption", ""),
            reply_to=(asked.get("reply_parameters") or {}).get("message_id"),
            lenient=reply_is_lenient(asked),
            keyboard=asked.get("reply_markup"),
            file=file,
        )
        return self.message_json(seen)

    async def _edit_message_text(self, asked: Asked, _request: Request) -> dict[str, Any]:
        seen = self._editable(asked)
        if seen.file:
            raise Refused("Bad Request: there is no text in the message to edit")
        return self._changed(seen, text=asked["text"], keyboard=asked.get("reply_markup"))

    async def _edit_message_caption(self, asked: Asked, _request: Request) -> dict[str, Any]:
        seen = self._editable(asked)
        if not seen.file:
            raise Refused("Bad Request: there is no caption in the message to edit")
        return self._changed(seen, text=asked.get("caption", ""), keyboard=asked.get("reply_markup"))

    async def _edit_message_reply_markup(self, asked: Asked, _request: Request) -> dict[str, Any]:
        seen = self._editable(asked)
        return self._changed(seen, text=seen.text, keyboard=asked.get("reply_markup"))

    def _editable(self, asked: Asked) -> Seen:
        seen = self._found(asked, "message to edit not found")
        if not seen.from_bot:
            raise Refused("Bad Request: message can't be edited")
        return seen

    def _changed(self, seen: Seen, *, text: str, keyboard: Any) -> dict[str, Any]:
        keys = keys_of(keyboard)
        if (text, keys) == (seen.text, seen.keys):
            raise Refused(
                "Bad Request: message is not modified: specified new message content and reply markup are exactly "
                "the same as a current content and reply markup of the message"
            )
        seen.text, seen.keys, seen.edited = text, keys, True
        return {**self.message_json(seen), "edit_date": int(self.clock())}

    async def _set_message_reaction(self, asked: Asked, _request: Request) -> bool:
        reaction = asked.get("reaction") or []
        self._found(asked, "message to react not found").reaction = reaction[0]["emoji"] if reaction else None
        return True

    async def _delete_message(self, asked: Asked, _request: Request) -> bool:
        seen = self._found(asked, "message to delete not found")
        if int(self.clock()) - seen.at >= _DELETABLE_SECONDS:
            raise Refused("Bad Request: message can't be deleted")
        self.chat(seen.chat).messages.remove(seen)
        return True

    def _found(self, asked: Asked, otherwise: str) -> Seen:
        if "chat_id" not in asked or "message_id" not in asked:
            raise Refused("Bad Request: message identifier is not specified")
        seen = self.target(asked["chat_id"]).message(int(asked["message_id"]))
        if seen is None:
            raise Refused(f"Bad Request: {otherwise}")
        return seen

    async def _answer_callback_query(self, asked: Asked, _request: Request) -> bool:
        press = asked["callback_query_id"]
        if press not in self.open_presses:
            raise Refused("Bad Request: query is too old and response timeout expired or query ID is invalid")
        self.open_presses.remove(press)
        self.answered_presses.append(press)
        return True

    async def _create_forum_topic(self, asked: Asked, _request: Request) -> dict[str, Any]:
        topic = self.opens_topic(self._forum(asked), asked["name"])
        return {"message_thread_id": topic.thread, "name": topic.name, "icon_color": 7322096}

    async def _edit_forum_topic(self, asked: Asked, _request: Request) -> bool:
        topic = self._topic(asked)
        if asked.get("name", topic.name) == topic.name:
            raise Refused("Bad Request: TOPIC_NOT_MODIFIED")
        topic.name = asked["name"]
        return True

    async def _close_forum_topic(self, asked: Asked, _request: Request) -> bool:
        return self._set_closed(asked, closed=True)

    async def _reopen_forum_topic(self, asked: Asked, _request: Request) -> bool:
        return self._set_closed(asked, closed=False)

    def _set_closed(self, asked: Asked, *, closed: bool) -> bool:
        topic = self._topic(asked)
        if topic.closed == closed:
            raise Refused("Bad Request: TOPIC_NOT_MODIFIED")
        topic.closed = closed
        return True

    def _forum(self, asked: Asked) -> Chat:
        chat = self.target(asked["chat_id"])
        if not chat.is_forum:
            raise Refused("Bad Request: the chat is not a forum")
        if not chat.bot_manages_topics:
            raise Refused("Bad Request: not enough rights to manage topics")
        return chat

    def _topic(self, asked: Asked) -> Topic:
        topic = self._forum(asked).topics.get(int(asked["message_thread_id"]))
        if topic is None or topic.deleted:
            raise Refused("Bad Request: TOPIC_ID_INVALID")
        return topic

    async def _get_my_commands(self, asked: Asked, _request: Request) -> list[dict[str, Any]]:
        return self.menus.get(_menu_of(asked), [])

    async def _set_my_commands(self, asked: Asked, _request: Request) -> bool:
        self.menus[_menu_of(asked)] = asked["commands"]
        return True

    async def _get_file(self, asked: Asked, _request: Request) -> dict[str, Any]:
        file = self.files.get(asked["file_id"])
        if file is None:
            raise Refused("Bad Request: wrong file_id or the file is temporarily unavailable")
        if len(file.content) > _DOWNLOAD_BYTES:
            raise Refused("Bad Request: file is too big")
        ending = (
            file.name.rpartition(".")[2]
            if "." in file.name
            else {"photo": "jpg", "voice": "oga"}.get(file.kind, "bin")
        )
        return {
            "file_id": file.file_id,
            "file_unique_id": f"u-{file.file_id}",
            "file_size": len(file.content),
            "file_path": f"{file.kind}s/{file.file_id}.{ending}",
        }


def _menu_of(asked: Asked) -> tuple[str, str | None]:
    scope = asked.get("scope") or {"type": "default"}
    return str(scope.get("chat_id", scope["type"])), asked.get("language_code")


def _snake(method: str) -> str:
    return "".join(f"_{letter.lower()}" if letter.isupper() else letter for letter in method)


def _transport_of(request: Request) -> asyncio.Transport:
    """Reach for uvicorn's socket, for there is no other way to break a connection from inside an application."""
    cycle: Any = request.receive.__self__  # type: ignore[attr-defined]
    transport: asyncio.Transport = cycle.transport
    return transport
