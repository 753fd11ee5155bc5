"""Writing down a call or a visit from chat, in one line or asked step by step."""

from datetime import UTC

from bot.commands import Verb, button
from bot.executing import prompts
from bot.executing.doing import AtDesk
from bot.executing.jottings import NOBODY, Jotting, read
from bot.executing.prompts import Prompt
from bot.executing.verbs import ForDesk
from bot.telling import Rows
from templates_replies import by_hand_phrases
from templates_replies.by_hand_phrases import MEDIUM_WORDS
from tickets.actions.opening import Caller, open_by_hand
from tickets.message import Button


def _write_down(at_desk: AtDesk, rest: str) -> None:
    now = at_desk.voice.local(at_desk.at)
    jotting = read(rest, now)
    if not jotting.text:
        _ask(at_desk, rest.strip(), jotting)
        return
    came_at = jotting.came_at.astimezone(UTC) if jotting.came_at is not None else at_desk.at
    name = None if jotting.name == NOBODY else jotting.name
    ticket, _ = open_by_hand(
        at_desk.tx, desk=at_desk.desk.now, by=at_desk.by, at=at_desk.at, caller=Caller(name=name), text=jotting.text,
        came_at=came_at, medium=jotting.medium,
    )  # fmt: skip
    at_desk.tell(
        by_hand_phrases.written_down(
            at_desk.voice.language, ticket=ticket.number, since=at_desk.voice.local(came_at), now=now
        )
    )


def _ask(at_desk: AtDesk, said: str, jotting: Jotting) -> None:
    """Ask for the next thing that is not known; what they write next is added to what was said."""
    language = at_desk.voice.language
    rows: Rows = ()
    if jotting.medium is None:
        question, begun = by_hand_phrases.by_which(language), said
        rows = [[_button(words.say(language), said, medium) for medium, words in MEDIUM_WORDS.items()]]
    elif not jotting.timed:
        question, begun = by_hand_phrases.when_they_came(language), said
        rows = [[_button(by_hand_phrases.just_now(language), said, "now")]]
    elif jotting.name is None:
        question, begun = by_hand_phrases.who_came(language), f"{said} @"
    else:
        question, begun = by_hand_phrases.what_they_said(language), f"{said.rstrip(':')}:"
    prompts.expect(
        at_desk.tx, Prompt(ticket=None, verb=Verb.WRITE_DOWN, begun=begun), of=at_desk.person,
        at_place=at_desk.written.said.place, at=at_desk.at,
    )  # fmt: skip
    at_desk.tell(question, rows)


def _button(label: str, said: str, more: str) -> Button:
    return Button(label=label, data=button(Verb.WRITE_DOWN, 0, f"{said} {more}".strip()))


AT_DESK: ForDesk = {Verb.WRITE_DOWN: _write_down}
