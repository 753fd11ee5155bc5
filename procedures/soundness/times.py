"""Whether what the time of a step counts from is known when it begins: dates that were asked for, steps that are over."""

from collections.abc import Iterator

from procedures.asking.questions import Kind
from procedures.cases.engine import can_lead
from procedures.definition.procedure import Procedure, Step
from procedures.soundness.asked_before import Flaw, known_at, named


def time_flaws(procedure: Procedure) -> Iterator[Flaw]:
    for index, step in enumerate(procedure.steps):
        standard, path = step.standard, ("steps", index)
        if standard is None:
            continue
        if standard.deadline is not None:
            yield from _date(procedure, step, standard.deadline.answer, (*path, "before", "answer"))
        if standard.since is not None and standard.since.answer is not None:
            yield from _date(procedure, step, standard.since.answer, (*path, "after", "answer"))
        if standard.since is not None and standard.since.step is not None:
            yield from _earlier(procedure, step, standard.since.step, (*path, "after", "step"))


def _date(procedure: Procedure, step: Step, answer: str, path: tuple[str | int, ...]) -> Iterator[Flaw]:
    question = named(known_at(procedure, step), answer)
    if question is None:
        yield Flaw(path=path, message=f"{answer} is asked neither by the form nor by a step before")
    elif question.kind not in {Kind.DATE, Kind.PERIOD}:
        said = f"expected a question of kind date or period, and {question.id} is {question.kind}"
        yield Flaw(path=path, message=said)


def _earlier(procedure: Procedure, step: Step, name: str, path: tuple[str | int, ...]) -> Iterator[Flaw]:
    if not can_lead(procedure, name, step.id):
        yield Flaw(
            path=path, message=f"no way leads from {name} to {step.id}, so it is not over before that begins"
        )
