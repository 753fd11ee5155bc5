"""Whether the turns of a procedure can be given: who is named, and when they are called to mind."""

from collections.abc import Iterator

from procedures.cases.engine import can_lead
from procedures.definition.procedure import Procedure, Step, Takes
from procedures.soundness.asked_before import Flaw


def turn_flaws(procedure: Procedure) -> Iterator[Flaw]:
    yield from _naming(procedure)
    yield from _never_named(procedure)
    yield from _lapses(procedure)
    yield from _together(procedure)
    yield from _votes(procedure)
    for index, step in enumerate(procedure.steps):
        if step.standard is None and any(each.before_due for each in step.turn.reminds):
            said = f"{step.id} never falls due; expected within or before with it"
            yield Flaw(path=("steps", index, "reminds"), message=said)


def _together(procedure: Procedure) -> Iterator[Flaw]:
    """Find roles of which one is named, where they only act beside another: nobody is named there."""
    for index, step in enumerate(procedure.steps):
        for role in (procedure.role(name) for name in step.beside):
            if role is not None and role.takes is Takes.NAMED:
                said = f"{role.id} takes whom a step before has named; expected it as role, and the others in with"
                yield Flaw(path=("steps", index, "with"), message=said)


def _votes(procedure: Procedure) -> Iterator[Flaw]:
    """Find committees that cannot decide: too few of them, people who are not of the desk, what asks for one person."""
    for index, step in enumerate(procedure.steps):
        if step.voting is None:
            continue
        path = ("steps", index, "votes")
        roles = [role for name in step.roles if (role := procedure.role(name))]
        if any(not role.is_of_the_desk or role.by or role.takes is Takes.NAMED for role in roles):
            yield Flaw(path=path, message="expected roles with people or a team, each of whom votes")
        people = {one for role in roles for one in role.people}
        needs = step.voting.needs
        if isinstance(needs, int) and not any(role.team for role in roles) and needs > len(people):
            said = f"{needs} votes are needed, and only {len(people)} people vote"
            yield Flaw(path=path, message=said)
        if what := _of_one_person(step):
            yield Flaw(path=path, message=f"{step.id} cannot be voted on: {what}")


def _of_one_person(step: Step) -> str | None:
    works = [step.paperwork, *(outcome.paperwork for outcome in step.outcomes)]
    wanted = {
        "it asks questions": step.asks,
        "it may be left out": step.optional,
        "it names who acts": step.turn.names,
        "it waits for another case": step.begins,
        "it waits for payment": step.money.settles,
        "somebody signs": any(work.signs or work.initials or work.files for work in works),
    }
    return next((what for what, holds in wanted.items() if holds), None)


def _lapses(procedure: Procedure) -> Iterator[Flaw]:
    """Find steps that cannot end by themselves: in no way they have, or with something that wants a person."""
    for index, step in enumerate(procedure.steps):
        lapse = step.turn.lapses
        if lapse is None:
            continue
        ways = ", ".join(each.id for each in step.outcomes)
        path = ("steps", index, "lapses")
        if step.outcome(lapse.outcome) is None:
            yield Flaw(path=path, message=f"expected as: one of {ways}")
        elif what := _wants_somebody(step, lapse.outcome):
            yield Flaw(path=path, message=f"{step.id} cannot end by itself: {what}")


def _wants_somebody(step: Step, outcome: str) -> str | None:
    work = step.paperwork_of(outcome)
    wanted = {
        "it asks what must be answered": any(each.required for each in step.asks),
        "it names who acts": step.turn.names,
        "it waits for another case": step.begins,
        "it waits for payment": step.money.settles,
        "it books": step.bookings.books,
        "somebody signs": work.signs or work.initials or work.files,
    }
    return next((what for what, holds in wanted.items() if holds), None)


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
