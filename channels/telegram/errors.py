"""What a failed call to Telegram means for the one who called: surely not sent, or not known.

aiogram's errors carry what we must not pass on: `ClientDecodeError` prints whole answers, and the aiohttp error behind
a `TelegramNetworkError` may print the URL, which contains the bot's token. So a translated error never has aiogram's
error as its cause, and says only what Telegram described or the kind of the failure.
"""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from aiogram.exceptions import (
    TelegramAPIError,
    TelegramBadRequest,
    TelegramConflictError,
    TelegramEntityTooLarge,
    TelegramForbiddenError,
    TelegramMigrateToChat,
    TelegramNetworkError,
    TelegramNotFound,
    TelegramRetryAfter,
    TelegramServerError,
    TelegramUnauthorizedError,
)
from aiohttp import ClientConnectorError, ConnectionTimeoutError

from channels.contract import (
    ChannelError,
    Deferred,
    FileTooLarge,
    PlaceBarred,
    PlaceMoved,
    RefusedByProvider,
    ThreadClosed,
    ThreadGone,
    Throttled,
)
from channels.telegram.settings import DOWNLOAD_LIMIT


class NotModified(RefusedByProvider):
    """Nothing changed, because it was like this already."""


class MessageGone(RefusedByProvider):
    """The message to be deleted is not there."""


class FileGone(RefusedByProvider):
    """The file is no longer there, or not for this bot."""


class OutcomeUnknown(ChannelError):  # noqa: N818  the word of the contract
    """Telegram may or may not have done it."""


class Conflict(OutcomeUnknown):
    """Somebody else takes this bot's updates: another process that polls, or a webhook."""


class PartlySent(OutcomeUnknown):
    """Some pieces of a message went out, the next one did not."""

    def __init__(self, *, external_ids: tuple[str, ...], pieces: int, reason: str) -> None:
        super().__init__(f"Baru {len(external_ids)} dari {pieces} bagian pesan yang terkirim. {reason}")
        self.external_ids = external_ids


BLOCKED = "Kontak memblokir bot ini di Telegram, jadi pesan tidak dapat dikirim."
REMOVED = "Bot sudah dikeluarkan dari grup Telegram ini."
POWERLESS = (
    "Bot tidak memiliki hak yang diperlukan di grup Telegram ini; "
    "mohon jadikan admin dengan hak mengelola topik."
)

# What Telegram's descriptions contain (lower case), and the sentence an agent reads.
_FORBIDDEN = {
    "blocked by the user": BLOCKED,
    "user is deactivated": "Akun Telegram kontak ini sudah tidak aktif.",
    "initiate conversation": "Kontak belum pernah menulis ke bot ini, dan Telegram tidak mengizinkan bot menyapa lebih dulu.",
    "kicked": REMOVED,
    "not a member": "Bot bukan anggota grup Telegram ini.",
}
_BAD_REQUEST = {
    "chat not found": "Percakapan Telegram ini tidak ditemukan; mungkin kontak belum pernah menulis ke bot ini.",
    "not a forum": "Grup Telegram ini tidak memakai topik; mohon aktifkan topik di pengaturan grup.",
    "message to edit not found": "Pesan yang hendak diubah sudah tidak ada di Telegram.",
    "can't be edited": "Pesan ini sudah tidak dapat diubah di Telegram.",
    "message can't be deleted": "Pesan ini sudah tidak dapat ditarik dari Telegram.",
    "not enough rights": POWERLESS,
    "message is too long": "Pesan terlalu panjang untuk Telegram.",
}
_PAUSE = "Telegram meminta jeda sebelum pengiriman berikutnya."
# What a group's administrators have to mend. What a contact's chat says in these words is final.
_BARRED = (
    "bot was kicked",
    "not a member",
    "chat not found",
    "group chat was deactivated",
    "not enough rights",
    "have no rights",
    "admin_required",
    "write_forbidden",
    "not a forum",
    "need administrator rights",
)
_THREAD_CLOSED = "topic_closed"
_THREAD_GONE = ("message thread not found", "topic_deleted", "topic_id_invalid")
_NOT_MODIFIED = ("message is not modified", "topic_not_modified")


def too_large(limit: int) -> FileTooLarge:
    return FileTooLarge(f"Berkas ini melebihi batas unduhan {limit // (1024 * 1024)} MB.", limit=limit)


def translated(error: Exception) -> ChannelError:
    """Say in the contract's words what aiogram raised."""
    meanings = (meaning for kind, meaning in _MEANINGS if isinstance(error, kind))
    meaning = next(meanings, _unreadable)
    return meaning(error)


