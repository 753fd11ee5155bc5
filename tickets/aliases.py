"""One person under several ids of one account: a number and a business-scoped id, an old number and a new one.

The provider says so: both stand in one webhook, or it tells of the change. The rows of such ids share `same_as`; what is
written under any of them goes on with the ticket that was begun under another, and the newest one is answered. A row
keeps its contact: nothing here makes one person of two who were known as two.
"""

from sqlalchemy import bindparam, select

from tickets import contacts
from tickets.contacts import AddressNow, ContactNow
from tickets.ledger.prepared import Prepared
from tickets.ledger.writer import Tx
from tickets.message import Person, Place
from tickets.tables import Address

_ADDRESSES = Address.__table__  # type: ignore[attr-defined]
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


def learn(tx: Tx, address: AddressNow, person: Person) -> None:
    """Keep the other ids of whoever has just been met; one that somebody else has stays theirs."""
    for each in person.also:
        if contacts.address_at(tx, account=address.account, external_id=each) is None:
            _add(tx, address, each)


def follow(tx: Tx, *, account: str, before: str, after: str) -> tuple[AddressNow, ContactNow] | None:
    """Let a contact have a new id; None where nobody is known under the old one, or somebody is under the new."""
    old = contacts.address_at(tx, account=account, external_id=before)
    if old is None or contacts.address_at(tx, account=account, external_id=after) is not None:
        return None
    new = _add(tx, old, after)
    contacts.change_address(tx, new, last_inbound_at=old.last_inbound_at)
    return contacts.load_address(tx, new), contacts.load_contact(tx, old.contact)


def others(tx: Tx, place: Place) -> list[tuple[int, str]]:
    """Return the other rows and ids of whoever writes from a place, the one that was heard last first."""
    address = contacts.address_at(tx, account=place.account, external_id=place.address)
    if address is None or address.same_as is None:
        return []
    rows = tx.all(_SAME, same_as=address.same_as)
    return [(row.id, row.external_id) for row in rows if row.id != address.id]


def _add(tx: Tx, to: AddressNow, external_id: str) -> int:
    same_as = to.same_as or to.id
    if to.same_as is None:
        contacts.change_address(tx, to.id, same_as=same_as)
    return contacts.new_address(
        tx, account=to.account, channel=to.channel, external_id=external_id, contact=to.contact,
        name=to.name, handle=to.handle, same_as=same_as, stopped_at=to.stopped_at, blocked_at=to.blocked_at,
        blocked_by=to.blocked_by, block_reason=to.block_reason,
    )  # fmt: skip
