"""Who may do what: the first line of every act."""

from tickets.actions.errors import NotAllowedError
from tickets.actor import Actor, Role
from tickets.ticket import TicketNow


def require(by: Actor, role: Role, desk: str) -> None:
    """Raise NotAllowedError unless they have at least this role at the desk."""
    if not by.may(role, desk):
        raise NotAllowedError(f"{by.key} may not do this at {desk}")


def require_agent(by: Actor, ticket: TicketNow) -> None:
    require(by, Role.AGENT, ticket.desk)
