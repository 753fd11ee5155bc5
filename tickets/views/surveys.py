"""What a ticket's contact was asked after closing, and what they said."""

from sqlalchemy import bindparam, select
from sqlmodel import Session

from tickets.tables import AskedSurvey
from tickets.views.ticket_values import SurveyView

_SURVEYS = AskedSurvey.__table__  # type: ignore[attr-defined]
_NEWEST = (
    select(_SURVEYS)
    .where(_SURVEYS.c.ticket == bindparam("ticket"))
    .order_by(_SURVEYS.c.cycle.desc())
    .limit(1)
)


def survey_of(session: Session, ticket: int) -> SurveyView | None:
    """Return the newest question on a ticket; None if nobody was asked."""
    row = session.execute(_NEWEST, {"ticket": ticket}).one_or_none()
    if row is None:
        return None
    return SurveyView(
        cycle=row.cycle, asked_at=row.asked_at, withheld=row.withheld, scale=row.scale, score=row.score,
        comment=row.remark, answered_at=row.answered_at, found_at=row.found_at, followed_up_at=row.followed_up_at,
        followed_up_by=row.followed_up_by, follow_up=row.follow_up,
    )  # fmt: skip
