"""What the trackers of second-line teams call a ticket."""

from sqlalchemy import bindparam, select

from tickets.ledger.prepared import Prepared
from tickets.ledger.tx import Tx
from tickets.tables import TeamIssue, Ticket
from tickets.ticket import TicketNow

_ISSUES = TeamIssue.__table__  # type: ignore[attr-defined]
_TICKETS = Ticket.__table__  # type: ignore[attr-defined]
_SAVE = Prepared(
    lambda insert: insert(_ISSUES).on_conflict_do_update(
        index_elements=["ticket", "team"],
        set_={name: insert(_ISSUES).excluded[name] for name in ("key", "url", "at")},
    )
)
_OF = Prepared(
    select(_ISSUES.c.key, _ISSUES.c.url).where(
        _ISSUES.c.ticket == bindparam("ticket"), _ISSUES.c.team == bindparam("team")
    )
)
_BY_KEY = Prepared(
    select(_ISSUES.c.ticket)
    .join(_TICKETS, _TICKETS.c.number == _ISSUES.c.ticket)
    .where(
        _ISSUES.c.team == bindparam("team"),
        _ISSUES.c.key == bindparam("key"),
        _TICKETS.c.desk == bindparam("desk"),
    )
    .order_by(_ISSUES.c.at.desc(), _ISSUES.c.ticket.desc())
    .limit(1)
)


def save(tx: Tx, **fields: object) -> None:
    tx.run(_SAVE, **fields)


def issue_in(tx: Tx, ticket: int, team: str) -> tuple[str, str | None] | None:
    """Return key and link of the issue that stands for a ticket in a team's tracker."""
    row = tx.one(_OF, ticket=ticket, team=team)
    return None if row is None else (row.key, row.url)


def issue_of(tx: Tx, ticket: TicketNow) -> str | None:
    """Return what the tracker of the team that has the ticket calls it, with its link."""
    found = issue_in(tx, ticket.number, ticket.team) if ticket.team is not None else None
    return None if found is None else " ".join(part for part in found if part)


def ticket_of(tx: Tx, *, desk: str, team: str, key: str) -> int | None:
    """Return the ticket of a desk that a team's tracker calls so."""
    row = tx.one(_BY_KEY, desk=desk, team=team, key=key)
    return None if row is None else int(row.ticket)
