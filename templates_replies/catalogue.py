"""The catalogue of a desk: the categories a ticket can stand under, and the replies written once for many."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Literal

from templates_replies.placeholders import questions_in

Language = Literal["id", "en"]
LANGUAGES: tuple[Language, ...] = ("id", "en")

LONGEST_ID = 40  # ids travel in the data of buttons, which ends at 64 bytes
LONGEST_LINE = 300
MOST_LINES = 500  # examples or keywords of one category


def supported_language(code: str | None) -> Language:
    """Return the language to speak where that one is wanted: English if it is, else Indonesian."""
    return "en" if code == "en" else "id"


class AutoReply(StrEnum):
    """What may happen by itself when a message is recognised as being of a category."""

    NEVER = "never"
    SUGGEST = "suggest"  # the reply is suggested to the agent
    SEND = "send"  # the reply goes out, once the gate is open


class Unsure(StrEnum):
    """What happens to a message that may be of a category, where nothing is sure."""

    PERSON = "person"  # it goes to a person, and the contact is asked nothing
    ASK = "ask"  # the contact is asked whether it is


@dataclass(frozen=True, kw_only=True)
class Category:
    id: str
    name: str
    description: str = ""
    keywords: tuple[str, ...] = ()
    examples: tuple[str, ...] = ()  # as people write them
    reply: str | None = None  # id of the reply template that answers it
    auto: AutoReply = AutoReply.SUGGEST
    unsure: Unsure = Unsure.PERSON
    retired: bool = False  # old tickets keep it, no new one gets it
    merged_into: str | None = None  # of a retired one: the category that has its matters now


@dataclass(frozen=True, kw_only=True)
class Tag:
    """A mark that a ticket may have beside its one category, as many as are needed."""

    id: str
    name: str


@dataclass(frozen=True, kw_only=True)
class WhatsAppTemplate:
    """The approved template that says the same where free text may not be sent."""

    content_sid: str
    variables: Mapping[str, str] = field(default_factory=dict)  # "1" -> text with placeholders
    translated: Mapping[Language, str] = field(default_factory=dict)  # where each language has one of its own

    def names(self, language: Language) -> tuple[str, ...]:
        """Return those that say it, the one in the language wanted first."""
        wanted = self.translated.get(language, self.content_sid)
        return tuple(dict.fromkeys((wanted, self.content_sid, *self.translated.values())))


@dataclass(frozen=True, kw_only=True)
class ReplyTemplate:
    id: str
    title: str
    body: Mapping[Language, str]  # at least one language
    whatsapp: WhatsAppTemplate | None = None
    retired: bool = False  # it is offered to nobody; who names it by its id still gets it

    @property
    def questions(self) -> tuple[str, ...]:
        """The placeholders that only whoever answers can fill in."""
        return tuple(name for text in self.body.values() for name in questions_in(text))


@dataclass(frozen=True, kw_only=True)
class Catalogue:
    categories: tuple[Category, ...] = ()
    replies: tuple[ReplyTemplate, ...] = ()
    tags: tuple[Tag, ...] | None = None  # None: the desk lists none, and any word may be one

    @property
    def offered(self) -> tuple[Category, ...]:
        """The categories that a ticket may be given now."""
        return tuple(each for each in self.categories if not each.retired)

    @property
    def offered_replies(self) -> tuple[ReplyTemplate, ...]:
        """The reply templates among which people choose."""
        return tuple(each for each in self.replies if not each.retired)

    @property
    def merged(self) -> Mapping[str, str]:
        """Return what has become of categories that were merged: where their matters stand now, by the old id."""
        now = {each.id: self._now(each.id) for each in self.categories if each.retired and each.merged_into}
        offered = {each.id for each in self.offered}
        return {old: new for old, new in now.items() if new in offered}

    def _now(self, id_: str) -> str:
        seen = [id_]
        while (found := self.category(seen[-1])) and found.retired and found.merged_into:
            if found.merged_into in seen:  # a circle, which no merging makes, ends where it began
                break
            seen.append(found.merged_into)
        return seen[-1]

    def category(self, id_: str) -> Category | None:
        return next((each for each in self.categories if each.id == id_), None)

    def reply(self, id_: str) -> ReplyTemplate | None:
        return next((each for each in self.replies if each.id == id_), None)

    def tag_name(self, id_: str) -> str:
        return next((each.name for each in self.tags or () if each.id == id_), id_)

    def reply_of(self, category: str) -> ReplyTemplate | None:
        """Return the reply template that answers a category."""
        found = self.category(category)
        return self.reply(found.reply) if found and found.reply else None
