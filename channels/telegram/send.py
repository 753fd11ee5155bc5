"""What goes out: one `Outgoing` becomes one or several calls, planned as values before the first one is made.

Text has no parse mode, only entities (`words`), so that nothing a person wrote can break or disguise a message. A long
text goes in pieces; when a later piece fails after an earlier one went out, that is neither sent nor unsent (`PartlySent`).
"""

import asyncio
import contextlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from aiogram.methods import (
    EditMessageCaption,
    EditMessageReplyMarkup,
    EditMessageText,
    SendDocument,
    SendMessage,
    SendPhoto,
)
from aiogram.types import (
    BufferedInputFile,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    Message,
    ReplyParameters,
)

from channels.contract import ChannelError, Deferred, RefusedByProvider
from channels.splitting import units
from channels.telegram.calls import TelegramCalls
from channels.telegram.errors import NotModified, PartlySent
from channels.telegram.texts import CAPTION_LIMIT, TEXT_LIMIT, file_name
from channels.telegram.words import Words, words_of
from tickets.message import Button, File, Outgoing, Place, Sent

PHOTO_LIMIT = 10 * 1024 * 1024  # bytes, https://core.telegram.org/bots/api#sendphoto
DOCUMENT_LIMIT = 50 * 1024 * 1024  # bytes, https://core.telegram.org/bots/api#senddocument
CALLBACK_LIMIT = 64  # bytes, https://core.telegram.org/bots/api#inlinekeyboardbutton

_PHOTO_TYPES = frozenset({"image/jpeg", "image/png", "image/webp"})
_NO_TEXT = "there is no text in the message to edit"
_PATIENCE = timedelta(seconds=30)  # how long a piece may wait out a throttle after an earlier one was sent
_SLOWEST_UPLOAD = 100_000  # bytes a second: below it a file does not arrive in time

Sending = SendMessage | SendPhoto | SendDocument


async def send(calls: TelegramCalls, outgoing: Outgoing) -> Sent:
    """Send or edit. Raises the contract's errors; `OutcomeUnknown` and `PartlySent` where it is not known."""
    if outgoing.edits is not None:
        return await _edit(calls, outgoing, outgoing.edits)
    return Sent(external_ids=await _send_in_order(calls, plan(outgoing)))


def plan(outgoing: Outgoing) -> list[Sending]:
    """Lay out the calls. Raises RefusedByProvider for what Telegram would surely refuse."""
    said = words_of(outgoing, TEXT_LIMIT)
    keyboard = _keyboard(outgoing.buttons)
    for file in outgoing.files:
        _check_file(file)
    fits = len(said) <= 1 and all(units(words.text) <= CAPTION_LIMIT for words in said)
    captioned = len(outgoing.files) == 1 and fits
    target = _Target.of(outgoing.place)
    steps: list[Sending] = [] if captioned else [target.text(words) for words in said]
    caption = said[0] if captioned and said else Words(text="")
    steps += [target.file(file, caption=caption) for file in outgoing.files]
    if not steps:
        raise RefusedByProvider("Pesan kosong tidak dapat dikirim ke Telegram.")
    steps[0].reply_parameters = _reply(outgoing)
    steps[-1].reply_markup = keyboard
    return steps


@dataclass(frozen=True, kw_only=True)
class _Target:
    chat: int
    thread: int | None

    @classmethod
    def of(cls, place: Place) -> "_Target":
        return cls(
            chat=number(place.address, what="id percakapan"),
            thread=None if place.thread is None else number(place.thread, what="id topik"),
        )

    def text(self, words: Words) -> SendMessage:
        return SendMessage(
            chat_id=self.chat, message_thread_id=self.thread, text=words.text, entities=words.marked
        )

    def file(self, file: File, *, caption: Words) -> SendPhoto | SendDocument:
        content = BufferedInputFile(file.content or b"", filename=file_name(file.name))
        if file.type.lower() in _PHOTO_TYPES and len(content.data) <= PHOTO_LIMIT:
            return SendPhoto(
                chat_id=self.chat,
                message_thread_id=self.thread,
                photo=content,
                caption=caption.text or None,
                caption_entities=caption.marked,
            )
        return SendDocument(
            chat_id=self.chat,
            message_thread_id=self.thread,
            document=content,
            caption=caption.text or None,
            caption_entities=caption.marked,
        )


def number(value: str, *, what: str) -> int:
    try:
        return int(value)
    except ValueError:
        raise RefusedByProvider(f"Telegram tidak mengenal {what} ini.") from None


def message_number(external_id: str) -> tuple[int, int] | None:
    """Take "<chat>:<message>" apart; None for anything else, such as a pressed button's name."""
    chat, _, message = external_id.rpartition(":")
    try:
        return int(chat), int(message)
    except ValueError:
        return None


def _reply(outgoing: Outgoing) -> ReplyParameters | None:
    """Answer a message of the same chat; what stands elsewhere cannot be answered here, and the text matters more."""
    named = message_number(outgoing.replies_to or "")
    if named is None or str(named[0]) != outgoing.place.address:
        return None
    return ReplyParameters(message_id=named[1], allow_sending_without_reply=True)


