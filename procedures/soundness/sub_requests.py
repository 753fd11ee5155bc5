"""Whether procedures that begin others fit together: known, in no circle, asked for nothing they do not get, led on by every end."""

from collections.abc import Iterator, Mapping

from procedures.asking.questions import Question
from procedures.definition.begins import Begins
from procedures.definition.procedure import Ending, Procedure, Step
from procedures.soundness.asked_before import Flaw, known_at


def flaws_between(procedure: Procedure, others: Mapping[str, Procedure]) -> Iterator[Flaw]:
    """Yield what is wrong with what a procedure begins; `others` are all procedures of the desk, by their short names."""
    for index, step in enumerate(procedure.steps):
        begins = step.begins
        if begins is None:
            continue
        path = ("steps", index, "begins")
        other = others.get(begins.procedure)
        if other is None:
            known = ", ".join(sorted(others)) or "none"
            yield Flaw(path=path, message=f"there is no procedure {begins.procedure}; the desk has: {known}")
        elif circle := _circle(procedure.id, begins.procedure, others):
            yield Flaw(path=path, message=f"begins itself without end: {' → '.join(circle)}")
        else:
            yield from _answers(procedure, step, begins, other, path)
            yield from _ends(step, begins, other, index)


def _circle(start: str, first: str, others: Mapping[str, Procedure]) -> tuple[str, ...]:
    """Return the way by which a procedure would come to begin itself; empty if there is none."""
    ahead: list[tuple[str, ...]] = [(start, first)]
    seen: set[str] = set()
    while ahead:
        way = ahead.pop()
        if way[-1] == start:
            return way
        if way[-1] in seen or way[-1] not in others:
            continue
        seen.add(way[-1])
        ahead += [(*way, step.begins.procedure) for step in others[way[-1]].steps if step.begins]
    return ()


def _answers(
    procedure: Procedure, step: Step, begins: Begins, other: Procedure, path: tuple[str | int, ...]
) -> Iterator[Flaw]:
    asked = {question.id: question for question in other.form}
    known = {question.id: question for question in known_at(procedure, step)}
    for theirs, ours in begins.answers:
        at = (*path, "answers", theirs)
        if theirs not in asked:
            yield Flaw(path=at, message=f"the form of {other.id} does not ask for {theirs}")
        elif ours not in known:
            yield Flaw(path=at, message=f"{ours} is asked neither by the form nor by a step before")
        elif known[ours].kind is not asked[theirs].kind:
            said = f"{theirs} is {asked[theirs].kind}, and {ours} is {known[ours].kind}"
            yield Flaw(path=at, message=said)
        elif _must_be_there(asked[theirs]) and not _must_be_there(known[ours]):
            yield Flaw(path=at, message=f"{other.id} requires {theirs}, and {ours} may be left empty")
    given = {theirs for theirs, _ in begins.answers}
    for question in other.form:
        if _must_be_there(question) and question.id not in given:
            yield Flaw(
                path=path, message=f"{other.id} requires {question.id}: say in answers whose answer it gets"
            )


def _must_be_there(question: Question) -> bool:
    return question.required and question.only_if is None


def _ends(step: Step, begins: Begins, other: Procedure, index: int) -> Iterator[Flaw]:
    path = ("steps", index, "outcomes")
    if step.asks:
        yield Flaw(path=("steps", index, "asks"), message="a step that begins another procedure asks nothing")
    if not step.decides:
        return
    if not begins.waits:
        yield Flaw(path=path, message="a step that does not wait for the other procedure decides nothing")
        return
    ends = {end.id: end for end in other.ends}
    outcomes = {outcome.id for outcome in step.outcomes}
    for strange in sorted(outcomes - set(ends)):
        yield Flaw(path=path, message=f"{other.id} has no end {strange}; it has: {', '.join(ends)}")
    for end in ends.values():
        if end.id not in outcomes and end.ending is not Ending.WITHDRAWN:
            yield Flaw(
                path=path, message=f"{other.id} may end in {end.id}, and no outcome of that id leads on"
            )
