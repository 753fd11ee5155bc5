"""What a running case holds its ticket to: it is closed, or moved to another desk, once the case is over."""

from sqlalchemy import bindparam, select

from procedures.cases.tables import Case
from tickets.actions.errors import RuleError
from tickets.ledger.prepared import Prepared
from tickets.ledger.tx import Tx
from tickets.tables import Event

STOPPED = "case.stopped"  # because of what became of its ticket
_CASES = Case.__table__  # type: ignore[attr-defined]
_EVENTS = Event.__table__  # type: ignore[attr-defined]
_RUNNING = Prepared(
    select(_CASES.c.id).where(_CASES.c.ticket == bindparam("ticket"), _CASES.c.ended.is_(None)).limit(1)
)
_STOPPED = Prepared(
    select(_EVENTS.c.id).where(_EVENTS.c.ticket == bindparam("ticket"), _EVENTS.c.kind == STOPPED).limit(1)
)


class CaseRunningError(RuleError):
    """The ticket's case is to end first, or to be withdrawn."""

    code = "case_running"


class BothRunningError(RuleError):
    """Both tickets that are to be one have a case under way, and a ticket has one at a time."""

    code = "both_running"


class MoveRunningError(RuleError):
    """The ticket's case is of its desk: it is to end first, or to be withdrawn."""

    code = "move_running"


def is_running(tx: Tx, ticket: int) -> bool:
    """Whether a ticket has a case that has not ended."""
    return tx.one(_RUNNING, ticket=ticket) is not None


def require_none_running(tx: Tx, ticket: int) -> None:
    """Raise CaseRunningError where a case of the ticket has not ended."""
    if is_running(tx, ticket):
        raise CaseRunningError(f"a case of ticket #{ticket} is under way", ticket=ticket)


def require_may_move(tx: Tx, ticket: int) -> None:
    """Raise MoveRunningError where a case of a ticket that is to go to another desk has not ended."""
    if is_running(tx, ticket):
        raise MoveRunningError(f"a case of ticket #{ticket} is under way", ticket=ticket)


def require_may_merge(tx: Tx, ticket: int, into: int) -> None:
    """Raise BothRunningError where both tickets have a case that has not ended."""
    if ticket != into and is_running(tx, ticket) and is_running(tx, into):
        raise BothRunningError(f"cases of tickets #{ticket} and #{into} are under way", ticket=ticket)


def was_stopped(tx: Tx, ticket: int) -> bool:
    """Whether a case was ended because of what became of the ticket."""
    return tx.one(_STOPPED, ticket=ticket) is not None
