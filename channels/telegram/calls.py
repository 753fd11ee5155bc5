"""The one place from which Telegram is called: aiogram's `Bot`, with our time limits and our errors."""

import contextlib
from datetime import timedelta
from typing import TypeVar, cast

from aiogram import Bot
from aiogram.client.default import DefaultBotProperties
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import PRODUCTION, TelegramAPIServer
from aiogram.exceptions import AiogramError
from aiogram.methods import TelegramMethod
from aiogram.types import LinkPreviewOptions
from aiohttp import ClientError, ClientResponseError, ClientTimeout

from channels.contract import ChannelError, Deferred
from channels.telegram.errors import FileGone, too_large, translated
from channels.telegram.pacing import Pacing
from channels.telegram.settings import TelegramSettings

T = TypeVar("T")

DOWNLOAD_WITHIN = timedelta(seconds=180)


class TelegramCalls:
    """A bot's line to Telegram. Raises the contract's errors, `OutcomeUnknown` and its kin, nothing else."""

    def __init__(self, settings: TelegramSettings, pacing: Pacing | None = None) -> None:
        server = TelegramAPIServer.from_base(settings.api) if settings.api else PRODUCTION
        self._connect_within = settings.connect_within
        self.answer_within = settings.answer_within
        self._pacing = pacing or Pacing()
        self._session = AiohttpSession(api=server)
        self._bot = Bot(
            settings.token,
            session=self._session,
            default=DefaultBotProperties(link_preview=LinkPreviewOptions(is_disabled=True)),
        )

    async def call(self, method: TelegramMethod[T], *, within: timedelta | None = None) -> T:
        await self._pacing.turn(getattr(method, "chat_id", None))
        try:
            return await self._bot(method, request_timeout=self._limits(within or self.answer_within))
        except (AiogramError, OSError) as error:
            failure = translated(error)
        raise failure  # out here it has no context, which could print the URL and with it the token

    async def download(self, path: str, *, limit: int) -> bytes:
        """Return a file's content. Raises FileTooLarge beyond `limit` bytes, FileGone if it is gone, else Deferred."""
        url = self._session.api.file_url(self._bot.token, path)
        content = bytearray()
        stream = self._session.stream_content(url, timeout=self._limits(DOWNLOAD_WITHIN))
        failure: ChannelError
        try:
            async with contextlib.aclosing(stream):
                async for chunk in stream:
                    content += chunk
                    if len(content) > limit:
                        break
                else:
                    return bytes(content)
            failure = too_large(limit)
        except (ClientError, TimeoutError) as error:
            failure = _failed_download(error)
        raise failure  # as above

    def _limits(self, total: timedelta) -> int:
        """Give connecting a limit of its own, so that an unreachable Telegram is told apart from a silent one.

        aiogram declares whole seconds, but hands the value on to aiohttp as it is.
        """
        limits = ClientTimeout(total=total.total_seconds(), connect=self._connect_within.total_seconds())
        return cast("int", limits)

    async def aclose(self) -> None:
        await self._bot.session.close()


def _failed_download(error: ClientError | TimeoutError) -> ChannelError:
    if isinstance(error, ClientResponseError) and error.status in {400, 410, 413}:
        return FileGone("Berkas ini sudah tidak dapat diambil dari Telegram.", code=str(error.status))
    return Deferred(f"Berkas belum dapat diambil dari Telegram ({type(error).__name__}).")
