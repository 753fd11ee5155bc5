"""What a running case holds its ticket to: it is closed once the case is over, and others are merged into it."""

from sqlalchemy import bindparam, select

from procedures.cases.tables import Case
from tickets.actions.errors import RuleError
from tickets.ledger.prepared import Prepared
from tickets.ledger.writer import Tx

_CASES = Case.__table__  # type: ignore[attr-defined]
_RUNNING = Prepared(
    select(_CASES.c.id).where(_CASES.c.ticket == bindparam("ticket"), _CASES.c.ended.is_(None)).limit(1)
)


class CaseRunningError(RuleError):
    """The ticket's case is to end first, or to be withdrawn."""

    code = "case_running"


class MergeOtherWayError(RuleError):
    """The ticket whose case runs is the one that stays."""

    code = "merge_other_way"


def is_running(tx: Tx, ticket: int) -> bool:
    """Whether a ticket has a case that has not ended."""
    return tx.one(_RUNNING, ticket=ticket) is not None


def require_none_running(tx: Tx, ticket: int) -> None:
    """Raise CaseRunningError where a case of the ticket has not ended."""
    if is_running(tx, ticket):
        raise CaseRunningError(f"a case of ticket #{ticket} is under way", ticket=ticket)


def require_may_merge(tx: Tx, ticket: int) -> None:
    """Raise MergeOtherWayError where a ticket that is to end in another one has a case that has not ended."""
    if is_running(tx, ticket):
        raise MergeOtherWayError(
            f"a case of ticket #{ticket} is under way: merge the other into it", ticket=ticket
        )
