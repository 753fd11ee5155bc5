"""Contacts with their addresses."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from sqlalchemy import bindparam, select
from sqlmodel import Session

from tickets.contacts import LEFT, has_left
from tickets.tables import Address, Contact
from tickets.views.contact_values import AddressView, ContactView, IdentityView
from tickets.views.identity import known_identities

_CONTACTS = Contact.__table__  # type: ignore[attr-defined]
_ADDRESSES = Address.__table__  # type: ignore[attr-defined]
_IDS: Any = bindparam("ids", expanding=True)
_THESE = select(_CONTACTS).where(_CONTACTS.c.id.in_(_IDS))
_REACHED_AT = select(_ADDRESSES).where(_ADDRESSES.c.contact.in_(_IDS)).order_by(_ADDRESSES.c.id)


def contact(session: Session, id_: int, *, desks: frozenset[str] | None = None) -> ContactView | None:
    """Return one contact, if the asker may see them."""
    found = contact_views(session, [id_]).get(id_)
    return None if found is None or (desks is not None and found.desk not in desks) else found


def contact_views(session: Session, ids: Iterable[int]) -> dict[int, ContactView]:
    wanted = list(ids)
    if not wanted:
        return {}
    addresses: dict[int, list[AddressView]] = defaultdict(list)
    for row in session.execute(_REACHED_AT, {"ids": wanted}):
        left = has_left(row.channel, row.external_id)
        addresses[row.contact].append(
            AddressView(
                account=row.account, channel=row.channel, name=row.name, handle=row.handle, left=left,
                address=row.external_id.partition(LEFT)[0] if left else row.external_id,
            )
        )  # fmt: skip
    known = known_identities(session, wanted)
    return {
        row.id: ContactView(
            id=row.id, desk=row.desk, name=row.name, language=row.language, addresses=tuple(addresses[row.id]),
            identity=IdentityView(
                name=row.identity_name, number=row.identity_number, unit=row.identity_unit, email=row.identity_email,
                verification=known[row.id].verification, check=known[row.id].check, proofs=known[row.id].proofs,
            ),
            created_at=row.created_at, joins=known[row.id].joins,
        )
        for row in session.execute(_THESE, {"ids": wanted})
    }  # fmt: skip
