"""The one way to the Graph API: each call once, with the account's token, and never a retry behind our back."""

import json
from typing import TYPE_CHECKING, Any

from channels.connections import Connections, patience
from channels.whatsapp.cloud.envelope import Json, mapping, mappings, text
from channels.whatsapp.cloud.errors import Answer, answered, broken, unreadable
from channels.whatsapp.cloud.listed import FIELDS
from channels.whatsapp.cloud.settings import CloudSettings
from later import Later
from tickets.message import File

if TYPE_CHECKING:
    import aiohttp
else:
    aiohttp = Later("aiohttp")

TEMPLATES_A_PAGE = 100
MOST_PAGES = 100


class CloudCalls:
    """Raises what `channels.contract.Sender` promises."""

    def __init__(self, settings: CloudSettings) -> None:
        self._base = settings.graph
        self._number = f"{settings.graph}/{settings.phone_number_id}"
        self._patience = settings.timeout.total_seconds()
        self._connections = Connections(headers={"Authorization": f"Bearer {settings.access_token}"})

    async def send(self, message: Json) -> str:
        """Send a message; returns Meta's name for it."""
        said = await self._post("messages", json={"messaging_product": "whatsapp", **message})
        name = next((text(each.get("id")) for each in mappings(said.get("messages"))), "")
        if not name:
            raise unreadable()
        return name

    async def mark_read(self, external_id: str) -> None:
        """Let the contact see that their message, and those before it, were read."""
        read = {"messaging_product": "whatsapp", "status": "read", "message_id": external_id}
        await self._post("messages", json=read)

    async def upload(self, file: File) -> str:
        """Give Meta a file; returns its id, good for thirty days."""
        form = aiohttp.FormData({"messaging_product": "whatsapp", "type": file.type}, quote_fields=False)
        name = " ".join(file.name.split())  # a header has no line breaks
        form.add_field("file", file.content or b"", filename=name, content_type=file.type)
        said = await self._post("media", data=form)
        reference = text(said.get("id"))
        if not reference:
            raise unreadable()
        return reference

    async def medium(self, reference: str) -> Json:
        """Ask where a contact's file is."""
        return await self._asked("GET", f"{self._base}/{reference}")

    async def templates(self, business_account: str) -> list[Json]:
        """Return the rows of every template, page after page."""
        rows: list[Json] = []
        query: dict[str, str] = {"fields": FIELDS, "limit": str(TEMPLATES_A_PAGE)}
        for _ in range(MOST_PAGES):
            said = await self._asked(
                "GET", f"{self._base}/{business_account}/message_templates", params=query
            )
            rows += mappings(said.get("data"))
            paging = mapping(said.get("paging"))
            after = text(mapping(paging.get("cursors")).get("after"))
            if not paging.get("next") or not after:
                break
            query["after"] = after
        return rows

    async def aclose(self) -> None:
        await self._connections.aclose()

    async def _post(self, edge: str, **content: Any) -> Json:
        return await self._asked("POST", f"{self._number}/{edge}", **content)

    async def _asked(self, method: str, url: str, **content: Any) -> Json:
        try:
            answer = await self._answer(method, url, **content)
        except (aiohttp.ClientError, TimeoutError) as error:
            raise broken(error) from error
        if not answer.is_success:
            raise answered(answer)
        try:
            return mapping(json.loads(answer.body))
        except ValueError as error:
            raise unreadable() from error

    async def _answer(self, method: str, url: str, **content: Any) -> Answer:
        session = await self._connections.opened()
        asked = session.request(
            method, url, timeout=patience(self._patience), allow_redirects=False, **content
        )
        async with asked as answer:
            return Answer(
                status=answer.status,
                body=await answer.read(),
                retry_after=answer.headers.get("Retry-After"),
            )
