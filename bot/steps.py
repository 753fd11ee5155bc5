"""A step of a procedure in chat: in which ways it can end, as buttons and as words."""

from collections.abc import Sequence

from bot.commands import Verb, button
from procedures.answer_words import spoken
from procedures.definition import DONE, SKIPPED, Step
from templates_replies import procedure_phrases as phrases
from templates_replies.catalogue import Language
from tickets.message import Button


def ways_of(step: Step, language: Language) -> list[tuple[str, str]]:
    """Return the outcomes that whoever acts may choose, and what each is called."""
    ways = [
        (one.id, phrases.done(language) if one.id == DONE else spoken(one.label, language, one.id))
        for one in step.outcomes
    ]
    return [*ways, (SKIPPED, phrases.skip(language))] if step.optional else ways


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
