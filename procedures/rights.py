"""Whose turn it is: who may end a step."""

from procedures.definition import Role
from tickets.actions.errors import NotAllowedError
from tickets.actor import Actor, Kind
from tickets.actor import Role as Rank
from tickets.desk import Desk


def holders(role: Role, desk: Desk, *, absent: frozenset[str]) -> frozenset[str]:
    """Return the ids of those who may act as a role now: its people, and their substitutes while all of them are away."""
    named = frozenset(role.people) | desk.members_of(role.team)
    return named | frozenset(role.substitutes) if named <= absent else named


def require_turn(by: Actor, role: Role, desk: Desk, *, absent: frozenset[str]) -> None:
    """Raise NotAllowedError unless they act as this role; supervisors may stand in for anybody.

    What the requester does may be done for them by anybody of the desk's first line.
    """
    if by.may(Rank.SUPERVISOR, desk.slug):
        return
    if role.requester and (by.kind is Kind.CONTACT or (by.may(Rank.AGENT, desk.slug) and by.helps is None)):
        return
    if (
        by.kind is Kind.STAFF
        and by.may(Rank.VIEWER, desk.slug)
        and by.id in holders(role, desk, absent=absent)
    ):
        return
    raise NotAllowedError(f"it is the turn of {role.name}")
