"""A form that is being filled in: what is asked next, what is missing, what counts. Pure."""

from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from typing import Any

from procedures.asking.conditions import Answers
from procedures.asking.questions import Question

NOTHING: frozenset[str] = frozenset()


def asked(form: Sequence[Question], answers: Answers) -> Iterator[Question]:
    """Yield the questions that these answers leave to be asked, in order; an answer counts for those behind it alone."""
    known: dict[str, Any] = {}
    for question in form:
        if question.only_if is None or question.only_if.hold(known):
            yield question
            if question.id in answers:
                known[question.id] = answers[question.id]


def settled(form: Sequence[Question], answers: Answers) -> dict[str, Any]:
    """Return the answers without those to questions that are asked no more."""
    return {each.id: answers[each.id] for each in asked(form, answers) if each.id in answers}


def next_question(
    form: Sequence[Question], answers: Answers, *, passed: AbstractSet[str] = NOTHING
) -> Question | None:
    """Return the first question without an answer, but for those that were passed over; None when nothing is left."""
    return next(
        (each for each in asked(form, answers) if each.id not in answers and each.id not in passed), None
    )


def missing(form: Sequence[Question], answers: Answers) -> tuple[Question, ...]:
    """Return the questions without whose answers the form cannot be sent."""
    return tuple(each for each in asked(form, answers) if each.required and each.id not in answers)


def before(form: Sequence[Question], answers: Answers, question: Question | None) -> Question | None:
    """Return the question that was answered last before this one, or before the end."""
    earlier = None
    for each in asked(form, answers):
        if question is not None and each.id == question.id:
            break
        earlier = each if each.id in answers else earlier
    return earlier
