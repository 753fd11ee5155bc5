"""Which contacts, addresses and tickets are one person's."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Select, and_, bindparam, or_, select

from tickets.ledger.prepared import Prepared, Row
from tickets.ledger.tx import Tx
from tickets.tables import Address, Contact, Join, Message, Ticket

_CONTACTS = Contact.__table__  # type: ignore[attr-defined]
_ADDRESSES = Address.__table__  # type: ignore[attr-defined]
_TICKETS = Ticket.__table__  # type: ignore[attr-defined]
_JOINS = Join.__table__  # type: ignore[attr-defined]
_MESSAGES = Message.__table__  # type: ignore[attr-defined]
_JOINED = Prepared(
    select(_JOINS.c.joined).where(_JOINS.c.kept == bindparam("contact"), _JOINS.c.parted_at.is_(None))
)
_KEPT = Prepared(
    select(_JOINS.c.kept).where(_JOINS.c.joined == bindparam("contact"), _JOINS.c.parted_at.is_(None))
)
_ADDRESSES_OF = Prepared(
    select(_ADDRESSES.c.id).where(_ADDRESSES.c.contact == bindparam("contact")).order_by(_ADDRESSES.c.id)
)
_TICKETS_OF = Prepared(
    select(_TICKETS.c.number).where(_TICKETS.c.contact == bindparam("contact")).order_by(_TICKETS.c.number)
)
# Until it is erased, what was written says from where.
_WRITTEN_ON = Prepared(
    select(_MESSAGES.c.ticket)
    .join(_TICKETS, _TICKETS.c.number == _MESSAGES.c.ticket)
    .where(
        _MESSAGES.c.address == bindparam("address"), _MESSAGES.c.direction == "in",
        _MESSAGES.c.sender_address.is_not(None), _TICKETS.c.erased_at.is_(None),
    )
    .distinct()
)  # fmt: skip
_BY_TICKET = Prepared(
    select(_TICKETS.c.contact, _TICKETS.c.desk).where(_TICKETS.c.number == bindparam("ticket"))
)
_BY_ID = Prepared(
    select(_CONTACTS.c.id.label("contact"), _CONTACTS.c.desk).where(_CONTACTS.c.id == bindparam("id"))
)
_MOST = 20


def _found_by(condition: Select[tuple[int]]) -> Prepared:
    return Prepared(condition.distinct().order_by(_CONTACTS.c.id).limit(_MOST))


_BY_WORDS = _found_by(
    select(_CONTACTS.c.id)
    .outerjoin(_ADDRESSES, _ADDRESSES.c.contact == _CONTACTS.c.id)
    .where(
        _CONTACTS.c.desk == bindparam("desk"),
        or_(
            _ADDRESSES.c.external_id.in_((bindparam("who"), bindparam("who_small"))),
            and_(_ADDRESSES.c.handle.is_not(None), _ADDRESSES.c.handle == bindparam("who")),
            _CONTACTS.c.identity_number == bindparam("who"),
            _CONTACTS.c.identity_email == bindparam("who_small"),
        ),
    )
)


@dataclass(frozen=True, kw_only=True)
class Theirs:
    """One person, under all of their contacts."""

    contact: int  # the one that stayed where several were joined
    contacts: tuple[int, ...]
    addresses: tuple[int, ...]
    tickets: tuple[int, ...]
    elsewhere: tuple[int, ...]  # tickets of others on which they wrote, such as by answering a copy


def theirs(tx: Tx, contact: int) -> Theirs:
    """Return what is one person's, whichever of their contacts is named."""
    root = contact
    seen = {root}
    while (row := tx.one(_KEPT, contact=root)) is not None and row.kept not in seen:
        root = row.kept
        seen.add(root)
    contacts, to_do = [root], [root]
    while to_do:
        for row in tx.all(_JOINED, contact=to_do.pop()):
            if row.joined not in contacts:
                contacts.append(row.joined)
                to_do.append(row.joined)
    addresses = tuple(row.id for each in contacts for row in tx.all(_ADDRESSES_OF, contact=each))
    tickets = tuple(row.number for each in contacts for row in tx.all(_TICKETS_OF, contact=each))
    written_on = {row.ticket for each in addresses for row in tx.all(_WRITTEN_ON, address=each)}
    return Theirs(
        contact=root, contacts=tuple(contacts), addresses=addresses, tickets=tickets,
        elsewhere=tuple(sorted(written_on.difference(tickets))),
    )  # fmt: skip


def found(tx: Tx, desk: str, who: str) -> tuple[int, ...]:
    """Return the contacts of a desk that are meant by `#12` (a ticket), `contact:7`, an address or an identity number."""
    who = who.strip()
    if (rows := _numbered(tx, who)) is not None:
        return tuple(row.contact for row in rows if row.desk == desk)
    return tuple(row.id for row in tx.all(_BY_WORDS, who=who, who_small=who.lower(), desk=desk))


def desk_of(tx: Tx, who: str) -> str | None:
    """Return the desk that `#12` or `contact:7` belongs to; None where there is none, and of all else."""
    rows = _numbered(tx, who.strip())
    return rows[0].desk if rows else None


def _numbered(tx: Tx, who: str) -> Sequence[Row] | None:
    """Return contact and desk of what is meant by a number; None where it is none."""
    if number := re.fullmatch(r"#(\d{1,15})", who):
        return tx.all(_BY_TICKET, ticket=int(number[1]))
    if number := re.fullmatch(r"contact:(\d{1,15})", who):
        return tx.all(_BY_ID, id=int(number[1]))
    return None
