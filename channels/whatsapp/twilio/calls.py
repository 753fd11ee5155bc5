"""The one way to Twilio's REST API: twilio's own synchronous client, in threads.

Its HTTP client is ours, for three reasons: `api` may replace Twilio's address, nothing may be retried behind our back,
and twilio's own keeps its last response on the object, where two threads that send at once can take each other's
(`TwilioHttpClient.request` in 9.13). It also logs addresses of contacts, which ours does not.
"""

import asyncio
import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, TypeVar

from requests import RequestException, Session
from requests.adapters import HTTPAdapter
from twilio.base.exceptions import TwilioException
from twilio.http import HttpClient
from twilio.http.response import Response
from twilio.rest import Client

from channels.contract import Deferred
from channels.whatsapp.outcomes import OutcomeUnknown
from channels.whatsapp.twilio.brought import form_of
from channels.whatsapp.twilio.contents import template_of
from channels.whatsapp.twilio.errors import throttled, translated
from channels.whatsapp.twilio.settings import TwilioSettings
from tickets.message import ListedTemplate

TWILIO = "https://api.twilio.com"
CONTENT = "https://content.twilio.com"
TEMPLATES_A_PAGE = 100
MESSAGES_A_PAGE = 1000  # the most that Twilio gives
CONNECTIONS = 32  # kept open; asyncio's default pool has no more threads than this

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
        self._http = _Http(api=settings.api, timeout=settings.timeout)
        self._client = Client(
            settings.account_sid,
            settings.auth_token,
            http_client=self._http,
            environment={"TWILIO_REGION": ""},  # not empty, else twilio reads our environment
        )

    async def create(self, fields: Mapping[str, object]) -> Listed:
        return await _in_a_thread(lambda: _listed(self._client.messages.create(**fields)))

    async def listed(self, *, limit: int, **filters: str) -> list[Listed]:
        """Return the newest messages; filters are `to` and `from_`."""
        return await _asked_for(
            lambda: [
                _listed(each) for each in self._client.messages.list(**filters, limit=limit, page_size=limit)
            ]
        )

    async def received(self, *, since: datetime, **filters: str) -> list[Received]:
        """Return what came in since an instant, the newest first; the filter is `to`."""
        return await _asked_for(
            lambda: [
                _received(each)
                for each in self._client.messages.stream(
                    **filters, date_sent_after=since, page_size=MESSAGES_A_PAGE
                )
                if each.direction == "inbound"
            ]
        )

    async def one_received(self, sid: str) -> Mapping[str, str]:
        """Return a message that came in as the form of its webhook would have had it, as far as the list knows."""
        return await _asked_for(lambda: self._form(sid))

    def _form(self, sid: str) -> Mapping[str, str]:
        message = self._client.messages(sid).fetch()
        media = self._client.messages(sid).media.list() if int(message.num_media or 0) else []
        return form_of(message, media)

    async def contents(self) -> list[ListedTemplate]:
        """Return every template of the account with its approval."""
        return await _asked_for(
            lambda: [
                template_of(
                    sid=each.sid or "", title=each.friendly_name or "", language=each.language or "",
                    variables=each.variables, types=each.types, approval=each.approval_requests,
                )
                for each in self._client.content.v1.content_and_approvals.list(page_size=TEMPLATES_A_PAGE)
            ]
        )  # fmt: skip

    async def aclose(self) -> None:
        await asyncio.to_thread(self._http.close)


async def _in_a_thread(call: Callable[[], T]) -> T:
    try:
        return await asyncio.to_thread(call)
    except (TwilioException, RequestException, ValueError, TypeError) as error:
        raise translated(error) from error


async def _asked_for(question: Callable[[], T]) -> T:
    """Ask what can be asked again: nothing comes of it that would have to be known."""
    try:
        return await _in_a_thread(question)
    except OutcomeUnknown as error:
        raise Deferred(str(error)) from error


class _Http(HttpClient):  # type: ignore[misc]  # twilio has no types
    """Speaks for twilio's client, once for each request."""

    def __init__(self, *, api: str | None, timeout: timedelta) -> None:
        super().__init__(logging.getLogger(__name__), is_async=False, timeout=timeout.total_seconds())
        self._bases = {TWILIO: (api or TWILIO).rstrip("/"), CONTENT: (api or CONTENT).rstrip("/")}
        self._session = Session()
        for scheme in ("https://", "http://"):
            self._session.mount(scheme, HTTPAdapter(max_retries=0, pool_maxsize=CONNECTIONS))

    def request(  # the signature is twilio's
        self,
        method: str,
        uri: str,
        params: dict[str, Any] | None = None,
        data: dict[str, Any] | None = None,
        headers: dict[str, str] | None = None,
        auth: tuple[str, str] | None = None,
        timeout: float | None = None,
        allow_redirects: bool = False,  # noqa: FBT001, FBT002
    ) -> Response:
        answer = self._session.request(
            method.upper(),
            self._reached(uri),
            params=params,
            data=data,
            headers=headers,
            auth=auth,
            timeout=timeout or self.timeout,
            allow_redirects=allow_redirects,
        )
        if answer.status_code == 429:  # only here the header can be seen
            raise throttled(answer.headers.get("Retry-After"))
        return Response(answer.status_code, answer.text, answer.headers)

    def close(self) -> None:
        self._session.close()

    def _reached(self, uri: str) -> str:
        host = next((each for each in self._bases if uri.startswith(each)), None)
        return uri if host is None else f"{self._bases[host]}{uri.removeprefix(host)}"


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
