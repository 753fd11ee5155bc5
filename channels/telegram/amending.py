"""What was sent is changed or taken back, in however many messages it left."""

import contextlib
from collections.abc import Sequence

from aiogram.methods import DeleteMessage

from channels.contract import RefusedByProvider
from channels.telegram.calls import TelegramCalls
from channels.telegram.errors import MessageGone
from channels.telegram.send import message_number, rewrite
from channels.telegram.texts import TEXT_LIMIT
from channels.telegram.words import words_of
from tickets.message import Outgoing


async def amend(
    calls: TelegramCalls, external_ids: Sequence[str], outgoing: Outgoing, *, files: int
) -> Sequence[str]:
    """Put new words into the messages that had the old ones, and delete those that are left over; what stands then.

    Words that need more messages than there are do not pass: a further one would stand below what was said since.
    """
    sent = sorted(external_ids, key=_place_in_chat)
    worded = sent[: len(sent) - files] or sent[:1]  # words go before files, or stand below the first one
    pieces = words_of(outgoing, TEXT_LIMIT)
    if len(pieces) > len(worded):
        raise RefusedByProvider(
            f"Suntingan ini lebih panjang daripada {len(worded)} pesan yang sudah terkirim. "
            "Mohon persingkat, atau kirim tambahannya sebagai jawaban baru."
        )
    for changed, (external_id, words) in enumerate(zip(worded, pieces, strict=False)):
        try:
            await rewrite(calls, external_id, words)
        except RefusedByProvider as error:
            if changed and not error.account_broken:
                raise RefusedByProvider(
                    f"Baru {changed} dari {len(pieces)} bagian yang berubah. {error.reason}", code=error.code
                ) from error
            raise
    surplus = worded[len(pieces) :]
    await take_back(calls, surplus)
    return [each for each in sent if each not in surplus]


async def take_back(calls: TelegramCalls, external_ids: Sequence[str]) -> None:
    """Delete messages of ours. Raises the contract's errors; what is not there is deleted."""
    for external_id in external_ids:
        named = message_number(external_id)
        if named is None:
            raise RefusedByProvider("Pesan ini tidak dapat ditarik dari Telegram.")
        with contextlib.suppress(MessageGone):
            await calls.call(DeleteMessage(chat_id=named[0], message_id=named[1]))


def _place_in_chat(external_id: str) -> tuple[int, int]:
    return message_number(external_id) or (0, 0)
