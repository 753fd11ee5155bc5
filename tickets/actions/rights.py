"""Who may do what: the first line of every act."""

from tickets.actions.errors import NotAllowedError
from tickets.actor import Actor, Role
from tickets.ticket import NoSuchTicketError, TicketNow


def require(by: Actor, role: Role, desk: str) -> None:
    """Raise NotAllowedError unless they have at least this role at the desk."""
    if not by.may(role, desk):
        raise NotAllowedError(f"{by.key} may not do this at {desk}")


def require_on(by: Actor, role: Role, ticket: TicketNow) -> None:
    """Raise NotAllowedError unless they have at least this role at the ticket's desk.

    Raises NoSuchTicketError for who belongs to other desks: they learn neither that there is one nor whose it is.
    """
    if not by.belongs_to(ticket.desk):
        raise NoSuchTicketError(ticket.number)
    require(by, role, ticket.desk)


def require_first_line(by: Actor, desk: str) -> None:
    """Raise NotAllowedError unless they act for the desk as a whole, not only for what a team of the second line has."""
    require(by, Role.AGENT, desk)
    if by.helps is not None:
        raise NotAllowedError(f"this is for the first line of {desk}")


def require_agent(by: Actor, ticket: TicketNow) -> None:
    """Raise NotAllowedError unless they may act upon the ticket as the first line does."""
    require_on(by, Role.AGENT, ticket)
    if not by.may_answer(ticket.team):
        raise NotAllowedError("the second line answers through the first line")


def require_helper(by: Actor, ticket: TicketNow) -> None:
    """Raise NotAllowedError unless they may look into the ticket: the first line, and the team that has it."""
    require_on(by, Role.AGENT, ticket)
    if not by.may_note(ticket.team):
        raise NotAllowedError(f"ticket #{ticket.number} is not with {by.key}")
