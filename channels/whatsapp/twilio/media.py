"""Fetches what contacts attach.

A media URL of Twilio's asks for the account's credentials and then redirects to a storage elsewhere, which must never
see them: https://support.twilio.com/hc/en-us/articles/223183748
"""

import httpx

from channels.contract import ChannelError, Deferred, RefusedByProvider
from channels.trust import publicly_trusted
from channels.whatsapp.fetching import read_file
from channels.whatsapp.twilio.errors import CODES
from channels.whatsapp.twilio.settings import TWILIO, TwilioSettings
from tickets.message import File

HOPS = 5
STORAGES = (".twiliocdn.com", ".amazonaws.com")
_NOT_OURS = "Tautan berkas ini bukan milik Twilio sehingga tidak diambil."
_LATER = "Berkas belum dapat diambil dari Twilio."
_GONE = "Berkas ini sudah tidak dapat diambil dari Twilio."


class Media:
    def __init__(self, settings: TwilioSettings) -> None:
        self._limit = settings.max_file_bytes
        self._auth = httpx.BasicAuth(settings.account_sid, settings.auth_token)
        self._api = settings.api.rstrip("/") if settings.api else None
        self._client = httpx.AsyncClient(
            verify=publicly_trusted(),
            timeout=settings.timeout.total_seconds(),
            headers={"Accept-Encoding": "identity"},  # so that the limit is one of what is read, too
        )

    async def fetch(self, reference: str) -> File:
        """Get one file. Raises Deferred or RefusedByProvider."""
        try:
            return await self._follow(self._own(reference))
        except httpx.InvalidURL as error:
            raise RefusedByProvider(_NOT_OURS) from error
        except httpx.RequestError:  # its words may hold the address of the storage, which is a secret
            raise Deferred(_LATER) from None

    async def aclose(self) -> None:
        await self._client.aclose()

    async def _follow(self, url: httpx.URL) -> File:
        for _ in range(HOPS):
            auth = self._auth if self._is_providers(url) else None
            async with self._client.stream("GET", url, auth=auth) as response:
                if response.next_request is None:
                    return await self._read(response)
                url = response.next_request.url
            if not self._may_follow(url):
                raise RefusedByProvider(_NOT_OURS)
        raise RefusedByProvider(_GONE)

    async def _read(self, response: httpx.Response) -> File:
        if not response.is_success:
            raise _refusal(response.status_code, ours=self._is_providers(response.url))
        return await read_file(response, limit=self._limit)

    def _own(self, reference: str) -> httpx.URL:
        """Return the URL to begin with, at the provider's: a webhook must not send us anywhere else."""
        if self._api is not None and reference.startswith(f"{TWILIO}/"):
            reference = f"{self._api}{reference.removeprefix(TWILIO)}"
        url = httpx.URL(reference)
        if not self._is_providers(url):
            raise RefusedByProvider(_NOT_OURS)
        return url

    def _is_providers(self, url: httpx.URL) -> bool:
        if self._api is not None and _origin(url) == _origin(httpx.URL(self._api)):
            return True
        return url.scheme == "https" and f".{url.host}".endswith(".twilio.com") and url.port is None

    def _may_follow(self, url: httpx.URL) -> bool:
        """Whether a redirect leads to a storage of Twilio's, and not into somebody's network."""
        if self._is_providers(url):
            return True
        if self._api is not None:  # a replaced API has its storage on its own machine
            return url.host == httpx.URL(self._api).host
        return url.scheme == "https" and url.port is None and url.host.endswith(STORAGES)


def _origin(url: httpx.URL) -> tuple[str, str, int | None]:
    return url.scheme, url.host, url.port


def _refusal(status: int, *, ours: bool) -> ChannelError:
    if status == 401 and ours:
        return RefusedByProvider(CODES[20003].says, code="401", account_broken=True)
    if (
        status in {404, 408, 425, 429} or status >= 500
    ):  # 404: the media is often stored a little after the webhook
        return Deferred(_LATER)
    return RefusedByProvider(_GONE, code=str(status))
