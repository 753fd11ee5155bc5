"""From an update of Telegram to the words of the desk. Pure: an update in, something heard out, or None.

None means that nobody said anything (a notice, another bot, a change of membership): there is nothing to store.
https://core.telegram.org/bots/api#update
"""

import copy
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from aiogram.enums import ChatMemberStatus, ChatType, ContentType
from aiogram.types import (
    CallbackQuery,
    Chat,
    ChatMemberAdministrator,
    ChatMemberUpdated,
    InaccessibleMessage,
    Message,
    MessageReactionUpdated,
    Update,
    User,
)
from pydantic import ValidationError

from channels.telegram import contents, sharing
from channels.telegram.errors import BLOCKED, POWERLESS, REMOVED
from channels.telegram.texts import sound
from tickets.message import Channel, Edited, Heard, Moved, Person, Place, Reach, Said, Told

TAKEN_BACK = ""  # `Told.reaction` when somebody took the last reaction away
CUSTOM_EMOJI = "custom emoji"  # `Told.reaction` for an emoji that has no character

# What we ask Telegram for. `message_reaction` comes only when it is named.
ALLOWED_UPDATES = ["message", "edited_message", "callback_query", "message_reaction", "my_chat_member"]


_ESSENTIAL = frozenset({"from", "sender_chat", "text", "caption", "message", "data"})
_PARTS_LEFT_OUT = 10


class UnreadableUpdateError(Exception):
    """An update that this version cannot read; says where it broke, and nothing of what was in it."""


@dataclass(frozen=True, kw_only=True)
class Read:
    update: Update
    left_out: str = ""  # where parts were that could not be read


def read(raw: Any) -> Read:
    """Read an update as aiogram knows it, without the parts it does not know. Raises UnreadableUpdateError.

    A newer or an older Bot API than aiogram's has details of another shape; a person's words are not to be lost over
    the poll they answer.
    """
    rest = copy.deepcopy(raw)
    left_out: list[str] = []
    for _ in range(_PARTS_LEFT_OUT):
        try:
            return Read(update=Update.model_validate(rest), left_out="; ".join(left_out))
        except ValidationError as error:
            first = error.errors(include_input=False, include_url=False, include_context=False)[0]
        left_out.append(f"{'.'.join(map(str, first['loc']))}: {first['type']}")
        if not _leave_out(rest, first["loc"]):
            break
    raise UnreadableUpdateError(f"Not an update as the Bot API describes it ({'; '.join(left_out[:3])}).")


def _leave_out(raw: Any, place: Sequence[Any]) -> bool:
    """Take the innermost part out that stands at `place`; False if the rest would be worth nothing or misleading."""
    path: list[tuple[Any, Any]] = []
    node = raw
    for step in place:
        inside = step in node if isinstance(node, dict) else isinstance(node, list) and isinstance(step, int)
        if not inside:
            break
        path.append((node, step))
        node = node[step]
    if len(path) < 2 or path[-1][1] in _ESSENTIAL or "new_reaction" in place:
        return False
    container, key = path[-1]
    del container[key]
    return True


def dump(raw: Any) -> bytes:
    """Return an update's JSON; ASCII, so that no surrogate can spoil it."""
    return json.dumps(raw, separators=(",", ":")).encode("ascii")


def parse(update: Update, *, account: str, username: str | None = None, raw: bytes = b"") -> Heard | None:
    """Say what was heard. `username` is the bot's own, without @, if known. Raises UnreadableUpdateError."""
    event_id = event_of(update.update_id, update.callback_query.id if update.callback_query else None)
    if update.my_chat_member:
        return _reach(update.my_chat_member, event_id=event_id, account=account, raw=raw)
    if update.message and (moved := _moved(update.message)):
        before, after = moved
        return Moved(event_id=event_id, account=account, before=before, after=after, raw=raw)
    if update.message:
        return _said(update.message, event_id=event_id, account=account, username=username, raw=raw)
    if update.edited_message:
        return _edited(update.edited_message, event_id=event_id, account=account, username=username, raw=raw)
    if update.callback_query:
        return _pressed(update.callback_query, event_id=event_id, account=account, raw=raw)
    if update.message_reaction:
        return _reacted(update.message_reaction, event_id=event_id, account=account, raw=raw)
    return None


def event_of(update_id: int, press: str | None) -> str:
    """Name an update by what stays the same however often it is brought: a press has an id of its own."""
    return str(update_id) if press is None else f"cb:{sound(press)}"


def external_id(chat: Chat, message_id: int) -> str:
    return f"{chat.id}:{message_id}"


def _moved(message: Message) -> tuple[str, str] | None:
    """Say from where to where a group went: each of the two tells of the other."""
    here = str(message.chat.id)
    if message.migrate_to_chat_id:
        return here, str(message.migrate_to_chat_id)
    if message.migrate_from_chat_id:
        return str(message.migrate_from_chat_id), here
    return None


