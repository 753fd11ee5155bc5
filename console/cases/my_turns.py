"""The steps of procedures that wait for whoever looks: an approver's page of the morning."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlmodel import Session

from console.doors import Visitor
from console.house import House
from console.lines import own_ids
from console.ticket.cases import absent_at
from procedures.cases.awaited import Awaited, awaited_at
from procedures.cases.rights import acting, voters_of
from procedures.definition.procedure import Procedure, Role, Step
from tickets.desk import Desk


@dataclass(frozen=True, kw_only=True)
class MyTurn:
    """A step that is theirs to end, or to vote on."""

    awaited: Awaited
    procedure: Procedure
    step: Step


def desks_with_roles(house: House, visitor: Visitor) -> frozenset[str]:
    """Return the desks in whose procedures somebody has a role, or stands in for one."""
    ids = own_ids(visitor)
    return frozenset(
        slug
        for slug, each in house.desks().items()
        if (visitor.desks is None or slug in visitor.desks)
        and any(
            ids & _ever(one, each.desk)
            for procedure in house.procedures(slug)
            for role in procedure.roles
            for one in role.each
        )
    )


async def my_turns(house: House, visitor: Visitor) -> Sequence[MyTurn]:
    """Return what waits for somebody now, over all desks, what is due first at the front."""
    desks, now = desks_with_roles(house, visitor), house.clock()
    if not desks:
        return ()

    def read(session: Session) -> tuple[Sequence[Awaited], Mapping[str, frozenset[str]]]:
        return awaited_at(session, desks), {desk: absent_at(session, desk, now) for desk in desks}

    waiting, absent = await house.ledger.read(read)
    found = []
    for each in waiting:
        under = await house.ledger.aside(house.procedures_under, each.desk, each.revision)
        procedure = next((one for one in under if one.id == each.procedure), None)
        step = procedure.step(each.step) if procedure else None
        if procedure is None or step is None or not visitor.may_see(each.desk, each.team):
            continue
        role, desk = procedure.acting(step), house.desk(each.desk).desk
        if role is not None and _waits_for(visitor, each, step, role, desk, absent=absent[each.desk]):
            found.append(MyTurn(awaited=each, procedure=procedure, step=step))
    return found


def _waits_for(
    visitor: Visitor, each: Awaited, step: Step, role: Role, desk: Desk, *, absent: frozenset[str]
) -> bool:
    if step.voting is not None:
        theirs = voters_of(role, desk, absent=absent)
        return bool(own_ids(visitor) & theirs) and visitor.actor(each.desk).key not in each.voted
    return bool(own_ids(visitor) & acting(role, desk, absent=absent, holder=each.holder))


def _ever(role: Role, desk: Desk) -> frozenset[str]:
    return frozenset(role.people) | frozenset(role.substitutes) | desk.members_of(role.team)
