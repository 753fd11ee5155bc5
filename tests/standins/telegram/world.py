"""Chats, topics and people of the stand-in: what they do becomes updates, what the bot does they can see."""

import itertools
import json
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from tests.standins.telegram.checks import Refused

BOT_ID = 424242


@dataclass(frozen=True, kw_only=True)
class Key:
    """A button below a message."""

    label: str
    data: str


@dataclass(frozen=True, kw_only=True)
class SeenFile:
    kind: str  # photo, document, voice, ...
    name: str
    type: str
    content: bytes
    file_id: str


@dataclass(kw_only=True)
class Person:
    id: int
    name: str
    username: str | None = None
    language: str | None = None

    def json(self) -> dict[str, Any]:
        first, _, last = self.name.partition(" ")
        told = {"id": self.id, "is_bot": False, "first_name": first, "last_name": last or None}
        return _filled({**told, "username": self.username, "language_code": self.language})


@dataclass(kw_only=True)
class Seen:
    """A message as it stands on the screen."""

    chat: int
    id: int
    at: int
    sender: int  # the person's id, or BOT_ID
    thread: int | None = None
    text: str = ""  # a file's caption too
    keys: list[list[Key]] = field(default_factory=list)
    file: SeenFile | None = None
    reply_to: int | None = None
    edited: bool = False
    reaction: str | None = None  # the bot's own
    content: dict[str, Any] = field(default_factory=dict)  # what else it shows, as the Bot API describes it

    @property
    def external_id(self) -> str:
        return f"{self.chat}:{self.id}"

    @property
    def from_bot(self) -> bool:
        return self.sender == BOT_ID

    @property
    def buttons(self) -> list[list[str]]:
        """The labels, row by row."""
        return [[key.label for key in row] for row in self.keys]

    def key(self, label_or_data: str) -> Key:
        for key in itertools.chain.from_iterable(self.keys):
            if label_or_data in {key.label, key.data}:
                return key
        raise AssertionError(f"There is no button {label_or_data!r} below this message, only {self.keys}")


@dataclass(kw_only=True)
class Chat:
    """A private chat (a positive id) or a supergroup."""

    id: int
    title: str = ""
    is_forum: bool = False
    messages: list[Seen] = field(default_factory=list)
    topics: dict[int, "Topic"] = field(default_factory=dict)
    blocked: bool = False  # the person blocked the bot; in a group: the bot was removed
    bot_manages_topics: bool = True
    moved_to: int | None = None
    numbers: "itertools.count[int]" = field(default_factory=lambda: itertools.count(1))

    @property
    def is_group(self) -> bool:
        return self.id < 0

    @property
    def texts(self) -> list[str]:
        return [message.text for message in self.messages]

    @property
    def from_bot(self) -> list[Seen]:
        return [message for message in self.messages if message.from_bot]

    @property
    def last(self) -> Seen:
        """The newest message; an empty one while there is none, so that a wait may ask for its text."""
        return self.messages[-1] if self.messages else Seen(chat=self.id, id=0, at=0, sender=0)

    def message(self, number: int) -> Seen | None:
        return next((message for message in self.messages if message.id == number), None)


@dataclass(kw_only=True)
class Topic:
    group: Chat
    thread: int
    name: str
    closed: bool = False
    deleted: bool = False

    @property
    def messages(self) -> list[Seen]:
        return [message for message in self.group.messages if message.thread == self.thread]

    @property
    def texts(self) -> list[str]:
        return [message.text for message in self.messages]

    @property
    def from_bot(self) -> list[Seen]:
        return [message for message in self.messages if message.from_bot]

    @property
    def last(self) -> Seen:
        return self.messages[-1] if self.messages else Seen(chat=self.group.id, id=0, at=0, sender=0)


