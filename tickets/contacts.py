"""Contacts and their addresses, inside the writer's transaction.

One person may have several addresses; an address is (account, external id), so that two bots of two desks which know
the same person keep them apart. No field of a contact is guaranteed, a phone number least of all.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, or_, update

from tickets.ledger.events import append
from tickets.ledger.prepared import Prepared, Row, inserting
from tickets.ledger.seeking import Seeking
from tickets.ledger.tx import Tx
from tickets.message import Channel, Person, Place
from tickets.tables import Address, Contact

_ADDRESSES = Address.__table__  # type: ignore[attr-defined]
_CONTACTS = Contact.__table__  # type: ignore[attr-defined]
_INSERT_ADDRESS = inserting(Address)
_INSERT_CONTACT = inserting(Contact)
_ADDRESS_AT = Seeking(_ADDRESSES, "account", "external_id")
_ADDRESS = Seeking(_ADDRESSES, "id")
_CONTACT = Seeking(_CONTACTS, "id")
_SILENCE = Prepared(
    update(_ADDRESSES)
    .where(or_(_ADDRESSES.c.id == bindparam("key"), _ADDRESSES.c.same_as == bindparam("group")))
    .values(stopped_at=bindparam("at"))
)  # under whichever id of theirs


LEFT = "~"  # stands in an id of WhatsApp's between what it was and the number of its row


@dataclass(frozen=True, kw_only=True)
class AddressNow:
    id: int
    account: str
    channel: str
    external_id: str
    name: str | None
    handle: str | None
    contact: int
    last_inbound_at: datetime | None
    stopped_at: datetime | None
    blocked_at: datetime | None
    blocked_by: str | None
    block_reason: str | None
    knock: int | None
    same_as: int | None = None  # shared by the ids of one person on one account

    @property
    def wants_silence(self) -> bool:
        """Whether they asked for no more messages and have said nothing since."""
        return self.stopped_at is not None and (self.last_inbound_at or self.stopped_at) <= self.stopped_at

    @property
    def left(self) -> bool:
        """Whether its person has it no more: nothing may be sent there."""
        return has_left(self.channel, self.external_id)

    @property
    def shown(self) -> str:
        """The id as people read it: by a username where the channel shows no number, in brackets if it was left."""
        if self.left:
            return f"({self.external_id.partition(LEFT)[0]})"
        scoped = self.channel == Channel.WHATSAPP and not self.external_id.startswith("+")
        return f"@{self.handle}" if scoped and self.handle else self.external_id


@dataclass(frozen=True, kw_only=True)
class ContactNow:
    id: int
    desk: str
    name: str | None
    language: str | None
    identity_name: str | None
    identity_number: str | None
    identity_unit: str | None
    identity_email: str | None
    created_at: datetime

    @property
    def called(self) -> str | None:
        """The name to use: what they say of themselves before what their profile says."""
        return self.identity_name or self.name


def has_left(channel: str, external_id: str) -> bool:
    return channel == Channel.WHATSAPP and LEFT in external_id


def address_at(tx: Tx, *, account: str, external_id: str) -> AddressNow | None:
    row = tx.known(_ADDRESS_AT, account=account, external_id=external_id)
    return None if row is None else _address(row)


def foresee(tx: Tx, places: Iterable[tuple[str, str]]) -> list[AddressNow]:
    """Read at once what is known of these accounts and external ids, and their contacts; the addresses that are there."""
    rows = tx.foresee(_ADDRESS_AT, places)
    tx.foresee(_CONTACT, [(row.contact,) for row in rows])
    return [_address(row) for row in rows]


def load_address(tx: Tx, address: int) -> AddressNow:
    row = tx.knows(_ADDRESSES, address) or tx.known(_ADDRESS, id=address)
    assert row is not None
    return _address(row)


def load_contact(tx: Tx, contact: int) -> ContactNow:
    row = tx.knows(_CONTACTS, contact) or tx.known(_CONTACT, id=contact)
    assert row is not None
    return _contact(row)


def meet(tx: Tx, *, desk: str, place: Place, person: Person, at: datetime) -> tuple[AddressNow, ContactNow]:
    """Return the address and its contact, both made if they are new; the name is kept up to date."""
    found = address_at(tx, account=place.account, external_id=place.address)
    if found is None:
        contact_id = new_contact(tx, desk=desk, name=person.called, at=at)
        address_id = new_address(
            tx, account=place.account, channel=str(place.channel), external_id=place.address, name=person.name,
            handle=person.handle, contact=contact_id,
        )  # fmt: skip
        return load_address(tx, address_id), load_contact(tx, contact_id)
    if person.handle and person.handle != found.handle:
        change_address(tx, found.id, handle=person.handle)
        if not (found.name or person.name or load_contact(tx, found.contact).name):
            change_contact(tx, found.contact, name=person.called)
    if person.name and person.name != found.name:
        change_address(tx, found.id, name=person.name)
        change_contact(tx, found.contact, name=person.name)
    return found, load_contact(tx, found.contact)


def new_contact(tx: Tx, *, desk: str, name: str | None, at: datetime, **identity: str | None) -> int:
    contact_id = tx.next_id("contacts")
    tx.insert(_INSERT_CONTACT, _CONTACTS, id=contact_id, desk=desk, name=name, created_at=at, **identity)
    return contact_id


def new_address(
    tx: Tx, *, account: str, channel: str, external_id: str, contact: int, name: str | None, handle: str | None,
    **more: Any,
) -> int:  # fmt: skip
    address = tx.next_id("addresses")
    tx.insert(
        _INSERT_ADDRESS, _ADDRESSES, id=address, account=account, channel=channel, external_id=external_id,
        contact=contact, name=name, handle=handle, **more,
    )  # fmt: skip
    return address


def stop(tx: Tx, address: int, *, ticket: int | None, desk: str, at: datetime) -> None:
    """Note that they want no more messages, by their own words or as the provider says."""
    found = load_address(tx, address)
    if not found.wants_silence:
        tx.run(_SILENCE, key=address, group=found.same_as, at=at)
        append(tx, "contact.stopped", desk=desk, ticket=ticket, at=at, subject=found.contact, actor="contact")


def start(tx: Tx, address: int, *, ticket: int | None, desk: str, at: datetime) -> None:
    """Note that they want messages again."""
    found = load_address(tx, address)
    if found.stopped_at is not None:
        tx.run(_SILENCE, key=address, group=found.same_as, at=None)
        append(tx, "contact.started", desk=desk, ticket=ticket, at=at, subject=found.contact, actor="contact")


def change_address(tx: Tx, address: int, **fields: Any) -> None:
    tx.change(_ADDRESSES, address, **fields)


def change_contact(tx: Tx, contact: int, **fields: Any) -> None:
    tx.change(_CONTACTS, contact, **fields)


def _address(row: Row) -> AddressNow:
    return AddressNow(**row._asdict())


def _contact(row: Row) -> ContactNow:
    return ContactNow(**row._asdict())
