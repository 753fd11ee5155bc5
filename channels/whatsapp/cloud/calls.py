"""The one way to the Graph API: each call once, with the account's token, and never a retry behind our back."""

from typing import Any

import httpx

from channels.trust import publicly_trusted
from channels.whatsapp.cloud.envelope import Json, mapping, mappings, text
from channels.whatsapp.cloud.errors import answered, broken, unreadable
from channels.whatsapp.cloud.listed import FIELDS
from channels.whatsapp.cloud.settings import CloudSettings
from tickets.message import File

CONNECTIONS = 32  # kept open
TEMPLATES_A_PAGE = 100
MOST_PAGES = 100


class CloudCalls:
    """Raises what `channels.contract.Sender` promises."""

    def __init__(self, settings: CloudSettings) -> None:
        self._base = settings.graph
        self._number = f"{settings.graph}/{settings.phone_number_id}"
        self._client = httpx.AsyncClient(
            verify=publicly_trusted(),
            timeout=settings.timeout.total_seconds(),
            headers={"Authorization": f"Bearer {settings.access_token}"},
            limits=httpx.Limits(max_connections=CONNECTIONS, max_keepalive_connections=CONNECTIONS),
            trust_env=False,
        )

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
        said = await self._post(
            "media",
            data={"messaging_product": "whatsapp", "type": file.type},
            files={"file": (file.name, file.content or b"", file.type)},
        )
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
        await self._client.aclose()

    async def _post(self, edge: str, **content: Any) -> Json:
        return await self._asked("POST", f"{self._number}/{edge}", **content)

    async def _asked(self, method: str, url: str, **content: Any) -> Json:
        try:
            answer = await self._client.request(method, url, **content)
        except httpx.HTTPError as error:
            raise broken(error) from error
        if not answer.is_success:
            raise answered(answer)
        try:
            return mapping(answer.json())
        except ValueError as error:
            raise unreadable() from error
