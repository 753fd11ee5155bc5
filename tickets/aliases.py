"""One person under several ids of one account: a number and a business-scoped id, an old number and a new one.

The provider says so: both stand in one webhook, or it tells of the change. The rows of such ids share `same_as`; what is
written under any of them goes on with the ticket that was begun under another, and the newest one is answered. A row
keeps its contact: nothing here makes one person of two who were known as two.

Numbers are given out again. An id that somebody has left stays theirs under a name of its own (`contacts.LEFT`), with
their tickets, so that whoever has it next begins with nothing.
"""

from sqlalchemy import bindparam, select, update

from tickets import contacts
from tickets import ticket as tickets_
from tickets.contacts import LEFT, AddressNow, ContactNow
from tickets.ledger.prepared import Prepared
from tickets.ledger.tx import Tx
from tickets.message import Person, Place
from tickets.tables import Address, Ticket
from tickets.ticket import TicketNow

_ADDRESSES = Address.__table__  # type: ignore[attr-defined]
_TICKETS = Ticket.__table__  # type: ignore[attr-defined]
_TAKE_ALONG = Prepared(
    update(_TICKETS)
    .where(_TICKETS.c.account == bindparam("at_account"), _TICKETS.c.thread == bindparam("before"))
    .values(thread=bindparam("after"))
)
_SAME = Prepared(
    select(_ADDRESSES.c.id, _ADDRESSES.c.external_id)
    .where(_ADDRESSES.c.same_as == bindparam("same_as"))
    .order_by(_ADDRESSES.c.last_inbound_at.is_(None), _ADDRESSES.c.last_inbound_at.desc(), _ADDRESSES.c.id)
)


def known_already(tx: Tx, place: Place, person: Person) -> None:
    """Let a place that is new be that of a contact who is known under another id of theirs."""
    if (
        not person.also
        or contacts.address_at(tx, account=place.account, external_id=place.address) is not None
    ):
        return
    other = next(
        (
            found
            for each in person.also
            if (found := contacts.address_at(tx, account=place.account, external_id=each)) is not None
        ),
        None,
    )
    if other is not None:
        _add(tx, other, place.address)


def learn(tx: Tx, address: AddressNow, person: Person) -> AddressNow:
    """Keep the other ids of whoever has just been met, and return the address as it is then.

    An id that somebody else has stays theirs.
    """
    new = [
        each
        for each in person.also
        if contacts.address_at(tx, account=address.account, external_id=each) is None
    ]
    for each in new:
        _add(tx, address, each)
    return contacts.load_address(tx, address.id) if new else address


def follow(tx: Tx, *, account: str, before: str, after: str) -> tuple[AddressNow, ContactNow] | None:
    """Let a contact have a new id; None where nobody is known under the old one, or somebody is under the new.

    A new number brings a new scoped id: all that they had is left.
    """
    old = contacts.address_at(tx, account=account, external_id=before)
    if old is None:
        return None
    taken = contacts.address_at(tx, account=account, external_id=after) is not None
    new = None if taken else _add(tx, old, after)
    for each in (old.id, *(row for row, _ in others_of(tx, contacts.load_address(tx, old.id)))):
        if each != new and contacts.load_address(tx, each).external_id != after:
            _leave(tx, contacts.load_address(tx, each))
    if new is None:
        return None
    contacts.change_address(tx, new, last_inbound_at=old.last_inbound_at)
    return contacts.load_address(tx, new), contacts.load_contact(tx, old.contact)


def make_way(tx: Tx, place: Place, person: Person) -> TicketNow | None:
    """Let whoever writes from a number begin anew, if it was another person's; that one's current ticket.

    A scoped id lasts as long as its person has the number, so that another one beside the number is another person's.
    """
    found = contacts.address_at(tx, account=place.account, external_id=place.address)
    if found is None or not _is_number(place.address):
        return None
    shown = {each for each in person.also if not _is_number(each)}
    known = {name: row for row, name in others_of(tx, found) if not _is_number(name) and LEFT not in name}
    if not shown or not known or shown & known.keys():
        return None
    left = _leave(tx, found)
    ticket = tickets_.current(tx, account=place.account, thread=left)
    if ticket is not None and ticket.address == found.id:
        there = next(iter(known.values()))
        contacts.change_address(tx, there, last_inbound_at=found.last_inbound_at)  # as far as Meta knows them
        return tickets_.change(tx, ticket, at=ticket.updated_at, address=there)
    return ticket


def others(tx: Tx, place: Place) -> list[tuple[int, str]]:
    """Return the other rows and ids of whoever writes from a place, the one that was heard last first."""
    address = contacts.address_at(tx, account=place.account, external_id=place.address)
    return [] if address is None else others_of(tx, address)


def others_of(tx: Tx, address: AddressNow) -> list[tuple[int, str]]:
    """Return the other rows and ids of whoever has an address, the one that was heard last first."""
    rows = tx.all(_SAME, same_as=address.same_as) if address.same_as is not None else ()
    return [(row.id, row.external_id) for row in rows if row.id != address.id]


def _leave(tx: Tx, address: AddressNow) -> str:
    """Give up an id, which somebody else may have from now on; under what it and its tickets are known."""
    if address.left:
        return address.external_id
    name = f"{address.external_id}{LEFT}{address.id}"
    contacts.change_address(tx, address.id, external_id=name)
    tx.run(_TAKE_ALONG, at_account=address.account, before=address.external_id, after=name)
    return name


def _is_number(external_id: str) -> bool:
    return external_id.startswith("+")


def _add(tx: Tx, to: AddressNow, external_id: str) -> int:
    same_as = to.same_as or to.id
    if to.same_as is None:
        contacts.change_address(tx, to.id, same_as=same_as)
    return contacts.new_address(
        tx, account=to.account, channel=to.channel, external_id=external_id, contact=to.contact,
        name=to.name, handle=to.handle, same_as=same_as, stopped_at=to.stopped_at, blocked_at=to.blocked_at,
        blocked_by=to.blocked_by, block_reason=to.block_reason,
    )  # fmt: skip