def _throttled(error: TelegramRetryAfter) -> ChannelError:
    return Throttled(_PAUSE, wait=timedelta(seconds=error.retry_after))


def _moved(error: TelegramMigrateToChat) -> ChannelError:
    return PlaceMoved(before=str(getattr(error.method, "chat_id", "")), after=str(error.migrate_to_chat_id))


def _token_refused(_: TelegramAPIError) -> ChannelError:
    return RefusedByProvider(
        "Telegram menolak token bot ini; mohon periksa pengaturan akun.", code="401", account_broken=True
    )


def _forbidden(error: TelegramForbiddenError) -> ChannelError:
    return _refused(error, _sentence(_FORBIDDEN, error.message), code="403")


def _refused(error: TelegramAPIError, sentence: str, *, code: str) -> ChannelError:
    """Tell a group in which the bot cannot work from a refusal that is final."""
    into_group = str(getattr(error.method, "chat_id", "")).startswith("-")
    if into_group and any(mark in error.message.lower() for mark in _BARRED):
        return PlaceBarred(sentence, code=code)
    return RefusedByProvider(sentence, code=code)


def _too_large(_: TelegramEntityTooLarge) -> ChannelError:
    return RefusedByProvider("Berkas terlalu besar untuk Telegram.", code="413")


def _conflict(error: TelegramConflictError) -> ChannelError:
    return Conflict(error.message)


def _server_failed(_: TelegramServerError) -> ChannelError:
    return OutcomeUnknown("Telegram menjawab dengan galat server; tidak pasti apakah permintaan terlaksana.")


def _other_answer(error: TelegramAPIError) -> ChannelError:
    if "too many requests" in error.message.lower():  # 429 without a wait has no class of its own
        return Throttled(_PAUSE)
    return OutcomeUnknown(f"Telegram menjawab dengan galat yang tidak dikenal: {error.message}")


def _unreadable(error: Exception) -> ChannelError:
    return OutcomeUnknown(f"Jawaban Telegram tidak dapat dibaca ({type(error).__name__}).")


def _bad_request(error: TelegramBadRequest) -> ChannelError:
    description = error.message
    lower = description.lower()
    if any(mark in lower for mark in _THREAD_GONE):
        return ThreadGone("Topik ini sudah dihapus di grup Telegram.", code="400")
    if "message to delete not found" in lower:
        return MessageGone("Pesan ini sudah tidak ada di Telegram.", code="400")
    if any(mark in lower for mark in _NOT_MODIFIED):
        return NotModified("Tidak ada yang berubah.", code="400")
    if "file is too big" in lower:
        return too_large(DOWNLOAD_LIMIT)
    if "wrong file_id" in lower or "invalid file_id" in lower:
        return FileGone(f"Berkas ini tidak dapat diambil dari Telegram ({description}).", code="400")
    if _THREAD_CLOSED in lower:
        return ThreadClosed("Topik ini ditutup di grup Telegram.", code="400")
    return _refused(error, _sentence(_BAD_REQUEST, description), code="400")


def _sentence(sentences: dict[str, str], description: str) -> str:
    known = (sentence for mark, sentence in sentences.items() if mark in description.lower())
    return next(known, f"Telegram menolak permintaan ini: {description}")


def _network(error: TelegramNetworkError) -> ChannelError:
    """Tell a connection that was never made from one that broke or fell silent after we may have been heard."""
    if isinstance(error.__cause__, ClientConnectorError | ConnectionTimeoutError):
        return Deferred("Telegram tidak dapat dihubungi.")
    kind = type(error.__cause__).__name__
    return OutcomeUnknown(
        f"Sambungan ke Telegram terputus sebelum ada jawaban ({kind}); tidak pasti apakah permintaan terlaksana."
    )


# The first that fits is meant: some of aiogram's classes are kinds of others.
_MEANINGS: tuple[tuple[type[Exception], Callable[[Any], ChannelError]], ...] = (
    (TelegramRetryAfter, _throttled),
    (TelegramMigrateToChat, _moved),
    (TelegramUnauthorizedError, _token_refused),
    (TelegramNotFound, _token_refused),  # what a malformed token is answered with
    (TelegramForbiddenError, _forbidden),
    (TelegramEntityTooLarge, _too_large),  # a TelegramNetworkError to aiogram, yet surely refused
    (TelegramBadRequest, _bad_request),
    (TelegramConflictError, _conflict),
    (TelegramNetworkError, _network),
    (TelegramServerError, _server_failed),
    (TelegramAPIError, _other_answer),
)
