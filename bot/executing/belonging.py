"""How a ticket hangs together with others: linked, merged into one, split into two."""

import re

from sqlalchemy import bindparam, select

from bot.commands import Verb
from bot.executing.doing import Doing
from bot.executing.verbs import OnTicket
from templates_replies import belonging_phrases, matters_phrases
from templates_replies.belonging_phrases import LINK_WORDS
from templates_replies.staff_commands import COMMAND_OF
from tickets import references
from tickets.actions import linking, parting, splitting
from tickets.ledger.prepared import Prepared
from tickets.links import RELATED
from tickets.tables import Message

_MESSAGES = Message.__table__  # type: ignore[attr-defined]
_NEWEST = Prepared(
    select(_MESSAGES.c.id)
    .where(_MESSAGES.c.ticket == bindparam("ticket"), _MESSAGES.c.direction == "in")
    .order_by(_MESSAGES.c.id.desc())
    .limit(bindparam("most"))
)
_MATTER = "="  # before the category of what a button splits off
_OTHER = re.compile(r"#?(\d{1,12})\b\s*(.*)", re.DOTALL)
_KINDS = {word: kind for kind, phrase in LINK_WORDS.items() for word in (kind, phrase.id, phrase.en)}


def other_ticket(doing: Doing, verb: Verb, rest: str) -> tuple[int, str] | None:
    """Read which other ticket is meant, and what stands behind it; asks for it where there is none."""
    match = _OTHER.match(rest)
    if match is None:
        language = doing.voice.language
        name = next(command.name for command in COMMAND_OF.values() if command.key == verb)
        doing.tell(belonging_phrases.which_other(language, command=name.say(language)))
        return None
    return int(match[1]), match[2].strip().lower()


def _link(doing: Doing, rest: str) -> None:
    named = other_ticket(doing, Verb.LINK, rest)
    if named is None:
        return
    other, word = named
    kind = _KINDS.get(word, word) if word else RELATED
    linking.link(doing.tx, doing.number, other, kind, by=doing.by, at=doing.at)
    doing.tell(belonging_phrases.linked(doing.voice.language, ticket=doing.number, other=other, link=kind))


def _unlink(doing: Doing, rest: str) -> None:
    named = other_ticket(doing, Verb.UNLINK, rest)
    if named is not None:
        linking.unlink(doing.tx, doing.number, named[0], by=doing.by, at=doing.at)
        doing.tell(belonging_phrases.unlinked(doing.voice.language, ticket=doing.number, other=named[0]))


def _merge(doing: Doing, rest: str) -> None:
    named = other_ticket(doing, Verb.MERGE, rest)
    if named is not None:
        doing.acts.merge(
            doing.tx, doing.number, named[0], desk=doing.desk.now, by=doing.by, at=doing.at
        )  # fmt: skip
        doing.confirm(belonging_phrases.merged(doing.voice.language, ticket=doing.number, other=named[0]))


def _split(doing: Doing, rest: str) -> None:
    if rest.startswith(_MATTER):
        _part(doing, rest.removeprefix(_MATTER))
        return
    messages = _messages(doing, rest)
    if not messages:
        doing.tell(belonging_phrases.which_messages(doing.voice.language))
        return
    new = splitting.split(
        doing.tx, doing.number, messages, desk=doing.desk.now, by=doing.by, at=doing.at
    )  # fmt: skip
    doing.confirm(belonging_phrases.split_off(doing.voice.language, ticket=doing.number, other=new.number))


def _part(doing: Doing, category: str) -> None:
    """Let one of several requests in a message become a ticket of its own."""
    new = parting.part(doing.tx, doing.number, category, desk=doing.desk.now, by=doing.by, at=doing.at).ticket
    name = doing.voice.category_name(category)
    doing.tell(matters_phrases.parted(doing.voice.language, ticket=doing.number, other=new.number, name=name))


def _messages(doing: Doing, rest: str) -> list[int]:
    """Return the messages that are meant: so many of the contact's newest, or the one replied to."""
    if rest.isdecimal() and 0 < int(rest) <= 100:
        return [row.id for row in doing.tx.all(_NEWEST, ticket=doing.number, most=int(rest))]
    said = doing.written.said
    if said.replies_to is None:
        return []
    found = references.message_at(doing.tx, account=said.place.account, external_id=said.replies_to)
    return [] if found is None else [found]


VERBS: OnTicket = {Verb.LINK: _link, Verb.UNLINK: _unlink, Verb.MERGE: _merge, Verb.SPLIT: _split}
