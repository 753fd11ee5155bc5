"""How tickets hang together, and what is kept away from them."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row, bindparam, case, func, or_, select
from sqlmodel import Session

from tickets.lifecycle import TO_DO
from tickets.tables import Address, Contact, HeldMessage, Link, Message, Ticket
from tickets.views.contact_values import BlockedAddress
from tickets.views.ticket_values import IncidentTicket, LinkView, OtherTicket

_TICKETS = Ticket.__table__  # type: ignore[attr-defined]
_LINKS = Link.__table__  # type: ignore[attr-defined]
_ADDRESSES = Address.__table__  # type: ignore[attr-defined]
_CONTACTS = Contact.__table__  # type: ignore[attr-defined]
_MESSAGES = Message.__table__  # type: ignore[attr-defined]
_HELD = HeldMessage.__table__  # type: ignore[attr-defined]
_NUMBER: Any = bindparam("number")
_NUMBERS: Any = bindparam("numbers", expanding=True)
_ADDRESS: Any = bindparam("address")
_IS_WORKED_ON = _TICKETS.c.status.in_([str(status) for status in TO_DO])
_OTHER = (_TICKETS.c.number, _TICKETS.c.subject, _TICKETS.c.assignee)
_MERGED_INTO = (
    select(_TICKETS.c.number).where(_TICKETS.c.merged_into.in_(_NUMBERS)).order_by(_TICKETS.c.number)
)
_IS_OUTGOING = _LINKS.c.ticket == _NUMBER
_LINKED = (
    select(
        _LINKS.c.kind, _IS_OUTGOING.label("outgoing"), _TICKETS.c.number, _TICKETS.c.subject, _TICKETS.c.status
    )
    .join(_TICKETS, _TICKETS.c.number == case((_IS_OUTGOING, _LINKS.c.to), else_=_LINKS.c.ticket))
    .where(or_(_IS_OUTGOING, _LINKS.c.to == _NUMBER))
    .order_by(_LINKS.c.kind, _TICKETS.c.number)
)  # fmt: skip
_OTHERS_OPEN = (
    select(*_OTHER)
    .where(_TICKETS.c.contact == bindparam("contact"), _TICKETS.c.number != _NUMBER, _IS_WORKED_ON)
    .order_by(_TICKETS.c.number)
    .limit(5)
)
_BLOCKED_AT = select(_ADDRESSES.c.blocked_at).where(_ADDRESSES.c.id == _ADDRESS)
_WANTS_SILENCE = select(_ADDRESSES.c.id).where(
    _ADDRESSES.c.id == _ADDRESS,
    _ADDRESSES.c.stopped_at >= func.coalesce(_ADDRESSES.c.last_inbound_at, _ADDRESSES.c.stopped_at),
)
_OF_INCIDENT = select(_LINKS.c.ticket).where(_LINKS.c.to == _NUMBER, _LINKS.c.kind == "incident")
_NEWEST_ANSWERS = (
    select(_MESSAGES.c.ticket, func.max(_MESSAGES.c.id).label("id"))
    .where(
        _MESSAGES.c.direction == "out", _MESSAGES.c.author == "agent", _MESSAGES.c.ticket.in_(_OF_INCIDENT)
    )
    .group_by(_MESSAGES.c.ticket)
    .subquery()
)
_INCIDENT_TICKETS = (
    select(
        _TICKETS.c.number, _TICKETS.c.subject, _TICKETS.c.channel, _TICKETS.c.status, _TICKETS.c.category,
        func.coalesce(_CONTACTS.c.identity_name, _CONTACTS.c.name).label("contact"), _MESSAGES.c.delivery,
    )
    .join(_CONTACTS, _CONTACTS.c.id == _TICKETS.c.contact)
    .join(_NEWEST_ANSWERS, _NEWEST_ANSWERS.c.ticket == _TICKETS.c.number, isouter=True)
    .join(_MESSAGES, _MESSAGES.c.id == _NEWEST_ANSWERS.c.id, isouter=True)
    .where(_TICKETS.c.number.in_(_OF_INCIDENT))
    .order_by(_TICKETS.c.number)
)  # fmt: skip
_OPEN_INCIDENTS = (
    select(*_OTHER)
    .where(
        _TICKETS.c.desk == bindparam("desk"), _IS_WORKED_ON,
        _TICKETS.c.number.in_(select(_LINKS.c.to).where(_LINKS.c.kind == "incident")),
    )
    .order_by(_TICKETS.c.number.desc())
    .limit(20)
)  # fmt: skip
_NEWEST_MESSAGE = select(func.max(_MESSAGES.c.id)).where(
    _MESSAGES.c.ticket.in_(select(_TICKETS.c.number).where(_TICKETS.c.contact == bindparam("contact")))
)


def merged_into(session: Session, number: int) -> tuple[int, ...]:
    """Return the tickets that ended in this one, those that had ended in them too."""
    found: list[int] = []
    newest: Sequence[int] = (number,)
    while newest:
        newest = session.execute(_MERGED_INTO, {"numbers": newest}).scalars().all()
        found += newest
    return tuple(found)


def links_of(session: Session, number: int) -> tuple[LinkView, ...]:
    """Return what a ticket is linked to, from either side."""
    return tuple(
        LinkView(
            ticket=row.number, kind=row.kind, outgoing=bool(row.outgoing), subject=row.subject, status=row.status
        )
        for row in session.execute(_LINKED, {"number": number})
    )  # fmt: skip


def others_open(session: Session, ticket: Row[Any]) -> tuple[OtherTicket, ...]:
    """Return the other tickets of the same contact that are worked on."""
    rows = session.execute(_OTHERS_OPEN, {"contact": ticket.contact, "number": ticket.number})
    return tuple(OtherTicket(**row._asdict()) for row in rows)


def is_blocked(session: Session, address: int | None) -> bool:
    if address is None:
        return False
    return session.execute(_BLOCKED_AT, {"address": address}).scalar_one() is not None


def wants_silence(session: Session, address: int | None) -> bool:
    """Whether the contact asked there for no more messages and has said nothing since."""
    return (
        address is not None
        and session.execute(_WANTS_SILENCE, {"address": address}).one_or_none() is not None
    )


def blocked_addresses(session: Session, *, desks: frozenset[str] | None = None) -> tuple[BlockedAddress, ...]:
    """Return the blocked addresses, and those that were blocked and left something behind; the newest first."""
    held = (
        select(_HELD.c.address, func.count().label("many")).group_by(_HELD.c.address).subquery()
    )  # fmt: skip
    statement = (
        select(_ADDRESSES, func.coalesce(held.c.many, 0).label("held"))
        .join(held, held.c.address == _ADDRESSES.c.id, isouter=True)
        .where(or_(_ADDRESSES.c.blocked_at.is_not(None), held.c.many > 0))
        .order_by(_ADDRESSES.c.blocked_at.desc().nulls_last(), _ADDRESSES.c.id.desc())
    )
    found = tuple(
        BlockedAddress(
            id=row.id, desk=row.account.partition("/")[0], channel=row.channel, address=row.external_id, name=row.name,
            blocked_at=row.blocked_at, blocked_by=row.blocked_by, reason=row.block_reason, held=row.held,
        )
        for row in session.execute(statement)
    )  # fmt: skip
    return found if desks is None else tuple(each for each in found if each.desk in desks)


def held_messages(session: Session, address: int) -> tuple[int, ...]:
    """Return the messages that a blocked address sent, the newest first."""
    statement = select(_HELD.c.message).where(_HELD.c.address == address).order_by(_HELD.c.message.desc())
    return tuple(session.execute(statement.limit(100)).scalars())


def incident_tickets(session: Session, incident: int) -> tuple[IncidentTicket, ...]:
    """Return the tickets of an incident, oldest first."""
    rows = session.execute(_INCIDENT_TICKETS, {"number": incident})
    return tuple(IncidentTicket(**row._asdict()) for row in rows)


def open_incidents(session: Session, desk: str) -> tuple[OtherTicket, ...]:
    """Return the incidents that a desk works on, the newest first."""
    return tuple(OtherTicket(**row._asdict()) for row in session.execute(_OPEN_INCIDENTS, {"desk": desk}))


def newest_message_of(session: Session, contact: int) -> int:
    """Return the newest message on any ticket of a contact."""
    return session.execute(_NEWEST_MESSAGE, {"contact": contact}).scalar_one() or 0
