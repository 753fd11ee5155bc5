"""The one way to Twilio's REST API: twilio's own client, over our connections (`http`)."""

from collections.abc import Awaitable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeVar

from twilio.base.exceptions import TwilioException

from channels.contract import Deferred
from channels.whatsapp.outcomes import OutcomeUnknown
from channels.whatsapp.twilio.brought import form_of
from channels.whatsapp.twilio.contents import template_of
from channels.whatsapp.twilio.errors import translated
from channels.whatsapp.twilio.settings import TwilioSettings
from later import Later
from tickets.message import ListedTemplate

if TYPE_CHECKING:
    import aiohttp
    from twilio.rest import Client

    from channels.whatsapp.twilio import http
else:
    aiohttp = Later("aiohttp")
    http = Later("channels.whatsapp.twilio.http")

TEMPLATES_A_PAGE = 100
MESSAGES_A_PAGE = 1000  # the most that Twilio gives

T = TypeVar("T")


@dataclass(frozen=True, kw_only=True)
class Listed:
    """A message as Twilio's list shows it."""

    sid: str
    body: str
    media: int  # how many
    status: str
    error_code: int | None
    created_at: datetime | None
    service: str | None  # messaging service it was sent through


@dataclass(frozen=True, kw_only=True)
class Received:
    """A message that came in, as Twilio's list shows it."""

    sid: str
    at: datetime  # when Twilio had it
    service: str | None  # messaging service it came through


class TwilioCalls:
    """Creates and lists messages. Raises what `channels.contract.Sender` promises."""

    def __init__(self, settings: TwilioSettings) -> None:
        self._settings = settings

    @cached_property
    def _client(self) -> "Client":
        return http.client_of(self._settings)

    async def create(self, fields: Mapping[str, object]) -> Listed:
        return _listed(await _told(self._client.messages.create_async(**fields)))

    async def listed(self, *, limit: int, **filters: str) -> list[Listed]:
        """Return the newest messages; filters are `to` and `from_`."""
        asked = self._client.messages.list_async(**filters, limit=limit, page_size=limit)
        return [_listed(each) for each in await _asked_for(asked)]

    async def received(self, *, since: datetime, **filters: str) -> list[Received]:
        """Return what came in since an instant, the newest first; the filter is `to`."""
        return await _asked_for(self._received(since, filters))

    async def _received(self, since: datetime, filters: Mapping[str, str]) -> list[Received]:
        messages = await self._client.messages.stream_async(
            **filters, date_sent_after=since, page_size=MESSAGES_A_PAGE
        )
        return [_received(each) async for each in messages if each.direction == "inbound"]

    async def one_received(self, sid: str) -> Mapping[str, str]:
        """Return a message that came in as the form of its webhook would have had it, as far as the list knows."""
        return await _asked_for(self._form(sid))

    async def _form(self, sid: str) -> Mapping[str, str]:
        message = await self._client.messages(sid).fetch_async()
        media = await self._client.messages(sid).media.list_async() if int(message.num_media or 0) else []
        return form_of(message, media)

    async def contents(self) -> list[ListedTemplate]:
        """Return every template of the account with its approval."""
        asked = self._client.content.v1.content_and_approvals.list_async(page_size=TEMPLATES_A_PAGE)
        return [
            template_of(
                sid=each.sid or "", title=each.friendly_name or "", language=each.language or "",
                variables=each.variables, types=each.types, approval=each.approval_requests,
            )
            for each in await _asked_for(asked)
        ]  # fmt: skip

    async def aclose(self) -> None:
        if "_client" in vars(self):  # it was asked for
            await self._client.http_client.aclose()


async def _told(call: Awaitable[T]) -> T:
    try:
        return await call
    except (TwilioException, aiohttp.ClientError, TimeoutError, ValueError, TypeError) as error:
        raise translated(error) from error


async def _asked_for(question: Awaitable[T]) -> T:
    """Ask what can be asked again: nothing comes of it that would have to be known."""
    try:
        return await _told(question)
    except OutcomeUnknown as error:
        raise Deferred(str(error)) from error


def _received(message: Any) -> Received:
    at = message.date_sent or message.date_created
    if not message.sid or at is None:
        raise ValueError("Twilio's answer names no message.")
    return Received(sid=message.sid, at=at, service=message.messaging_service_sid)


def _listed(message: Any) -> Listed:
    if not message.sid:
        raise ValueError("Twilio's answer names no message.")
    return Listed(
        sid=message.sid,
        body=message.body or "",
        media=int(message.num_media or 0),
        status=str(message.status or ""),
        error_code=message.error_code,
        created_at=message.date_created,
        service=message.messaging_service_sid,
    )
