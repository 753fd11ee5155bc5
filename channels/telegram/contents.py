"""What is in a Telegram message: its words, its files, its place on the map.

Everything a person can send gets words that somebody at the desk can read, even where there is nothing to type
(a contact card, a poll). Names and references of files are Telegram's; the bytes are fetched later by `file_id`.
"""

import mimetypes
import re
from collections.abc import Iterator
from typing import Any

from aiogram.enums import ContentType
from aiogram.types import Contact, Message, Sticker

from channels.locations import location_of
from channels.telegram.sharing import name_of, numbers_of
from channels.telegram.texts import sound
from tickets.message import File, Location

_COMMAND_TO_A_BOT = re.compile(r"/(?P<command>\w{1,32})@(?P<bot>\w{3,32})(?=\s|$)", re.ASCII)

# Notices that Telegram itself writes into a chat; nobody said anything.
SERVICE = frozenset(
    {
        ContentType.NEW_CHAT_MEMBERS,
        ContentType.LEFT_CHAT_MEMBER,
        ContentType.CHAT_OWNER_LEFT,
        ContentType.CHAT_OWNER_CHANGED,
        ContentType.NEW_CHAT_TITLE,
        ContentType.NEW_CHAT_PHOTO,
        ContentType.DELETE_CHAT_PHOTO,
        ContentType.GROUP_CHAT_CREATED,
        ContentType.SUPERGROUP_CHAT_CREATED,
        ContentType.CHANNEL_CHAT_CREATED,
        ContentType.MESSAGE_AUTO_DELETE_TIMER_CHANGED,
        ContentType.MIGRATE_TO_CHAT_ID,
        ContentType.MIGRATE_FROM_CHAT_ID,
        ContentType.PINNED_MESSAGE,
        ContentType.CONNECTED_WEBSITE,
        ContentType.WRITE_ACCESS_ALLOWED,
        ContentType.PROXIMITY_ALERT_TRIGGERED,
        ContentType.BOOST_ADDED,
        ContentType.CHAT_BACKGROUND_SET,
        ContentType.CHECKLIST_TASKS_DONE,
        ContentType.CHECKLIST_TASKS_ADDED,
        ContentType.DIRECT_MESSAGE_PRICE_CHANGED,
        ContentType.FORUM_TOPIC_CREATED,
        ContentType.FORUM_TOPIC_EDITED,
        ContentType.FORUM_TOPIC_CLOSED,
        ContentType.FORUM_TOPIC_REOPENED,
        ContentType.GENERAL_FORUM_TOPIC_HIDDEN,
        ContentType.GENERAL_FORUM_TOPIC_UNHIDDEN,
        ContentType.GIVEAWAY_CREATED,
        ContentType.GIVEAWAY_COMPLETED,
        ContentType.MANAGED_BOT_CREATED,
        ContentType.PAID_MESSAGE_PRICE_CHANGED,
        ContentType.POLL_OPTION_ADDED,
        ContentType.POLL_OPTION_DELETED,
        ContentType.VIDEO_CHAT_SCHEDULED,
        ContentType.VIDEO_CHAT_STARTED,
        ContentType.VIDEO_CHAT_ENDED,
        ContentType.VIDEO_CHAT_PARTICIPANTS_INVITED,
        ContentType.COMMUNITY_CHAT_ADDED,
        ContentType.COMMUNITY_CHAT_REMOVED,
        ContentType.COMMUNITY_CHAT_JOINED,
    }
)


def words(message: Message, *, username: str | None = None) -> str:
    """Return the text or caption, or else a readable line for what has none ("" for a bare file or location).

    A command that names a bot loses the name if it is ours (`username`, without @), or if we do not know ours.
    """
    written = message.text or message.caption
    if written:
        return sound(_addressed(written, username))
    return sound(_described(message))


def _addressed(text: str, username: str | None) -> str:
    found = _COMMAND_TO_A_BOT.match(text)
    if not found or (username and found["bot"].lower() != username.lower()):
        return text
    return f"/{found['command']}{text[found.end() :]}"


