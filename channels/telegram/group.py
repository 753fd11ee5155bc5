"""The agents' group: its topics, and what can go wrong with the bot's place in it."""

import contextlib
from collections.abc import Collection

from aiogram.enums import ChatMemberStatus
from aiogram.methods import CloseForumTopic, CreateForumTopic, EditForumTopic, ReopenForumTopic
from aiogram.types import ChatMemberAdministrator, Update

from channels.telegram.calls import TelegramCalls
from channels.telegram.errors import NotModified
from channels.telegram.send import number
from channels.telegram.texts import sound, topic_name

_GONE = {ChatMemberStatus.LEFT, ChatMemberStatus.KICKED}


def trouble(update: Update, *, groups: Collection[str]) -> str | None:
    """Return what an operator must know: the bot lost its place or its rights, or the group changed its id."""
    if update.message and update.message.migrate_to_chat_id and str(update.message.chat.id) in groups:
        return f"The group became a supergroup with the id {update.message.migrate_to_chat_id}: set agents_group to it."
    if update.my_chat_member is None or str(update.my_chat_member.chat.id) not in groups:
        return None
    me = update.my_chat_member.new_chat_member
    if me.status in _GONE:
        return "The bot is no longer in the group."
    if not isinstance(me, ChatMemberAdministrator) or not me.can_manage_topics:
        return "The bot needs to be an administrator who may manage topics."
    return None


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
