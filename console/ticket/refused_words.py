"""Why an act was refused, where a phrase alone says too little: who was first, and what is to be had instead."""

from collections.abc import Callable
from datetime import datetime

from console.phrases import say
from procedures.bookings.errors import NotToBeHadError
from procedures.bookings.words import refusal_words
from procedures.cases.refusals import StepOverError
from templates_replies.catalogue import Language
from tickets.actions.errors import ActError
from tickets.desk import Desk


def told(refused: ActError, desk: Desk, language: Language, *, when: Callable[[datetime], str]) -> str | None:
    """Return a sentence of its own; None where the phrase for its code says it all."""
    match refused:
        case NotToBeHadError():
            return refusal_words(refused, language)
        case StepOverError():
            return _decided(refused, desk, language, when)
    return None


def _decided(
    refused: StepOverError, desk: Desk, language: Language, when: Callable[[datetime], str]
) -> str | None:
    turn = refused.turn
    if turn is None or turn.ended_at is None or turn.by is None:
        return None
    id_ = turn.by.partition(":")[2]
    who = next((member.name for member in desk.staff if member.id == id_), id_)
    return say(language, "refused_step_decided", who=who, moment=when(turn.ended_at)) if who else None