def _described(message: Message) -> str:
    if message.venue or message.location or (files(message) and not message.contact):
        return (message.sticker.emoji or "") if message.sticker else ""
    if message.rich_message:
        return "\n".join("".join(_strings(block.model_dump())) for block in message.rich_message.blocks)
    if message.content_type == ContentType.UNKNOWN:
        return "(Pesan Telegram jenis baru yang belum dapat ditampilkan)"
    return _card(message) or f"(Pesan Telegram jenis {ContentType(message.content_type).value})"


def _card(message: Message) -> str | None:
    """Read out what Telegram shows as a card."""
    if message.contact:
        return f"Kontak: {', '.join((name_of(message.contact), *numbers_of(message.contact)))}"
    if message.poll:
        return _listed(
            f"Jajak pendapat: {message.poll.question}", [option.text for option in message.poll.options]
        )
    if message.checklist:
        return _listed(f"Daftar: {message.checklist.title}", [task.text for task in message.checklist.tasks])
    if message.game:
        return f"Gim: {message.game.title}"
    if message.dice:
        return f"{message.dice.emoji} {message.dice.value}"
    return None


def _listed(title: str, items: list[str]) -> str:
    return "\n".join([title, *(f"- {item}" for item in items)])


def _strings(node: Any, *, text: bool = False) -> Iterator[str]:
    """Walk a rich block for the strings that stand under a `text`."""
    match node:
        case str():
            if text:
                yield node
        case list():
            for item in node:
                yield from _strings(item, text=text)
        case dict():
            for key, value in node.items():
                yield from _strings(value, text=key == "text")


def location(message: Message) -> Location | None:
    if message.venue:
        where, words = message.venue.location, (sound(message.venue.title), sound(message.venue.address))
        return location_of(where.latitude, where.longitude, words)
    if message.location:
        return location_of(message.location.latitude, message.location.longitude, ())
    return None


def files(message: Message) -> tuple[File, ...]:
    """Return the message's files, unfetched but for a contact's card; of a photo's sizes the largest."""
    found = []
    if message.photo:
        photo = max(message.photo, key=lambda size: size.width * size.height)
        found.append(_file(photo, message, kind="photo", fallback="image/jpeg"))
    if message.sticker:
        found.append(_file(message.sticker, message, kind="sticker", fallback=_sticker_type(message.sticker)))
    # An animation repeats itself as a document, for old clients.
    document = None if message.animation else message.document
    for kind, media, fallback in (
        ("animation", message.animation, "video/mp4"),
        ("document", document, "application/octet-stream"),
        ("video", message.video, "video/mp4"),
        ("live-photo", message.live_photo, "video/mp4"),
        ("video-note", message.video_note, "video/mp4"),
        ("voice", message.voice, "audio/ogg"),
        ("audio", message.audio, "audio/mpeg"),
    ):
        if media:
            found.append(_file(media, message, kind=kind, fallback=fallback))
    if message.contact and message.contact.vcard:
        found.append(_vcard(message.contact, message.contact.vcard))
    return tuple(found)


def _vcard(contact: Contact, card: str) -> File:
    """Return the card of the sender's address book: it comes with the message, so there is nothing to fetch."""
    content = card.encode(errors="replace")
    return File(name=f"{name_of(contact)}.vcf", type="text/vcard", size=len(content), content=content)


def _sticker_type(sticker: Sticker) -> str:
    if sticker.is_animated:
        return "application/x-tgsticker"
    return "video/webm" if sticker.is_video else "image/webp"


_ENDINGS = {"application/x-tgsticker": ".tgs", "audio/ogg": ".ogg", "image/webp": ".webp"}


def _file(media: Any, message: Message, *, kind: str, fallback: str) -> File:
    declared = (getattr(media, "mime_type", None) or fallback).lower()
    ending = _ENDINGS.get(declared) or mimetypes.guess_extension(declared) or ""
    name = getattr(media, "file_name", None) or f"{kind}-{message.message_id}{ending}"
    return File(name=sound(name), type=sound(declared), size=media.file_size, fetch=media.file_id)
