"""A step of a procedure in chat: the ways in which it can end, as buttons."""

from collections.abc import Sequence

from bot.commands import Verb, button
from procedures.answer_words import ways_of
from procedures.definition import Step
from templates_replies.catalogue import Language
from tickets.message import Button


def buttons_for(step: Step, ticket: int, language: Language) -> Sequence[Sequence[Button]]:
    """Return a button for each way. None where the step asks for more than a press."""
    if step.asks:
        return ()
    return [
        [
            Button(label=label, data=button(Verb.STEP, ticket, f"{step.id} {way}"))
            for way, label in ways_of(step, language)
        ]
    ]
