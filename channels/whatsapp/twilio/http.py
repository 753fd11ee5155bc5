"""How twilio's client reaches Twilio: over our own connections.

It is ours, for three reasons: `api` may replace Twilio's address, nothing may be retried behind our back, and twilio's
own (`AsyncTwilioHttpClient` in 9.13) logs addresses of contacts and keeps its last answer on the object.
"""

import logging
from base64 import b64encode
from typing import Any

from twilio.http import AsyncHttpClient
from twilio.http.response import Response
from twilio.rest import Client

from channels.connections import Connections, patience
from channels.whatsapp.twilio.errors import throttled
from channels.whatsapp.twilio.settings import TWILIO, TwilioSettings

CONTENT = "https://content.twilio.com"


def client_of(settings: TwilioSettings) -> Client:
    """Return twilio's client of a sender."""
    return Client(
        settings.account_sid,
        settings.auth_token,
        http_client=TwilioHttp(settings),
        environment={"TWILIO_REGION": ""},  # not empty, else twilio reads our environment
    )


class TwilioHttp(AsyncHttpClient):  # type: ignore[misc]  # twilio has no types
    """Speaks for twilio's client, once for each request. Raises what aiohttp does, and Deferred for a 429."""

    def __init__(self, settings: TwilioSettings) -> None:
        timeout, api = settings.timeout.total_seconds(), settings.api
        super().__init__(logging.getLogger(__name__), is_async=True, timeout=timeout)
        self._bases = {TWILIO: (api or TWILIO).rstrip("/"), CONTENT: (api or CONTENT).rstrip("/")}
        self._connections = Connections(by_proxies=True)

    async def request(  # the signature is twilio's
        self,
        method: str,
        uri: str,
        params: dict[str, Any] | None = None,
        data: dict[str, Any] | None = None,
        headers: dict[str, str] | None = None,
        auth: tuple[str, str] | None = None,
        timeout: float | None = None,  # noqa: ASYNC109  it is twilio's
        allow_redirects: bool = False,  # noqa: FBT001, FBT002
    ) -> Response:
        session = await self._connections.opened()
        asked = session.request(
            method.upper(),
            self._reached(uri),
            params=params,
            data=data,
            headers={**(headers or {}), **_authorization(auth)},
            timeout=patience(timeout or self.timeout),
            allow_redirects=allow_redirects,
        )
        async with asked as answer:
            if answer.status == 429:  # only here the header can be seen
                raise throttled(answer.headers.get("Retry-After"))
            return Response(answer.status, await answer.text(), answer.headers)

    async def aclose(self) -> None:
        await self._connections.aclose()

    def _reached(self, uri: str) -> str:
        host = next((each for each in self._bases if uri.startswith(each)), None)
        return uri if host is None else f"{self._bases[host]}{uri.removeprefix(host)}"


def _authorization(auth: tuple[str, str] | None) -> dict[str, str]:
    return {} if auth is None else {"Authorization": f"Basic {b64encode(':'.join(auth).encode()).decode()}"}
