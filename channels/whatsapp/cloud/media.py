"""Fetches what contacts attach: its id is asked for an address, and that, good for minutes, gives the bytes.

Both want the account's token, so the address has to be one of Meta's own:
https://developers.facebook.com/documentation/business-messaging/whatsapp/business-phone-numbers/media
"""

import httpx

from channels.contract import ChannelError, Deferred, RefusedByProvider
from channels.trust import publicly_trusted
from channels.whatsapp.cloud.calls import CloudCalls
from channels.whatsapp.cloud.envelope import text
from channels.whatsapp.cloud.settings import CloudSettings
from channels.whatsapp.fetching import read_file
from channels.whatsapp.outcomes import OutcomeUnknown
from tickets.message import File

STORAGES = (".fbsbx.com", ".fbcdn.net", ".facebook.com", ".whatsapp.net")
_LATER = "Berkas belum dapat diambil dari Meta."
_GONE = "Berkas ini sudah tidak dapat diambil dari Meta."
_NOT_OURS = "Alamat berkas ini bukan milik Meta sehingga tidak diambil."


class Media:
    def __init__(self, settings: CloudSettings, calls: CloudCalls) -> None:
        self._limit = settings.max_file_bytes
        self._api = httpx.URL(settings.api) if settings.api else None
        self._calls = calls
        self._client = httpx.AsyncClient(
            verify=publicly_trusted(),
            timeout=settings.timeout.total_seconds(),
            headers={
                "Authorization": f"Bearer {settings.access_token}",
                "Accept-Encoding": "identity",  # so that the limit is one of what is read, too
            },
        )

    async def fetch(self, reference: str) -> File:
        """Get one file. Raises Deferred or RefusedByProvider."""
        if not reference.isascii() or not reference.isdecimal():
            raise RefusedByProvider(_NOT_OURS)
        try:
            medium = await self._calls.medium(reference)
        except OutcomeUnknown as error:  # nothing but a question
            raise Deferred(_LATER) from error
        url = self._metas(text(medium.get("url")))
        try:
            async with self._client.stream("GET", url) as response:
                return await self._read(response)
        except httpx.HTTPError:  # its words may hold the address, which is a secret
            raise Deferred(_LATER) from None

    async def aclose(self) -> None:
        await self._client.aclose()

    async def _read(self, response: httpx.Response) -> File:
        if not response.is_success:
            raise _refusal(response.status_code)
        return await read_file(response, limit=self._limit)

    def _metas(self, address: str) -> httpx.URL:
        """Return the address if the token may be shown there."""
        try:
            url = httpx.URL(address)
        except httpx.InvalidURL as error:
            raise RefusedByProvider(_NOT_OURS) from error
        if self._api is not None:  # a replaced API has its files on its own machine
            trusted = url.host == self._api.host and url.scheme == self._api.scheme
        else:
            trusted = url.scheme == "https" and url.port is None and url.host.endswith(STORAGES)
        if not trusted:
            raise RefusedByProvider(_NOT_OURS)
        return url


def _refusal(status: int) -> ChannelError:
    if (
        status in {401, 404, 408, 425, 429} or status >= 500
    ):  # 401, 404: the address is too old, another is asked for
        return Deferred(_LATER)
    return RefusedByProvider(_GONE, code=str(status))