def _keyboard(rows: Sequence[Sequence[Button]]) -> InlineKeyboardMarkup | None:
    for button in (button for row in rows for button in row):
        if not 1 <= len(button.data.encode()) <= CALLBACK_LIMIT or not button.label.strip():
            raise RefusedByProvider("Tombol Telegram perlu tulisan, dan datanya 1 sampai 64 bita.")
    keys = [
        [InlineKeyboardButton(text=button.label, callback_data=button.data) for button in row] for row in rows
    ]
    return InlineKeyboardMarkup(inline_keyboard=keys) if keys else None


def _check_file(file: File) -> None:
    if not file.content:
        raise RefusedByProvider(
            f"Berkas “{file_name(file.name)}” kosong, jadi tidak dapat dikirim ke Telegram."
        )
    if len(file.content) > DOCUMENT_LIMIT:
        raise RefusedByProvider(f"Berkas “{file_name(file.name)}” melebihi batas Telegram 50 MB.", code="413")


async def _send_in_order(calls: TelegramCalls, steps: Sequence[Sending]) -> tuple[str, ...]:
    sent: list[str] = []
    for step in steps:
        try:
            message = await (_patiently(calls, step) if sent else _once(calls, step))
        except ChannelError as error:
            if not sent:
                raise
            raise PartlySent(external_ids=tuple(sent), pieces=len(steps), reason=str(error)) from error
        sent.append(f"{message.chat.id}:{message.message_id}")
    return tuple(sent)


async def _patiently(calls: TelegramCalls, step: Sending) -> Message:
    """Wait out a throttle: a message that is half sent is better finished than begun again."""
    left = _PATIENCE
    while True:
        try:
            return await _once(calls, step)
        except Deferred as error:
            wait = error.wait or timedelta(seconds=2)
            if wait > left:
                raise
            left -= wait
            await asyncio.sleep(wait.total_seconds())


async def _once(calls: TelegramCalls, step: Sending) -> Message:
    if isinstance(step, SendMessage):
        return await calls.call(step)
    if isinstance(step, SendDocument):
        return await calls.call(step, within=_upload_time(calls, step.document))
    try:
        return await calls.call(step, within=_upload_time(calls, step.photo))
    except RefusedByProvider as error:
        if not _not_fit_as_photo(error):
            raise
    document = SendDocument(
        **step.model_dump(include={"chat_id", "message_thread_id", "caption", "caption_entities"}),
        document=step.photo,
        reply_parameters=step.reply_parameters,
        reply_markup=step.reply_markup,
    )
    return await calls.call(document, within=_upload_time(calls, step.photo))


def _not_fit_as_photo(error: RefusedByProvider) -> bool:
    """Say whether Telegram could not take a picture as a photo (too long a side, a format it does not read)."""
    return any(
        mark in error.reason
        for mark in ("PHOTO_INVALID_DIMENSIONS", "IMAGE_PROCESS_FAILED", "PHOTO_EXT_INVALID")
    )


def _upload_time(calls: TelegramCalls, file: object) -> timedelta:
    size = len(file.data) if isinstance(file, BufferedInputFile) else 0
    return calls.answer_within + timedelta(seconds=size / _SLOWEST_UPLOAD)


async def _edit(calls: TelegramCalls, outgoing: Outgoing, edits: str) -> Sent:
    """Replace the text and the buttons; without text only the buttons."""
    said = words_of(outgoing, TEXT_LIMIT)
    if outgoing.files or len(said) > 1:
        raise RefusedByProvider("Pesan Telegram hanya dapat diubah menjadi satu teks hingga 4096 karakter.")
    await rewrite(calls, edits, said[0] if said else None, keyboard=_keyboard(outgoing.buttons))
    return Sent(external_ids=())


async def rewrite(
    calls: TelegramCalls,
    external_id: str,
    said: Words | None,
    *,
    keyboard: InlineKeyboardMarkup | None = None,
) -> None:
    """Let a message of ours say something else, or (None) have other buttons."""
    named = message_number(external_id)
    if named is None:
        raise RefusedByProvider("Pesan ini tidak dapat diubah di Telegram.")
    chat, message = named
    method = (
        EditMessageText(
            chat_id=chat,
            message_id=message,
            text=said.text,
            entities=said.marked,
            reply_markup=keyboard,
        )
        if said is not None
        else EditMessageReplyMarkup(chat_id=chat, message_id=message, reply_markup=keyboard)
    )
    with contextlib.suppress(NotModified):  # it shows what it should
        await _changed(calls, method)


async def _changed(calls: TelegramCalls, method: EditMessageText | EditMessageReplyMarkup) -> None:
    """Change the words; those that stand below a file are its caption."""
    try:
        await calls.call(method)
    except RefusedByProvider as error:
        if not isinstance(method, EditMessageText) or _NO_TEXT not in error.reason:
            raise
        if units(method.text or "") > CAPTION_LIMIT:
            raise RefusedByProvider(
                f"Keterangan berkas di Telegram paling panjang {CAPTION_LIMIT} karakter."
            ) from error
        caption = EditMessageCaption(
            **method.model_dump(include={"chat_id", "message_id"}),
            caption=method.text,
            caption_entities=method.entities,
            reply_markup=method.reply_markup,
        )
        await calls.call(caption)
