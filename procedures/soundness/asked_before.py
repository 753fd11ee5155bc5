"""What is known of a case when it comes to a step, and whether conditions over it can ever be told. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from procedures.asking.conditions import Condition, Conditions
from procedures.asking.questions import Kind, Question
from procedures.cases.engine import can_lead
from procedures.definition.procedure import Procedure, Step

_ORDERED = {Kind.NUMBER, Kind.AMOUNT, Kind.DATE, Kind.TIME}


@dataclass(frozen=True, kw_only=True)
class Flaw:
    """What would keep a case from its end."""

    path: tuple[str | int, ...]  # where in the file: `steps`, 3, …, the first being 0
    message: str


def known_at(procedure: Procedure, step: Step) -> list[Question]:
    """Return what may have been asked when a step begins."""
    earlier = (each for each in procedure.steps if each is not step and can_lead(procedure, each.id, step.id))
    return [*procedure.form, *(question for each in earlier for question in each.asks)]


def checked(
    conditions: Conditions | None, known: Sequence[Question], path: tuple[str | int, ...]
) -> Iterator[Flaw]:
    for condition in (*conditions.every, *conditions.unless) if conditions else ():
        question = named(known, condition.question)
        if question is None:
            said = f"{condition.question} is asked neither by the form nor by a step before"
            yield Flaw(path=(*path, condition.question), message=said)
        elif wrong := _mismatch(condition, question):
            yield Flaw(path=(*path, condition.question), message=wrong)


def _mismatch(condition: Condition, question: Question) -> str | None:
    if condition.than is not None:
        return (
            None
            if question.kind in _ORDERED
            else f"{question.id} is {question.kind}, which is neither more nor less"
        )
    if question.kind is Kind.ITEMS and condition.among:
        sums = ", ".join(one.id for one in question.sums)
        return f"{question.id} is a list, of which a condition knows the sums: {sums}"
    if question.choices:
        offered = [choice.id for choice in question.choices]
        strange = sorted(str(each) for each in condition.among if each not in offered)
        return f"{question.id} offers {', '.join(offered)}, not {', '.join(strange)}" if strange else None
    if condition.among and question.kind is Kind.YES_NO:
        return None if condition.among <= {True, False} else f"{question.id} is answered by true or false"
    return None


def named(questions: Sequence[Question], name: str) -> Question | None:
    """Return a question by its id, or what a list adds up to by its name: `barang.harga`."""
    return next((one for each in questions for one in (each, *each.sums) if one.id == name), None)
