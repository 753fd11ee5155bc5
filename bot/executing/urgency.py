"""How urgent a ticket is, and until when nothing needs to be done about it."""

from bot.commands import Verb, button
from bot.executing.doing import Doing
from bot.executing.instants import read_later
from bot.executing.verbs import OnTicket
from templates_replies import handling_phrases
from templates_replies.handling_phrases import PRIORITY_WORDS
from tickets.actions import prioritising, snoozing
from tickets.message import Button
from tickets.priority import Priority

_BY_WORD = {
    word: key for key, phrase in PRIORITY_WORDS.items() for word in (key, phrase.id, phrase.en)
}  # fmt: skip


def _prioritise(doing: Doing, rest: str) -> None:
    language = doing.voice.language
    if not rest:
        rows = [
            [Button(label=words.say(language), data=button(Verb.PRIORITY, doing.number, key))]
            for key, words in PRIORITY_WORDS.items()
        ]
        doing.tell(handling_phrases.choose_priority(language, ticket=doing.number), rows)
        return
    wanted = _BY_WORD.get(rest.lower(), rest)
    ticket = prioritising.prioritise(
        doing.tx, doing.number, wanted, desk=doing.desk.now, by=doing.by, at=doing.at
    )
    doing.confirm(
        handling_phrases.prioritised(language, ticket=ticket.number, priority=Priority(ticket.priority).key)
    )


def _snooze(doing: Doing, rest: str) -> None:
    language, now = doing.voice.language, doing.voice.local(doing.at)
    read = read_later(rest, now)
    if read is None:
        doing.tell(handling_phrases.until_when(language))
        return
    until, reason = read
    snoozing.snooze(
        doing.tx, doing.number, until.astimezone(doing.at.tzinfo), by=doing.by, at=doing.at, reason=reason or None
    )  # fmt: skip
    doing.tell(handling_phrases.snoozed(language, ticket=doing.number, until=until, now=now))


def _wake(doing: Doing, _rest: str) -> None:
    snoozing.wake(doing.tx, doing.number, by=doing.by, at=doing.at)
    doing.confirm(handling_phrases.woken(doing.voice.language, ticket=doing.number, by_contact=False))


VERBS: OnTicket = {Verb.PRIORITY: _prioritise, Verb.SNOOZE: _snooze, Verb.WAKE: _wake}