class World:
    """All chats of one bot. `clock` gives the server's time in seconds since 1970."""

    def __init__(self, *, username: str, clock: Callable[[], float] = time.time) -> None:
        self.username = username
        self.clock = clock
        self.updates: list[dict[str, Any]] = []  # not yet acknowledged
        self.files: dict[str, SeenFile] = {}
        self.substitutes: dict[str, bytes] = {}  # file_id -> what its download gives instead
        self.open_presses: set[str] = set()
        self.answered_presses: list[str] = []
        self._chats: dict[int, Chat] = {}
        self._people: dict[int, Person] = {}
        self._update_ids = itertools.count(700_000_001)
        self._serial = itertools.count(1)

    # Looking.

    def chat(self, chat_id: int) -> Chat:
        """A person's chat with the bot, or a group."""
        return self._chats.setdefault(int(chat_id), Chat(id=int(chat_id)))

    def chats(self) -> list[Chat]:
        """Every chat that there is."""
        return list(self._chats.values())

    def topic(self, group: int, thread: int | str) -> Topic:
        return self.chat(group).topics[int(thread)]

    def topics(self, group: int) -> list[Topic]:
        """The topics of a group, oldest first, the deleted ones left out."""
        return [topic for topic in self.chat(group).topics.values() if not topic.deleted]

    def knows(self, chat_id: int) -> bool:
        return chat_id in self._chats

    # What people are and do.

    def person(
        self,
        user_id: int,
        *,
        name: str | None = None,
        username: str | None = None,
        language: str | None = None,
    ) -> Person:
        known = self._people.setdefault(user_id, Person(id=user_id, name=f"Orang {user_id}"))
        known.name = name or known.name
        known.username = username or known.username
        known.language = language or known.language
        return known

    def group(self, group_id: int, *, title: str = "Agen", forum: bool = True) -> Chat:
        """A group of which the bot is an administrator."""
        chat = self.chat(group_id)
        chat.title, chat.is_forum = title, forum
        return chat

    def contact_writes(
        self,
        user_id: int,
        text: str,
        *,
        name: str | None = None,
        username: str | None = None,
        language: str | None = "id",
        reply_to: Seen | None = None,
    ) -> Seen:
        self.person(user_id, name=name, username=username, language=language)
        return self._written(user_id, user_id, text=text, reply_to=reply_to)

    def contact_sends_photo(
        self, user_id: int, content: bytes, *, caption: str = "", album: str | None = None
    ) -> Seen:
        file = self._file("photo", "", "image/jpeg", content)
        size = {"file_unique_id": f"u-{file.file_id}", "width": 90, "height": 60}
        small = self._file("photo", "", "image/jpeg", content[:10])
        sizes = [
            {**size, "file_id": small.file_id, "file_size": len(small.content)},
            {**size, "file_id": file.file_id, "width": 1280, "height": 853, "file_size": len(content)},
        ]
        return self._written(
            user_id,
            user_id,
            caption=caption,
            file=file,
            content=_filled({"photo": sizes, "media_group_id": album}),
        )

    def contact_sends_document(
        self,
        user_id: int,
        content: bytes,
        *,
        name: str,
        media_type: str = "application/pdf",
        caption: str = "",
    ) -> Seen:
        return self._sends_document(
            user_id, user_id, None, content, name=name, media_type=media_type, caption=caption
        )

    def contact_sends_voice(self, user_id: int, content: bytes, *, seconds: int = 3) -> Seen:
        file = self._file("voice", "", "audio/ogg", content)
        voice = {**_media(file), "duration": seconds, "mime_type": "audio/ogg"}
        return self._written(user_id, user_id, file=file, content={"voice": voice})

    def contact_shares(self, user_id: int, **content: Any) -> Seen:
        """Anything else the Bot API describes: `location={...}`, `contact={...}`, `poll={...}`, `sticker={...}`."""
        return self._written(user_id, user_id, content=content)

    def contact_edits(self, user_id: int, message: Seen, text: str) -> None:
        message.text, message.edited = text, True
        body = self.message_json(message)
        self.injects(edited_message={**body, "edit_date": self._now()})

    def agent_writes(
        self,
        group: int,
        thread: int | str | None,
        user_id: int,
        text: str,
        *,
        name: str | None = None,
        reply_to: Seen | None = None,
    ) -> Seen:
        """An agent writes into a topic (None: General)."""
        self.person(user_id, name=name)
        return self._written(group, user_id, thread=thread, text=text, reply_to=reply_to)

    def agent_sends_document(
        self, group: int, thread: int | str, user_id: int, content: bytes, *, name: str, caption: str = ""
    ) -> Seen:
        return self._sends_document(
            group, user_id, thread, content, name=name, media_type="application/pdf", caption=caption
        )

    def agent_edits(self, user_id: int, message: Seen, text: str) -> None:
        self.contact_edits(user_id, message, text)

    def presses(self, user_id: int, message: Seen, button: str) -> str:
        """Somebody presses a button, named by its label or its data. Returns the id of the press."""
        press = f"{BOT_ID}{next(self._serial):06d}"
        self.open_presses.add(press)
        self.injects(
            callback_query={
                "id": press,
                "from": self.person(user_id).json(),
                "chat_instance": f"i{message.chat}",
                "message": self.message_json(message),
                "data": message.key(button).data,
            }
        )
        return press

    def reacts(self, user_id: int, message: Seen, emoji: str | None) -> None:
        reaction = [{"type": "emoji", "emoji": emoji}] if emoji else []
        self.injects(
            message_reaction={
                "chat": self._chat_json(self.chat(message.chat)),
                "message_id": message.id,
                "user": self.person(user_id).json(),
                "date": self._now(),
                "old_reaction": [],
                "new_reaction": reaction,
            }
        )

    def blocks(self, user_id: int) -> None:
        """The person blocks the bot."""
        self.chat(user_id).blocked = True
        self._membership(self.chat(user_id), self.person(user_id), old="member", new="kicked")

    def unblocks(self, user_id: int) -> None:
        self.chat(user_id).blocked = False
        self._membership(self.chat(user_id), self.person(user_id), old="kicked", new="member")

    def removes_bot(self, group: int, user_id: int) -> None:
        self.chat(group).blocked = True
        self._membership(self.chat(group), self.person(user_id), old="member", new="left")

    def deletes_topic(self, group: int, thread: int | str) -> None:
        """Somebody deletes a topic with all that is in it; Telegram tells nobody."""
        chat = self.chat(group)
        self.topic(group, thread).deleted = True
        chat.messages = [message for message in chat.messages if message.thread != int(thread)]

    def closes_topic(self, group: int, thread: int | str, user_id: int) -> None:
        self.topic(group, thread).closed = True
        self._written(group, user_id, thread=thread, content={"forum_topic_closed": {}})

    def group_moves(self, group: int, new_id: int) -> None:
        """The group becomes a supergroup with another id."""
        self.chat(group).moved_to = new_id
        self.group(new_id, title=self.chat(group).title, forum=self.chat(group).is_forum)
        self._written(group, next(iter(self._people), 1), content={"migrate_to_chat_id": new_id})

    def grows(self, file: SeenFile, content: bytes) -> None:
        """The file server hands out something else than Telegram's description says."""
        self.substitutes[file.file_id] = content

    def injects(self, **content: Any) -> int:
        """Queue an update as it is, well-formed or not. Returns its id."""
        number = next(self._update_ids)
        self.updates.append({"update_id": number, **content})
        return number

    # What the bot does.

    def target(self, chat_id: Any, thread: int | None = None) -> Chat:
        """Return the chat the bot may write to. Raises Refused."""
        number = _whole(chat_id, "chat_id")
        if not self.knows(number):
            raise Refused("Bad Request: chat not found")
        chat = self.chat(number)
        if chat.moved_to is not None:
            raise Refused(
                "Bad Request: group chat was upgraded to a supergroup chat",
                parameters={"migrate_to_chat_id": chat.moved_to},
            )
        if chat.blocked:
            what = "kicked from the supergroup chat" if chat.is_group else "blocked by the user"
            raise Refused(f"Forbidden: bot was {what}", status=403)
        if thread is not None and (thread not in chat.topics or chat.topics[thread].deleted):
            raise Refused("Bad Request: message thread not found")
        return chat

    def shows(
        self,
        chat: Chat,
        *,
        thread: int | None,
        text: str,
        reply_to: int | None,
        lenient: bool,
        keyboard: Mapping[str, Any] | None,
        file: SeenFile | None = None,
    ) -> Seen:
        """A message of the bot appears. Raises Refused if it answers what is not there."""
        if reply_to is not None and chat.message(reply_to) is None:
            if not lenient:
                raise Refused("Bad Request: message to be replied not found")
            reply_to = None
        seen = Seen(
            chat=chat.id,
            id=next(chat.numbers),
            at=self._now(),
            sender=BOT_ID,
            thread=thread,
            text=text,
            keys=keys_of(keyboard),
            file=file,
            reply_to=reply_to,
            content=_bot_media(file),
        )
        chat.messages.append(seen)
        return seen

    def opens_topic(self, chat: Chat, name: str) -> Topic:
        topic = Topic(group=chat, thread=next(chat.numbers), name=name)
        chat.topics[topic.thread] = topic
        return topic

    def upload(self, kind: str, name: str, media_type: str, content: bytes) -> SeenFile:
        return self._file(kind, name, media_type, content)

    # How it is told.

    def message_json(self, message: Seen, *, inner: bool = False) -> dict[str, Any]:
        """Return the message as the Bot API describes it, with the message it answers one level deep."""
        chat = self.chat(message.chat)
        body: dict[str, Any] = {
            "message_id": message.id,
            "date": message.at,
            "chat": self._chat_json(chat),
            "from": self.bot_json() if message.from_bot else self.person(message.sender).json(),
            **message.content,
        }
        if message.text:
            body["caption" if message.file else "text"] = message.text
        if message.keys:
            rows = [[{"text": key.label, "callback_data": key.data} for key in row] for row in message.keys]
            body["reply_markup"] = {"inline_keyboard": rows}
        if message.thread is not None:
            body |= {"message_thread_id": message.thread, "is_topic_message": True}
        if not inner:
            body |= self._answered_json(chat, message)
        return body

    def bot_json(self) -> dict[str, Any]:
        return {"id": BOT_ID, "is_bot": True, "first_name": "Tanggap", "username": self.username}

    def _answered_json(self, chat: Chat, message: Seen) -> dict[str, Any]:
        answered = chat.message(message.reply_to) if message.reply_to else None
        if answered:
            return {"reply_to_message": self.message_json(answered, inner=True)}
        if message.thread is None:
            return {}
        # In a topic, what answers nothing answers the notice with which the topic began.
        root = Seen(
            chat=chat.id,
            id=message.thread,
            at=message.at,
            sender=BOT_ID,
            thread=message.thread,
            content={
                "forum_topic_created": {"name": chat.topics[message.thread].name, "icon_color": 7322096}
            },
        )
        return {"reply_to_message": self.message_json(root, inner=True)}

    def _chat_json(self, chat: Chat) -> dict[str, Any]:
        if chat.is_group:
            return _filled(
                {"id": chat.id, "type": "supergroup", "title": chat.title, "is_forum": chat.is_forum or None}
            )
        told = self.person(chat.id).json()
        return {"id": chat.id, "type": "private"} | {
            key: told[key] for key in ("first_name", "last_name", "username") if key in told
        }

    def _written(
        self,
        chat_id: int,
        sender: int,
        *,
        thread: int | str | None = None,
        text: str = "",
        caption: str = "",
        file: SeenFile | None = None,
        reply_to: Seen | None = None,
        content: dict[str, Any] | None = None,
    ) -> Seen:
        chat = self.chat(chat_id)
        seen = Seen(
            chat=chat.id,
            id=next(chat.numbers),
            at=self._now(),
            sender=sender,
            thread=None if thread is None else self.topic(chat_id, thread).thread,
            text=text or caption,
            file=file,
            reply_to=reply_to.id if reply_to else None,
            content=content or {},
        )
        chat.messages.append(seen)
        self.injects(message=self.message_json(seen))
        return seen

    def _sends_document(
        self,
        chat_id: int,
        sender: int,
        thread: int | str | None,
        content: bytes,
        *,
        name: str,
        media_type: str,
        caption: str,
    ) -> Seen:
        file = self._file("document", name, type, content)
        document = {**_media(file), "file_name": name, "mime_type": media_type}
        return self._written(
            chat_id, sender, thread=thread, caption=caption, file=file, content={"document": document}
        )

    def _file(self, kind: str, name: str, media_type: str, content: bytes) -> SeenFile:
        file_id = f"{kind}-{next(self._serial):05d}-AgACAgUAAxkBAAI"
        file = SeenFile(kind=kind, name=name, type=media_type, content=content, file_id=file_id)
        self.files[file_id] = file
        return file

    def _membership(self, chat: Chat, by: Person, *, old: str, new: str) -> None:
        def member(status: str) -> dict[str, Any]:
            return {
                "user": self.bot_json(),
                "status": status,
                **({"until_date": 0} if status == "kicked" else {}),
            }

        self.injects(
            my_chat_member={
                "chat": self._chat_json(chat),
                "from": by.json(),
                "date": self._now(),
                "old_chat_member": member(old),
                "new_chat_member": member(new),
            }
        )

    def _now(self) -> int:
        return int(self.clock())


def keys_of(keyboard: Mapping[str, Any] | None) -> list[list[Key]]:
    rows = (keyboard or {}).get("inline_keyboard", [])
    return [[Key(label=key["text"], data=key["callback_data"]) for key in row] for row in rows]


def _bot_media(file: SeenFile | None) -> dict[str, Any]:
    if file is None:
        return {}
    if file.kind == "photo":
        return {"photo": [{**_media(file), "width": 1280, "height": 853}]}
    return {file.kind: {**_media(file), "file_name": file.name, "mime_type": file.type}}


def _media(file: SeenFile) -> dict[str, Any]:
    return {"file_id": file.file_id, "file_unique_id": f"u-{file.file_id}", "file_size": len(file.content)}


def _filled(values: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in values.items() if value is not None}


def _whole(value: Any, name: str) -> int:
    try:
        return int(json.loads(str(value)))
    except ValueError:
        raise Refused(f"Bad Request: {name} must be a valid Integer") from None
