"""Who the contact is: what they say of themselves. Checking it against a directory is another matter."""

from datetime import datetime

from tickets import contacts
from tickets.actor import Actor
from tickets.ledger.events import append
from tickets.ledger.writer import Tx

FIELDS = ("identity_name", "identity_number", "identity_unit", "identity_email")


def identify(
    tx: Tx,
    contact: int,
    *,
    ticket: int | None,
    by: Actor,
    at: datetime,
    name: str | None = None,
    number: str | None = None,
    unit: str | None = None,
    email: str | None = None,
) -> bool:
    """Add what is newly known; what is known already stays unless a person says otherwise. True if anything changed."""
    known = contacts.load_contact(tx, contact)
    given = dict(zip(FIELDS, (name, number, unit, email), strict=True))
    changed = {
        field: value
        for field, value in given.items()
        if value and value != getattr(known, field) and (by.is_person or getattr(known, field) is None)
    }
    if not changed:
        return False
    contacts.change_contact(tx, contact, **changed)
    append(
        tx, "contact.identified", desk=known.desk, ticket=ticket, at=at, subject=contact, actor=by.key,
        fields=sorted(changed),
    )  # fmt: skip
    return True
