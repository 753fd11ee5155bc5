"""The door for the wiring: one Telegram bot as the channel contract sees it."""

import mimetypes
from collections.abc import Sequence
from pathlib import PurePosixPath

from aiogram.methods import GetFile, SetMessageReaction
from aiogram.types import ReactionTypeEmoji
from starlette.routing import BaseRoute

from channels.contract import CommandMenu, Deferred, Inlet, RefusedByProvider
from channels.telegram import group as agents_group
from channels.telegram.amending import amend, take_back
from channels.telegram.calls import TelegramCalls
from channels.telegram.door import Door
from channels.telegram.errors import OutcomeUnknown, too_large
from channels.telegram.hearing import Hearing
from channels.telegram.listen import Listening, Pace
from channels.telegram.menus import show_commands
from channels.telegram.pacing import Pacing
from channels.telegram.send import message_number, send
from channels.telegram.settings import TelegramSettings
from tickets.message import File, Outgoing, Place, Sent


class TelegramAdapter:
    """Fulfils Sender, Listener, Routed, MediaSource, Topics, Reacting, TakesBack, ShowsCommands and Closable."""

    def __init__(
        self, settings: TelegramSettings, *, pace: Pace | None = None, pacing: Pacing | None = None
    ) -> None:
        self._settings = settings
        self._calls = TelegramCalls(settings, pacing)
        self._hearing = Hearing(settings, self._calls)
        self._listening = Listening(settings, self._calls, self._hearing, pace or Pace())

    async def send(self, outgoing: Outgoing) -> Sent:
        return await send(self._calls, outgoing)

    async def listen(self, inlet: Inlet) -> None:
        await self._listening.listen(inlet)

    def routes(self, inlet: Inlet) -> Sequence[BaseRoute]:
        return [Door(self._settings, self._hearing, inlet).route]

    async def register_webhook(self) -> None:
        """Set the webhook now; `listen` does so by itself. Errors as in `send`; ValueError without a public URL."""
        await self._listening.register_webhook()

    async def fetch(self, reference: str) -> File:
        """Fetch by `file_id`. The name is Telegram's own, not the sender's, which stands in the message's `File`."""
        limit = self._settings.max_file_bytes
        try:
            known = await self._calls.call(GetFile(file_id=reference))
        except OutcomeUnknown as error:  # looking twice harms nobody
            raise Deferred(str(error)) from error
        if (known.file_size or 0) > limit:
            raise too_large(limit)
        if known.file_path is None:
            raise Deferred("Telegram belum menyiapkan berkas ini.")
        content = await self._calls.download(known.file_path, limit=limit)
        name = PurePosixPath(known.file_path).name
        declared = mimetypes.guess_type(name)[0] or "application/octet-stream"
        return File(name=name, type=declared, size=len(content), content=content)

    async def open_topic(self, group: str, name: str) -> str:
        return await agents_group.open_topic(self._calls, group, name)

    async def rename_topic(self, group: str, thread: str, name: str) -> None:
        await agents_group.rename_topic(self._calls, group, thread, name)

    async def close_topic(self, group: str, thread: str) -> None:
        await agents_group.close_topic(self._calls, group, thread)

    async def reopen_topic(self, group: str, thread: str) -> None:
        await agents_group.reopen_topic(self._calls, group, thread)

    async def react(self, place: Place, external_id: str, emoji: str | None) -> None:
        """Set our reaction; only the emoji that Telegram offers everybody are allowed (✅ is not one of them)."""
        named = message_number(external_id)
        if named is None or str(named[0]) != place.address:
            raise RefusedByProvider("Pesan ini tidak dapat diberi reaksi di Telegram.")
        reaction = [ReactionTypeEmoji(emoji=emoji)] if emoji else []
        await self._calls.call(
            SetMessageReaction(chat_id=named[0], message_id=named[1], reaction=list(reaction))
        )

    async def take_back(self, external_ids: Sequence[str]) -> None:
        await take_back(self._calls, external_ids)

    async def amend(
        self, external_ids: Sequence[str], outgoing: Outgoing, *, files: int = 0
    ) -> Sequence[str]:
        return await amend(self._calls, external_ids, outgoing, files=files)

    async def show_commands(self, menu: CommandMenu) -> None:
        await show_commands(self._calls, menu)

    async def aclose(self) -> None:
        await self._calls.aclose()
