"""Whether the turns of a procedure can be given: who is named, and when they are called to mind."""

from collections.abc import Iterator

from procedures.asked_before import Flaw
from procedures.definition import Procedure, Takes
from procedures.engine import can_lead


def turn_flaws(procedure: Procedure) -> Iterator[Flaw]:
    yield from _naming(procedure)
    yield from _never_named(procedure)
    for index, step in enumerate(procedure.steps):
        if step.standard is None and any(each.before_due for each in step.turn.reminds):
            said = f"{step.id} never falls due; expected within or before with it"
            yield Flaw(path=("steps", index, "reminds"), message=said)


def _naming(procedure: Procedure) -> Iterator[Flaw]:
    for index, step in enumerate(procedure.steps):
        role = procedure.role(step.turn.names) if step.turn.names else None
        if role is None:
            continue
        path = ("steps", index, "names")
        if role.takes is not Takes.NAMED:
            yield Flaw(
                path=path, message=f"nobody of {role.id} needs a name; expected takes: named of that role"
            )
        elif not any(
            each.role == role.id and can_lead(procedure, step.id, each.id) for each in procedure.steps
        ):
            yield Flaw(path=path, message=f"no step of {role.id} comes after {step.id}")


def _never_named(procedure: Procedure) -> Iterator[Flaw]:
    """Find roles of several people of whom nobody ever says which of them acts."""
    named = {step.turn.names for step in procedure.steps}
    for role in procedure.roles:
        several = len(role.people) > 1 or role.team is not None
        if role.takes is Takes.NAMED and several and role.id not in named:
            said = f"no step says who of {role.id} acts; expected names: {role.id} of a step before"
            yield Flaw(path=("roles", role.id, "takes"), message=said)
