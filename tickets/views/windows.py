"""Until when a ticket's contact may be written to freely, and what waits for them to write."""

from typing import Any

from sqlalchemy import Row, bindparam, func, select
from sqlmodel import Session

from tickets import windows
from tickets.message import Delivery
from tickets.tables import Address, Message, Outbox
from tickets.views.ticket_values import WindowView

_ADDRESSES = Address.__table__  # type: ignore[attr-defined]
_MESSAGES = Message.__table__  # type: ignore[attr-defined]
_OUTBOX = Outbox.__table__  # type: ignore[attr-defined]
_ADDRESS = select(_ADDRESSES).where(_ADDRESSES.c.id == bindparam("id"))
_PARKED = select(func.count()).where(_OUTBOX.c.state == "parked", _OUTBOX.c.ticket == bindparam("ticket"))
_KNOCKED_AT = select(_MESSAGES.c.at).where(
    _MESSAGES.c.id == bindparam("id"), _MESSAGES.c.delivery != str(Delivery.FAILED)
)


def window_of(session: Session, ticket: Row[Any]) -> WindowView | None:
    """Return the window of a ticket's contact; None where their channel has none."""
    address = session.execute(_ADDRESS, {"id": ticket.address}).one_or_none()
    if address is None or not windows.has_one(address.channel):
        return None
    knock = session.execute(_KNOCKED_AT, {"id": address.knock}).scalar_one_or_none()
    heard_at = address.last_inbound_at
    return WindowView(
        closes_at=windows.closes_at(address.channel, heard_at),
        knocked_at=knock if knock is not None and (heard_at is None or knock >= heard_at) else None,
        waiting=session.execute(_PARKED, {"ticket": ticket.number}).scalar_one(),
    )
