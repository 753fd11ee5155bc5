"""The webhook's route: `POST /channels/telegram/<desk>`.

Telegram repeats what is not answered with 2xx, so 200 is said only for what is stored or kept. Several updates come at
once, and are taken in by turns.
"""

import hmac
import json
from typing import Any

from starlette.requests import ClientDisconnect, Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from channels.bodies import bounded
from channels.contract import Inlet, StoreBusy
from channels.telegram.hearing import Hearing
from channels.telegram.settings import TelegramSettings
from channels.telegram.turns import Turns

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105  a header's name
BODY_LIMIT = 1024 * 1024  # bytes; an update has some 5 to 20 kB


class Door:
    """Lets updates in that carry the secret."""

    def __init__(self, settings: TelegramSettings, hearing: Hearing, inlet: Inlet) -> None:
        self._account = settings.account
        self._secret = settings.webhook_secret
        self._hearing = hearing
        self._inlet = inlet
        self._turns = Turns(at_once=settings.webhook_connections)
        self.route = Route(settings.path, self._post, methods=["POST"], name=f"telegram:{settings.account}")

    async def _post(self, request: Request) -> Response:
        if not self._knows_the_secret(request):
            self._inlet.refuse(account=self._account, reason="secret")
            return PlainTextResponse("The secret token is wrong.", status_code=403)
        try:
            body = await bounded(request, BODY_LIMIT)
        except ClientDisconnect:
            return PlainTextResponse("The body did not arrive.", status_code=400)
        if body is None:
            self._inlet.refuse(account=self._account, reason="size")
            return PlainTextResponse("An update of this size is not taken.", status_code=413)
        try:
            return await self._take(body)
        except StoreBusy:
            return PlainTextResponse(
                "Not stored now, please bring it again.", status_code=503, headers={"Retry-After": "5"}
            )

    async def _take(self, body: bytes) -> Response:
        try:
            update = json.loads(body)
        except (ValueError, RecursionError):
            await self._hearing.keep_malformed(self._inlet, body)
            return PlainTextResponse("This is not JSON.", status_code=400)
        number, chat = _turn_of(update)
        if number is None:
            await self._hearing.hear(self._inlet, update, raw=body)
        else:
            async with self._turns.turn(number, chat):
                await self._hearing.hear(self._inlet, update, raw=body)
        return Response(status_code=200)

    def _knows_the_secret(self, request: Request) -> bool:
        given = request.headers.get(SECRET_HEADER, "").encode("latin-1")
        expected = (self._secret or "").encode("ascii")
        return hmac.compare_digest(given, expected) and bool(expected)


def _turn_of(update: Any) -> tuple[int | None, int | None]:
    """Return an update's id and the chat in whose order it stands, where it has them."""
    if not isinstance(update, dict) or not isinstance(update.get("update_id"), int):
        return None, None
    parts = [part for part in update.values() if isinstance(part, dict)]
    parts += [part["message"] for part in parts if isinstance(part.get("message"), dict)]
    chats = [part["chat"] for part in parts if isinstance(part.get("chat"), dict)]
    number = next((chat["id"] for chat in chats if isinstance(chat.get("id"), int)), None)
    return update["update_id"], number
