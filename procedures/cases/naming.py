"""Who of a role acts, where whoever ends the step before says so. Pure."""

from collections.abc import Iterable, Mapping

from procedures.cases.engine import Standing
from procedures.cases.rights import holders
from procedures.cases.rows import CaseNow
from procedures.definition.procedure import Procedure, Role, Step, Takes
from tickets.actions.errors import ActError, UnknownValueError
from tickets.desk import Desk


class NameMissingError(ActError):
    """Whoever ends the step must say who acts next."""

    code = "name_missing"
    field = "named"

    def __init__(self, role: Role, people: Iterable[str]) -> None:
        super().__init__(f"who of {role.id} acts next?")
        self.role = role
        self.people = tuple(sorted(people))  # ids of those who are here


def nameable(procedure: Procedure, step: Step, desk: Desk, *, absent: frozenset[str]) -> frozenset[str]:
    """Return the ids of those whom whoever ends a step may name: who holds the role it names, and is here."""
    role = procedure.role(step.turn.names) if step.turn.names else None
    return holders(role, desk, absent=absent) - absent if role else frozenset()


def with_name(
    case: CaseNow, procedure: Procedure, step: Step, after: Standing, said: str | None, *, desk: Desk,
    absent: frozenset[str],
) -> Mapping[str, str]:  # fmt: skip
    """Return who is named to act in which role once a step has ended, with whom its end has named.

    Of one person nothing needs to be said. Raises NameMissingError, and UnknownValueError for whom nobody may name.
    """
    role = procedure.role(step.turn.names) if step.turn.names else None
    if role is None:
        return case.named
    people = nameable(procedure, step, desk, absent=absent)
    if said is not None and said not in people:
        raise UnknownValueError(f"{said} cannot be named as {role.id}", field="named", value=said)
    if said is None and _comes(procedure, role, _new(case, after), without=step.id):
        if len(people) > 1:
            raise NameMissingError(role, people)
        said = next(iter(people), None)
    others = {id_: person for id_, person in case.named.items() if id_ != role.id or said is None}
    return {**others, role.id: said} if said is not None else others


def named_for(procedure: Procedure, named: Mapping[str, str]) -> Mapping[str, str]:
    """Return the one person who acts in a step, by step, where its role takes the one who was named."""
    taking = {role.id for role in procedure.roles if role.takes is Takes.NAMED}
    return {
        step.id: named[step.role] for step in procedure.steps if step.role in taking and step.role in named
    }


def _new(case: CaseNow, after: Standing) -> tuple[str, ...]:
    before = case.standing
    return (
        *(step for step in after.open if step not in before.open or after.round(step) > before.round(step)),
        *(step for step in after.held if step not in before.held),
    )


def _comes(procedure: Procedure, role: Role, places: Iterable[str], *, without: str) -> bool:
    """Whether a step of a role comes of these places, before somebody can be named anew."""
    ahead, seen = list(places), {without}
    while ahead:
        place = ahead.pop()
        step = procedure.step(place)
        if step is None or place in seen:
            continue
        if step.role == role.id:
            return True
        seen.add(place)
        ahead.extend(step.leads_to())
    return False
