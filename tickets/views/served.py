"""Who was served and may be invited to the survey of public services."""

from datetime import datetime

from sqlalchemy import exists, func, or_, select
from sqlmodel import Session

from tickets.message import Channel
from tickets.survey import Period
from tickets.tables import Address, AskedSurvey, Imported, SurveyInvitation, Ticket

_TICKETS = Ticket.__table__  # type: ignore[attr-defined]
_ADDRESSES = Address.__table__  # type: ignore[attr-defined]
_INVITATIONS = SurveyInvitation.__table__  # type: ignore[attr-defined]
_SURVEYS = AskedSurvey.__table__  # type: ignore[attr-defined]
_IMPORTED = Imported.__table__  # type: ignore[attr-defined]
_OPEN = _TICKETS.alias("open")


def to_invite(
    session: Session,
    *,
    desk: str,
    period: Period,
    solved_until: datetime,
    quiet_since: datetime,
    window_since: datetime | None,
    most: int,
) -> list[int]:
    """Return one ticket of each contact to invite, the longest served first.

    They were served in the period, have nothing open, can be reached, were asked nothing since `quiet_since` and, on
    WhatsApp, have written since `window_since`; None there: an approved template reaches them at any time.
    """
    statement = (
        select(func.max(_TICKETS.c.number))
        .join(_ADDRESSES, _ADDRESSES.c.id == _TICKETS.c.address)
        .where(
            _TICKETS.c.desk == desk,
            _TICKETS.c.status.in_(("solved", "closed")),
            _TICKETS.c.solved_at >= period.start_at,
            _TICKETS.c.solved_at <= solved_until,
            _TICKETS.c.spam_at.is_(None),
            _TICKETS.c.merged_into.is_(None),
            _ADDRESSES.c.stopped_at.is_(None),
            _ADDRESSES.c.blocked_at.is_(None),
            ~exists().where(_IMPORTED.c.ticket == _TICKETS.c.number),  # served by the desk before
            ~exists().where(
                _INVITATIONS.c.desk == desk,
                _INVITATIONS.c.period == period.key,
                _INVITATIONS.c.contact == _TICKETS.c.contact,
            ),
            ~exists().where(
                _SURVEYS.c.contact == _TICKETS.c.contact,
                _SURVEYS.c.withheld.is_(None),
                _SURVEYS.c.asked_at > quiet_since,
            ),
            ~exists().where(
                _OPEN.c.contact == _TICKETS.c.contact, _OPEN.c.status.in_(("new", "open", "waiting"))
            ),
        )
        .group_by(_TICKETS.c.contact)
        .order_by(func.max(_TICKETS.c.number))
        .limit(most)
    )
    if window_since is not None:
        in_window = _ADDRESSES.c.last_inbound_at > window_since
        statement = statement.where(or_(_ADDRESSES.c.channel != str(Channel.WHATSAPP), in_window))
    return list(session.execute(statement).scalars())


def invited_since(session: Session, *, desk: str, since: datetime) -> int:
    """Return how many invitations the desk has sent since an instant."""
    statement = select(func.count()).where(_INVITATIONS.c.desk == desk, _INVITATIONS.c.invited_at > since)
    return int(session.execute(statement).scalar_one())
