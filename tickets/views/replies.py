"""Which message of their ticket the contacts' replies point at."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row, select
from sqlmodel import Session

from tickets.message import Channel, Direction
from tickets.tables import Message, Reference, Ticket
from tickets.views.message_values import RepliedView

_MESSAGES = Message.__table__  # type: ignore[attr-defined]
_REFERENCES = Reference.__table__  # type: ignore[attr-defined]
_TICKETS = Ticket.__table__  # type: ignore[attr-defined]
_SHOWN = (
    _MESSAGES.c.id, _MESSAGES.c.author, _MESSAGES.c.text, _MESSAGES.c.withdrawn_at, _MESSAGES.c.ticket,
    _TICKETS.c.merged_into,
)  # fmt: skip
_BEGINNING = 300  # characters


def replied_to(session: Session, rows: Sequence[Row[Any]]) -> dict[int, RepliedView]:
    """Return what these messages answer, by their ids; a mail quotes by itself, and is left out.

    What belongs to another ticket is not shown: not everybody who sees this one may see that.
    """
    asking = [row for row in rows if row.replies_to is not None and row.channel != Channel.EMAIL]
    if not asking:
        return {}
    accounts, names = {row.account for row in asking}, {row.replies_to for row in asking}
    theirs = select(_MESSAGES.c.account, _MESSAGES.c.external_id, *_SHOWN).where(
        _MESSAGES.c.external_id.in_(names), _MESSAGES.c.account.in_(accounts)
    )
    ours = (
        select(_REFERENCES.c.account, _REFERENCES.c.external_id, *_SHOWN)
        .join(_MESSAGES, _MESSAGES.c.id == _REFERENCES.c.message)
        .where(_REFERENCES.c.external_id.in_(names), _REFERENCES.c.account.in_(accounts))
    )
    found = {
        (each.account, each.external_id, ticket): each
        for statement in (theirs, ours)
        for each in session.execute(
            statement.join(_TICKETS, _TICKETS.c.number == _MESSAGES.c.ticket).where(
                _MESSAGES.c.direction != str(Direction.NOTE)
            )
        )
        for ticket in (each.ticket, each.merged_into)
    }
    return {
        row.id: RepliedView(
            message=each.id, author=each.author, text="" if each.withdrawn_at else each.text[:_BEGINNING],
            withdrawn_at=each.withdrawn_at,
        )
        for row in asking
        if (each := found.get((row.account, row.replies_to, row.ticket))) is not None and each.id != row.id
    }  # fmt: skip
