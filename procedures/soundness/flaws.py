"""Whether a procedure can be worked through: every step reached, every way out leading on, everything asked in time.

Each flaw says where in the file it is (`steps`, 3, …, the first being 0) and what is wrong, in the words of the file.
"""

from collections.abc import Iterator

from procedures.archive.naming import ALWAYS_KNOWN as ARCHIVED
from procedures.archive.naming import fillable
from procedures.asking.questions import Question
from procedures.cases.engine import can_lead
from procedures.definition.procedure import Ending, Procedure, Step, Words
from procedures.soundness import money, papers, turns
from procedures.soundness.asked_before import Flaw, checked, known_at
from procedures.soundness.bookings import booking_flaws
from procedures.soundness.roles import role_flaws
from procedures.soundness.times import time_flaws
from templates_replies.placeholders import names_in

ALWAYS_KNOWN = ("ticket", "procedure", "reason")  # beside the answers, to what the requester is told


def flaws(procedure: Procedure) -> Iterator[Flaw]:
    """Yield what is wrong with a procedure whose names are all known."""
    yield from _ways(procedure)
    yield from _passing_over_for_ever(procedure)
    yield from _joins(procedure)
    yield from role_flaws(procedure)
    yield from _conditions(procedure)
    yield from time_flaws(procedure)
    yield from _tellings(procedure)
    yield from booking_flaws(procedure)
    yield from turns.turn_flaws(procedure)
    yield from money.flaws(procedure)
    yield from papers.flaws(procedure)
    yield from _archived(procedure)


def _ways(procedure: Procedure) -> Iterator[Flaw]:
    first = procedure.steps[0].id
    ends = [end.id for end in procedure.ends]
    lost = [step for step in procedure.steps[1:] if not can_lead(procedure, first, step.id)]
    for index, step in enumerate(procedure.steps):
        if step in lost:
            if not any(_comes_before(procedure, each, step) for each in lost):
                yield Flaw(path=("steps", index), message=_never_done(procedure, index))
        elif not any(can_lead(procedure, step.id, end) for end in ends):
            yield Flaw(path=("steps", index), message=f"from {step.id} no way leads to an end")
    for index, end in enumerate(procedure.ends):
        leads = (can_lead(procedure, each.id, end.id) for each in (procedure.steps[0], *lost))
        if end.ending is not Ending.WITHDRAWN and not any(leads):
            yield Flaw(path=("ends", index), message=f"no way leads to the end {end.id}")


def _comes_before(procedure: Procedure, one: Step, other: Step) -> bool:
    return can_lead(procedure, one.id, other.id) and not can_lead(procedure, other.id, one.id)


def _never_done(procedure: Procedure, index: int) -> str:
    """Say that no way leads to a step, and what the row above it would need where it is passed over to elsewhere."""
    step, above = procedure.steps[index], procedure.steps[index - 1]
    said = f"no way leads to {step.id}, so nobody would ever do it"
    if above.only_if is not None and step.id not in above.otherwise:
        return f"{said}; {above.id} leads to {above.otherwise[0]} when it is passed over, too: otherwise: {step.number} there"
    return f"{said}; {above.id} above it leads to {', '.join(dict.fromkeys(above.leads_to()))}"


def _passing_over_for_ever(procedure: Procedure) -> Iterator[Flaw]:
    """Find circles of steps that could all be passed over: a case would run round them without anybody acting."""
    passable = {step.id: step for step in procedure.steps if step.only_if is not None}
    for index, step in enumerate(procedure.steps):
        seen, ahead = set[str](), [step.id] if step.id in passable else []
        while ahead:
            for place in passable[ahead.pop()].otherwise:
                if place == step.id:
                    said = f"passing over {step.id} leads back to it through steps that may be passed over as well"
                    yield Flaw(path=("steps", index, "only_if"), message=said)
                    return
                if place in passable and place not in seen:
                    seen.add(place)
                    ahead.append(place)


def _joins(procedure: Procedure) -> Iterator[Flaw]:
    forks = [
        places
        for step in procedure.steps
        for places in (*(outcome.to for outcome in step.outcomes), step.otherwise)
        if len(places) > 1
    ]
    for index, step in enumerate(procedure.steps):
        meets = any(
            sum(place == step.id or can_lead(procedure, place, step.id) for place in places) > 1
            for places in forks
        )
        if step.joins and not meets:
            said = f"{step.id} joins branches, and no two that run side by side lead to it"
            yield Flaw(path=("steps", index, "joins"), message=said)


def _conditions(procedure: Procedure) -> Iterator[Flaw]:
    asked: list[Question] = []
    for index, question in enumerate(procedure.form):
        yield from checked(question.only_if, asked, ("form", index, "only_if"))
        asked.append(question)
    for index, step in enumerate(procedure.steps):
        known = known_at(procedure, step)
        yield from checked(step.only_if, known, ("steps", index, "only_if"))
        own: list[Question] = []
        for at, question in enumerate(step.asks):
            yield from checked(question.only_if, [*known, *own], ("steps", index, "asks", at, "only_if"))
            own.append(question)


def _tellings(procedure: Procedure) -> Iterator[Flaw]:
    """Find what the requester would be told with a gap: a placeholder that nothing fills in."""
    known = {
        *ALWAYS_KNOWN,
        *(one.id for question in procedure.questions for one in (question, *question.sums)),
    }
    known |= {"number"} if procedure.papers else set()
    known |= {"total"} if any(step.money.bills for step in procedure.steps) else set()
    told: list[tuple[str, int, Words | None]] = [
        *(("steps", index, step.tells) for index, step in enumerate(procedure.steps)),
        *(("ends", index, end.tells) for index, end in enumerate(procedure.ends)),
    ]
    for key, index, texts in told:
        strange = {name for text in (texts or {}).values() for name in names_in(text)} - known
        for name in sorted(strange):
            said = f"nothing is called {{{name}}}; expected a question, or one of {', '.join(ALWAYS_KNOWN)}"
            yield Flaw(path=(key, index, "tells"), message=said)


def _archived(procedure: Procedure) -> Iterator[Flaw]:
    """Find what would be a gap in the name of a case in the archive."""
    known = fillable(procedure)
    for name in sorted({*names_in(procedure.archive or "")} - {*known}):
        said = f"nothing is called {{{name}}}; expected a question that is no file, or one of {', '.join(ARCHIVED)}"
        yield Flaw(path=("archive",), message=said)
