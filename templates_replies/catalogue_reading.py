"""Reading a catalogue: the parsed content of `categories.yaml`, `replies.yaml` and `tags.yaml`, checked.

`catalogue_from` returns the catalogue together with everything that is wrong in them, as values: whoever read the files
adds file and line.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Literal, TypeGuard, TypeVar

from templates_replies.catalogue import (
    LANGUAGES,
    LONGEST_ID,
    LONGEST_LINE,
    MOST_LINES,
    AutoReply,
    Catalogue,
    Category,
    Language,
    ReplyTemplate,
    Tag,
    Unsure,
    WhatsAppTemplate,
)
from templates_replies.placeholders import PLACEHOLDERS, mistakes_in, questions_in

T = TypeVar("T")
W = TypeVar("W", bound=StrEnum)
Source = Literal["categories", "replies", "tags"]

LONGEST_BODY = 4_000

_SLUG = re.compile(r"[a-z0-9]+(?:[-_][a-z0-9]+)*")


@dataclass(frozen=True, kw_only=True)
class Problem:
    """Something in the files that is not as it should be."""

    source: Source  # which of the files
    path: tuple[str | int, ...]  # into the content: (3, "reply") is the fourth entry's key `reply`
    expected: str  # what should stand there, as the end of "expected …"


def catalogue_from(
    categories: object, replies: object, tags: object = None
) -> tuple[Catalogue, tuple[Problem, ...]]:
    """Read parsed YAML: lists of mappings; None is an empty list, and of tags no list at all.

    Never raises. The catalogue holds the entries that are sound; a desk is loaded only if there are no problems.
    An empty `content_sid`, or one whose `${SECRET}` was not replaced, switches the WhatsApp template off.
    """
    on_replies = _Checker("replies")
    read_replies = on_replies.entries(replies, on_replies.reply)
    asking = frozenset(each.id for each in read_replies if each.questions)
    on_categories = _Checker(
        "categories",
        replies=_ids_in(replies),
        asking=asking,
        put_away=frozenset(each.id for each in read_replies if each.retired),
        categories=_ids_in(categories),
    )
    read_categories = on_categories.entries(categories, on_categories.category)
    on_tags = _Checker("tags")
    read_tags = on_tags.entries(tags, on_tags.tag)
    catalogue = Catalogue(
        categories=tuple(read_categories),
        replies=tuple(read_replies),
        tags=None if tags is None else tuple(read_tags),
    )
    return catalogue, (*on_categories.problems, *on_replies.problems, *on_tags.problems)


def _ids_in(entries: object) -> frozenset[str]:
    """Return all ids that are there, of unsound entries too: one mistake is not reported twice."""
    if not _is_list(entries):
        return frozenset()
    ids = (entry.get("id") for entry in entries if isinstance(entry, Mapping))
    return frozenset(id_ for id_ in ids if isinstance(id_, str))


def _is_list(value: object) -> TypeGuard[Sequence[object]]:
    return isinstance(value, Sequence) and not isinstance(value, str | bytes)


class _Checker:
    """Reads the entries of one file and notes what is wrong with them.

    A method that finds something wrong notes it and returns a harmless value; an entry about which anything was noted
    is left out of the result.
    """

    def __init__(
        self,
        source: Source,
        *,
        replies: frozenset[str] = frozenset(),
        asking: frozenset[str] = frozenset(),
        put_away: frozenset[str] = frozenset(),
        categories: frozenset[str] = frozenset(),
    ) -> None:
        self.problems: list[Problem] = []
        self._source: Source = source
        self._replies = replies
        self._asking = asking  # replies that cannot go out by themselves
        self._put_away = put_away  # replies that are retired
        self._categories = categories

    def entries(self, content: object, read: Callable[[int, Mapping[object, object]], T]) -> list[T]:
        if content is None:
            return []
        if not _is_list(content):
            self._note((), "a list")
            return []
        sound: list[T] = []
        first_at: dict[str, int] = {}
        for index, entry in enumerate(content):
            noted = len(self.problems)
            if not isinstance(entry, Mapping):
                self._note((index,), "an entry with keys, such as {id: …}")
                continue
            self._check_unique(index, entry.get("id"), first_at)
            value = read(index, entry)
            if len(self.problems) == noted:
                sound.append(value)
        return sound

    def category(self, index: int, entry: Mapping[object, object]) -> Category:
        known = (
            "id", "name", "description", "keywords", "examples", "reply", "auto", "unsure", "retired", "merged_into",
        )  # fmt: skip
        self._refuse_unknown_keys((index,), entry, known)
        reply = self._reply_id((index, "reply"), entry.get("reply"))
        auto = self._one_of(
            AutoReply, (index, "auto"), entry.get("auto", AutoReply.SUGGEST), otherwise=AutoReply.NEVER
        )
        unsure = self._one_of(
            Unsure, (index, "unsure"), entry.get("unsure", Unsure.PERSON), otherwise=Unsure.PERSON
        )
        if auto is AutoReply.SEND and entry.get("reply") is None:
            self._note(
                (index, "auto"),
                "`never` or `suggest` in a category without `reply`: there is nothing to send",
            )
        if auto is AutoReply.SEND and reply in self._asking:
            self._note(
                (index, "auto"), f"`never` or `suggest`: the reply `{reply}` asks the agent for something"
            )
        if reply in self._put_away and entry.get("retired") is not True:
            self._note((index, "reply"), f"the id of a reply that is not retired, as `{reply}` is")
        return Category(
            id=self._slug((index, "id"), entry.get("id")),
            name=self._line((index, "name"), entry.get("name")),
            description=self._text((index, "description"), entry.get("description", ""), may_be_empty=True),
            keywords=self._lines((index, "keywords"), entry.get("keywords")),
            examples=self._lines((index, "examples"), entry.get("examples")),
            reply=reply,
            auto=auto,
            unsure=unsure,
            retired=self._flag((index, "retired"), entry.get("retired", False)),
            merged_into=self._merged_into((index, "merged_into"), entry),
        )

    def reply(self, index: int, entry: Mapping[object, object]) -> ReplyTemplate:
        self._refuse_unknown_keys((index,), entry, ("id", "title", "body", "whatsapp", "retired"))
        return ReplyTemplate(
            id=self._slug((index, "id"), entry.get("id")),
            title=self._line((index, "title"), entry.get("title")),
            body=self._body((index, "body"), entry.get("body")),
            whatsapp=self._whatsapp((index, "whatsapp"), entry.get("whatsapp")),
            retired=self._flag((index, "retired"), entry.get("retired", False)),
        )

    def tag(self, index: int, entry: Mapping[object, object]) -> Tag:
        self._refuse_unknown_keys((index,), entry, ("id", "name"))
        id_ = self._slug((index, "id"), entry.get("id"))
        return Tag(id=id_, name=self._line((index, "name"), entry.get("name", id_)))

    def _flag(self, path: tuple[str | int, ...], value: object) -> bool:
        if not isinstance(value, bool):
            self._note(path, "true or false")
        return value is True

    def _note(self, path: tuple[str | int, ...], expected: str) -> None:
        self.problems.append(Problem(source=self._source, path=path, expected=expected))

    def _check_unique(self, index: int, id_: object, first_at: dict[str, int]) -> None:
        if not isinstance(id_, str):
            return
        if id_ in first_at:
            self._note(
                (index, "id"), f"an id of its own: entry {first_at[id_] + 1} is called `{id_}` already"
            )
        else:
            first_at[id_] = index

    def _refuse_unknown_keys(
        self, path: tuple[str | int, ...], entry: Mapping[object, object], known: Sequence[str]
    ) -> None:
        for key in entry:
            if key not in known:
                self._note((*path, str(key)), f"one of the keys {', '.join(known)}")

    def _slug(self, path: tuple[str | int, ...], value: object) -> str:
        if isinstance(value, str) and len(value) <= LONGEST_ID and _SLUG.fullmatch(value):
            return value
        self._note(
            path, f"an id of small letters, digits and hyphens, at most {LONGEST_ID} characters, as a text"
        )
        return ""

    def _text(self, path: tuple[str | int, ...], value: object, *, may_be_empty: bool = False) -> str:
        if not isinstance(value, str):
            self._note(path, "a text (put numbers and dates into quotes)")
            return ""
        if not value.strip() and not may_be_empty:
            self._note(path, "a text that is not empty")
        if len(value) > LONGEST_BODY:
            self._note(path, f"at most {LONGEST_BODY} characters")
        return value.strip()

    def _line(self, path: tuple[str | int, ...], value: object) -> str:
        line = " ".join(self._text(path, value).split())
        if len(line) > LONGEST_LINE:
            self._note(path, f"at most {LONGEST_LINE} characters")
        return line

    def _lines(self, path: tuple[str | int, ...], value: object) -> tuple[str, ...]:
        if value is None:
            return ()
        if not _is_list(value):
            self._note(path, "a list of texts")
            return ()
        if len(value) > MOST_LINES:
            self._note(path, f"at most {MOST_LINES} entries")
        return tuple(self._line((*path, at), line) for at, line in enumerate(value[:MOST_LINES]))

    def _reply_id(self, path: tuple[str | int, ...], value: object) -> str | None:
        if value is None or (isinstance(value, str) and value in self._replies):
            return value
        self._note(path, "the id of a reply in replies.yaml")
        return None

    def _merged_into(self, path: tuple[str | int, ...], entry: Mapping[object, object]) -> str | None:
        value = entry.get("merged_into")
        if value is None:
            return None
        if not isinstance(value, str) or value not in self._categories or value == entry.get("id"):
            self._note(path, "the id of another category in categories.yaml")
            return None
        if entry.get("retired") is not True:
            self._note(path, "`retired: true` beside it: what is merged gets no new tickets")
        return value

    def _one_of(self, words: type[W], path: tuple[str | int, ...], value: object, *, otherwise: W) -> W:
        try:
            return words(value)  # type: ignore[arg-type]  # whatever the file says
        except ValueError:
            self._note(path, f"one of {', '.join(words)}")
            return otherwise

    def _template_text(self, path: tuple[str | int, ...], value: object) -> str:
        text = self._text(path, value)
        for wrong in mistakes_in(text):
            self._note(
                path,
                f"{{name}} with one of {', '.join(PLACEHOLDERS)}, {{isi:…}} with what the agent is asked for, or "
                f"doubled braces, instead of `{wrong}`",
            )
        return text

    def _body(self, path: tuple[str | int, ...], value: object) -> Mapping[Language, str]:
        if not isinstance(value, Mapping) or not value:
            self._note(path, "a text for each language, such as {id: …, en: …}")
            return {}
        self._refuse_unknown_keys(path, value, LANGUAGES)
        return {each: self._template_text((*path, each), value[each]) for each in LANGUAGES if each in value}

    def _whatsapp(self, path: tuple[str | int, ...], value: object) -> WhatsAppTemplate | None:
        if value is None:
            return None
        if not isinstance(value, Mapping):
            self._note(path, "{content_sid: …, variables: {…}}")
            return None
        self._refuse_unknown_keys(path, value, ("content_sid", "variables"))
        variables = self._variables((*path, "variables"), value.get("variables"))
        names = self._names((*path, "content_sid"), value.get("content_sid"))
        if not names:
            return None
        translated = {each: names[each] for each in LANGUAGES if each in names}
        return WhatsAppTemplate(
            content_sid=next(iter(names.values())), variables=variables, translated=translated
        )

    def _names(self, path: tuple[str | int, ...], value: object) -> Mapping[str, str]:
        """Read one name, or one for each language; what is empty or a secret that is not set is left out."""
        if isinstance(value, Mapping):
            self._refuse_unknown_keys(path, value, LANGUAGES)
            given = {str(each): (*path, str(each)) for each in value}
            named = {each: self._names(at, value[each]).get("") for each, at in given.items()}
            return {each: name for each, name in named.items() if name}
        if value in (None, "") or (isinstance(value, str) and value.startswith("${")):
            return {}
        return {"": self._line(path, value)}

    def _variables(self, path: tuple[str | int, ...], value: object) -> Mapping[str, str]:
        if value is None:
            return {}
        if not isinstance(value, Mapping):
            self._note(path, 'a text for each variable, such as {"1": "{contact}"}')
            return {}
        texts = {str(name): self._template_text((*path, str(name)), text) for name, text in value.items()}
        for name, text in texts.items():
            for question in questions_in(text):
                self._note((*path, name), f"no `{{{question}}}`: an approved template is sent without asking")
        return texts