def _reach(change: ChatMemberUpdated, *, event_id: str, account: str, raw: bytes) -> Reach | None:
    """Say whether we may write there now. In a channel the bot has nothing to do."""
    me, chat = change.new_chat_member, change.chat
    if chat.type == ChatType.CHANNEL:
        return None
    private = chat.type == ChatType.PRIVATE
    barred = None
    if me.status in {ChatMemberStatus.LEFT, ChatMemberStatus.KICKED}:
        barred = BLOCKED if private else REMOVED
    elif not private and not (isinstance(me, ChatMemberAdministrator) and me.can_manage_topics):
        barred = POWERLESS
    return Reach(event_id=event_id, account=account, address=str(chat.id), barred=barred, raw=raw)


def _said(message: Message, *, event_id: str, account: str, username: str | None, raw: bytes) -> Said | None:
    sender = _sender(message)
    if sender is None or message.content_type in contents.SERVICE:
        return None
    if message.content_type == ContentType.UNKNOWN and message.chat.type != ChatType.PRIVATE:
        raise UnreadableUpdateError("A kind of message that this version does not know.")
    return Said(
        event_id=event_id,
        external_id=external_id(message.chat, message.message_id),
        place=_place(message, account),
        sender=sender,
        text=contents.words(message, username=username),
        files=contents.files(message),
        location=contents.location(message),
        shared=sharing.shared(message),
        said_at=message.date,
        replies_to=_answered(message),
        album=message.media_group_id,
        language=message.from_user.language_code if message.from_user else None,
        raw=raw,
    )


def _edited(
    message: Message, *, event_id: str, account: str, username: str | None, raw: bytes
) -> Edited | None:
    sender = _sender(message)
    if sender is None or message.location:  # a live location moves on as an edit, every few seconds
        return None
    return Edited(
        event_id=event_id,
        external_id=external_id(message.chat, message.message_id),
        place=_place(message, account),
        sender=sender,
        text=contents.words(message, username=username),
        album=message.media_group_id,
        edited_at=datetime.fromtimestamp(message.edit_date, UTC) if message.edit_date else None,
        raw=raw,
    )


def _pressed(query: CallbackQuery, *, event_id: str, account: str, raw: bytes) -> Said | None:
    if query.message is None or query.data is None:  # an inline message or a game: never ours
        return None
    return Said(
        event_id=event_id,
        external_id=f"cb:{query.id}",
        place=_place(query.message, account),
        sender=_person(query.from_user),
        replies_to=external_id(query.message.chat, query.message.message_id),
        button=sound(query.data),
        language=query.from_user.language_code,
        raw=raw,
    )


def _reacted(reaction: MessageReactionUpdated, *, event_id: str, account: str, raw: bytes) -> Told | None:
    if reaction.user and reaction.user.is_bot:
        return None
    emoji = [getattr(kind, "emoji", None) for kind in reaction.new_reaction]
    plain = next((each for each in emoji if each), CUSTOM_EMOJI)
    return Told(
        event_id=event_id,
        account=account,
        external_id=external_id(reaction.chat, reaction.message_id),
        reaction=plain if emoji else TAKEN_BACK,
        told_at=reaction.date,
        raw=raw,
    )


def _place(message: Message | InaccessibleMessage, account: str) -> Place:
    """Say where it was said. A reply in a plain group has a thread id too, which is no topic."""
    topic = (
        message.message_thread_id
        if isinstance(message, Message)
        and message.is_topic_message
        and message.chat.type == ChatType.SUPERGROUP
        else None
    )
    return Place(
        account=account,
        channel=Channel.TELEGRAM,
        address=str(message.chat.id),
        thread=None if topic is None else str(topic),
    )


def _sender(message: Message) -> Person | None:
    """Say who speaks; None for bots (ourselves too) and for posts that Telegram forwards from a linked channel."""
    if message.is_automatic_forward:
        return None
    if message.sender_chat:  # an administrator who stays anonymous: the group speaks, `from` is a placeholder
        chat = message.sender_chat
        return Person(address=str(chat.id), name=sound(chat.full_name), handle=chat.username)
    if message.from_user is None or message.from_user.is_bot:
        return None
    return _person(message.from_user)


def _person(user: User) -> Person:
    return Person(address=str(user.id), name=sound(user.full_name), handle=user.username)


def _answered(message: Message) -> str | None:
    """Name the message answered. In a topic everything "answers" the topic's first message, which means nothing."""
    answered = message.reply_to_message
    if answered is None or answered.forum_topic_created is not None:
        return None
    if message.is_topic_message and answered.message_id == message.message_thread_id:
        return None
    return external_id(answered.chat, answered.message_id)
