"""The topics of a group."""

import contextlib

from aiogram.methods import CloseForumTopic, CreateForumTopic, EditForumTopic, ReopenForumTopic

from channels.telegram.calls import TelegramCalls
from channels.telegram.errors import NotModified
from channels.telegram.send import number
from channels.telegram.texts import sound, topic_name


async def open_topic(calls: TelegramCalls, group: str, name: str) -> str:
    topic = await calls.call(CreateForumTopic(chat_id=_group(group), name=topic_name(sound(name))))
    return str(topic.message_thread_id)


async def rename_topic(calls: TelegramCalls, group: str, thread: str, name: str) -> None:
    with contextlib.suppress(NotModified):
        await calls.call(
            EditForumTopic(
                chat_id=_group(group), message_thread_id=_thread(thread), name=topic_name(sound(name))
            )
        )


async def close_topic(calls: TelegramCalls, group: str, thread: str) -> None:
    with contextlib.suppress(NotModified):
        await calls.call(CloseForumTopic(chat_id=_group(group), message_thread_id=_thread(thread)))


async def reopen_topic(calls: TelegramCalls, group: str, thread: str) -> None:
    with contextlib.suppress(NotModified):
        await calls.call(ReopenForumTopic(chat_id=_group(group), message_thread_id=_thread(thread)))


def _group(group: str) -> int:
    return number(group, what="id grup")


def _thread(thread: str) -> int:
    return number(thread, what="id topik")
