"""What the trackers of second-line teams call a ticket."""

from sqlalchemy import bindparam, select
from sqlmodel import Session

from tickets.tables import TeamIssue
from tickets.views.ticket_values import IssueView

_ISSUES = TeamIssue.__table__  # type: ignore[attr-defined]
_OF_TICKET = (
    select(_ISSUES)
    .where(_ISSUES.c.ticket == bindparam("ticket"))
    .order_by(_ISSUES.c.at.desc(), _ISSUES.c.team)
)


def issues_of(session: Session, number: int) -> tuple[IssueView, ...]:
    """Return the issues that stand for a ticket, the newest first."""
    rows = session.execute(_OF_TICKET, {"ticket": number})
    return tuple(IssueView(team=row.team, key=row.key, url=row.url, at=row.at) for row in rows)
