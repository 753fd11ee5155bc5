"""Whether the roles of a procedure can be held: each by somebody, whatever was answered."""

from collections.abc import Iterator

from procedures.asking.questions import Kind, Question
from procedures.definition.procedure import Procedure, Role
from procedures.soundness.asked_before import Flaw, known_at, named


def role_flaws(procedure: Procedure) -> Iterator[Flaw]:
    wanted = {name for step in procedure.steps for name in step.roles}
    wanted |= {name for step in procedure.steps for name in step.turn.informs}
    for role in procedure.roles:
        if role.id not in wanted:
            yield Flaw(
                path=("roles", role.id),
                message=f"no step is done by {role.id}; leave it out, or give it a row",
            )
        if role.by is not None:
            yield from _by_answer(procedure, role, role.by)


def _by_answer(procedure: Procedure, role: Role, name: str) -> Iterator[Flaw]:
    """Find answers for which nobody holds a role, and steps that come before the question."""
    question = named(procedure.questions, name)
    if question is None or question.kind is not Kind.CHOICE:
        said = f"expected a question of kind choice, not {name}"
        yield Flaw(path=("roles", role.id, "by"), message=said)
        return
    yield from _answers(role, question)
    for step in procedure.steps:
        if role.id in step.roles and named(known_at(procedure, step), name) is None:
            said = f"{name} is asked neither by the form nor by a step before {step.id}"
            yield Flaw(path=("roles", role.id, "by"), message=said)


def _answers(role: Role, question: Question) -> Iterator[Flaw]:
    offered = [choice.id for choice in question.choices]
    for missing in (each for each in offered if each not in role.among):
        yield Flaw(path=("roles", role.id, "people"), message=f"nobody holds it for {missing}")
    for strange in (each for each in role.among if each not in offered):
        said = f"{question.id} offers {', '.join(offered)}, not {strange}"
        yield Flaw(path=("roles", role.id, "people", strange), message=said)
