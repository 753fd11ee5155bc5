"""Whether a colleague has answered the same contact, on this ticket or on another of theirs."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, func, select

from tickets.actor import Actor
from tickets.ledger.prepared import Prepared
from tickets.ledger.tx import Tx
from tickets.tables import Message, Ticket
from tickets.ticket import TicketNow

_MESSAGES = Message.__table__  # type: ignore[attr-defined]
_TICKETS = Ticket.__table__  # type: ignore[attr-defined]
_OF_CONTACT = _MESSAGES.c.ticket.in_(
    select(_TICKETS.c.number).where(_TICKETS.c.contact == bindparam("contact"))
)  # fmt: skip
_BY_ANOTHER = Prepared(
    select(_MESSAGES.c.id, _MESSAGES.c.ticket, _MESSAGES.c.actor, _MESSAGES.c.at, _MESSAGES.c.text)
    .where(
        _OF_CONTACT, _MESSAGES.c.direction == "out", _MESSAGES.c.author == "agent",
        _MESSAGES.c.actor != bindparam("actor"), _MESSAGES.c.id > bindparam("after"),
    )
    .order_by(_MESSAGES.c.id.desc())
    .limit(1)
)  # fmt: skip
_OWN = Prepared(
    select(func.max(_MESSAGES.c.id).label("id")).where(_OF_CONTACT, _MESSAGES.c.actor == bindparam("actor"))
)


@dataclass(frozen=True, kw_only=True)
class Collision:
    """A colleague's answer that somebody has not seen who is about to answer."""

    ticket: int
    by: str  # the actor's key
    at: datetime
    text: str


def unseen(tx: Tx, ticket: TicketNow, *, by: Actor, seen: int) -> Collision | None:
    """Return a colleague's answer to the contact that is newer than the newest message that was shown."""
    row = tx.one(_BY_ANOTHER, contact=ticket.contact, actor=by.key, after=seen)
    return None if row is None else Collision(ticket=row.ticket, by=row.actor, at=row.at, text=row.text)


def recent(tx: Tx, ticket: TicketNow, *, by: Actor, since: datetime) -> Collision | None:
    """Return a colleague's answer since an instant, unless they have said something to or about the contact since."""
    own = tx.one(_OWN, contact=ticket.contact, actor=by.key)
    found = unseen(tx, ticket, by=by, seen=(own.id if own is not None else None) or 0)
    return found if found is not None and found.at >= since else None
