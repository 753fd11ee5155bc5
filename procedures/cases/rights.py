"""Who may begin a case, take it back, and end its steps."""

from procedures.definition.procedure import Procedure, Role, Step
from tickets.actions.errors import NotAllowedError
from tickets.actions.rights import require_agent
from tickets.actor import Actor, Kind
from tickets.actor import Role as Rank
from tickets.desk import Desk
from tickets.ticket import TicketNow


def holders(role: Role, desk: Desk, *, absent: frozenset[str]) -> frozenset[str]:
    """Return the ids of those who may act as a role now: its people, and their substitutes while all of them are away.

    Where several roles do a step together, those of each.
    """
    return frozenset[str]().union(*(_holders(one, desk, absent) for one in role.each))


def _holders(role: Role, desk: Desk, absent: frozenset[str]) -> frozenset[str]:
    named = frozenset(role.people) | desk.members_of(role.team)
    return named | frozenset(role.substitutes) if named <= absent else named


def acting(role: Role, desk: Desk, *, absent: frozenset[str], holder: str | None = None) -> frozenset[str]:
    """Return the ids of those whose turn it is: the one person who has it, or while they are away the role's holders.

    Who does the step together with the role keeps it, whoever was named there.
    """
    if holder is not None and holder not in absent and any(each.id == holder for each in desk.staff):
        return frozenset({holder}).union(*(_holders(one, desk, absent) for one in role.together))
    return holders(role, desk, absent=absent)


def voters_of(role: Role, desk: Desk, *, absent: frozenset[str]) -> frozenset[str]:
    """Return the ids of those who vote on a step: everybody of its roles, here or away; substitutes for one that is all away."""
    return frozenset[str]().union(*(_voters(one, desk, absent) for one in role.each))


def _voters(role: Role, desk: Desk, absent: frozenset[str]) -> frozenset[str]:
    named = frozenset(role.people) | desk.members_of(role.team)
    return frozenset(role.substitutes) if role.substitutes and named <= absent else named


def may_vote(by: Actor, role: Role, desk: Desk, *, absent: frozenset[str]) -> bool:
    """Whether somebody is one of those who vote; nobody stands in for them, no supervisor and no program."""
    return (
        by.kind is Kind.STAFF
        and by.may(Rank.VIEWER, desk.slug)
        and by.id in voters_of(role, desk, absent=absent)
    )


def may_end(by: Actor, role: Role, desk: Desk, *, absent: frozenset[str], holder: str | None = None) -> bool:
    """Whether somebody may end a step of this role: who holds it, and supervisors, who may stand in for anybody.

    Where one person was named, or the turn was handed to one (`holder`), it is theirs alone while they are here.
    What the requester does, or somebody outside, may be noted down by anybody of the desk's first line.
    """
    if by.may(Rank.SUPERVISOR, desk.slug):
        return True
    if any(not one.is_of_the_desk for one in role.each):
        is_first_line = by.may(Rank.AGENT, desk.slug) and by.helps is None
        if is_first_line or (by.kind is Kind.CONTACT and any(one.requester for one in role.each)):
            return True
    is_here = by.kind is Kind.STAFF and by.may(Rank.VIEWER, desk.slug)
    return is_here and by.id in acting(role, desk, absent=absent, holder=holder)


def require_turn(
    by: Actor, role: Role, desk: Desk, *, absent: frozenset[str], holder: str | None = None
) -> None:
    """Raise NotAllowedError unless they may end a step of this role."""
    if not may_end(by, role, desk, absent=absent, holder=holder):
        raise NotAllowedError(f"it is the turn of {role.name}")


def require_beginner(by: Actor, procedure: Procedure, ticket: TicketNow) -> None:
    """Raise NotAllowedError unless they may begin a case of the ticket: its contact, where the file lets contacts, or an agent."""
    if not (by.kind is Kind.CONTACT and procedure.starts.by_contact):
        require_agent(by, ticket)


def require_requester(by: Actor, ticket: TicketNow) -> None:
    """Raise NotAllowedError unless they may speak for whoever asked: the ticket's contact, or an agent for them."""
    if by.kind is not Kind.CONTACT:
        require_agent(by, ticket)


def may_answer_own(role: Role, step: Step) -> bool:
    """Whether whoever asked ends a step by their own answer: what is paid ends by its proof, what names people or signs by the desk."""
    work = step.paperwork_of(step.outcomes[0].id)
    is_theirs = any(one.requester for one in role.each)
    by_the_desk = step.money.settles or step.begins or step.turn.names or step.bookings.books or step.voting
    return is_theirs and not by_the_desk and not (work.signs or work.initials)
