"""What somebody shares on Telegram that is more than words and files: a poll, a contact, a place that moves.

Stored beside the message as what it is, so that pages can show it and programs need not read it out of words.
"""

import re
from collections.abc import Mapping
from typing import Any

from aiogram.enums import ContentType
from aiogram.types import Contact, Message

from channels.telegram.texts import sound
from tickets.message import Shared

_FOLDED = re.compile(r"\r?\n[ \t]")  # RFC 6350: a long line goes on behind a blank
_NUMBER = re.compile(r"^(?:[\w-]+\.)?TEL(?:;[^:\r\n]*)?:(?:tel:)?([^\r\n]+)", re.MULTILINE | re.IGNORECASE)
_MOST_NUMBERS = 20
_PLAIN = frozenset({ContentType.TEXT, ContentType.PHOTO, ContentType.DOCUMENT, ContentType.LOCATION})


def shared(message: Message) -> Shared | None:
    """Return what it is, and what belongs to that; None for words, pictures, papers and places."""
    if message.location and message.location.live_period and not message.venue:
        return Shared(kind="live_location", content={"seconds": message.location.live_period})
    kind = ContentType(message.content_type)
    return None if kind in _PLAIN else Shared(kind=kind.value, content=_content(message))


def numbers_of(contact: Contact) -> tuple[str, ...]:
    """Return a contact's numbers, the first as Telegram names it, then what else their card has."""
    card = _FOLDED.sub("", contact.vcard or "")
    found = [contact.phone_number, *(each.strip() for each in _NUMBER.findall(card))]
    by_digits = {re.sub(r"\D", "", each): sound(each) for each in reversed(found)}
    return tuple(reversed(list(by_digits.values())))[:_MOST_NUMBERS]


def name_of(contact: Contact) -> str:
    return sound(" ".join(filter(None, (contact.first_name, contact.last_name))))


def _content(message: Message) -> Mapping[str, Any]:
    if message.poll:
        options = [sound(option.text) for option in message.poll.options]
        several = message.poll.allows_multiple_answers
        return {"question": sound(message.poll.question), "options": options, "several": several}
    if message.contact:
        return {"name": name_of(message.contact), "numbers": list(numbers_of(message.contact))}
    if message.dice:
        return {"emoji": message.dice.emoji, "value": message.dice.value}
    if message.venue:
        return {"title": sound(message.venue.title), "address": sound(message.venue.address)}
    if message.game:
        return {"title": sound(message.game.title), "description": sound(message.game.description)}
    if message.sticker:
        return {"emoji": message.sticker.emoji, "set": message.sticker.set_name}
    if message.checklist:
        tasks = [sound(task.text) for task in message.checklist.tasks]
        return {"title": sound(message.checklist.title), "tasks": tasks}
    lasting = message.voice or message.video_note or message.audio or message.video or message.animation
    return {"seconds": lasting.duration} if lasting else {}
