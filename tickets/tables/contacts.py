"""Who writes to a desk, and from where."""

from datetime import datetime

from sqlalchemy import Index
from sqlmodel import Field, SQLModel

from tickets.tables.columns import at_column as _at
from tickets.tables.columns import id_column as _id
from tickets.tables.columns import text_column as _text


class Contact(SQLModel, table=True):
    """A person who writes to a desk. Several addresses may be theirs; none of these fields is guaranteed."""

    __tablename__ = "contacts"

    id: int = _id(key=True)
    desk: str = Field(index=True)
    name: str | None = None
    language: str | None = None
    identity_name: str | None = None  # what they say of themselves
    identity_number: str | None = None  # NIM or NIP
    identity_unit: str | None = None
    identity_email: str | None = None
    created_at: datetime = _at(nullable=False)


class Address(SQLModel, table=True):
    """One way to reach a contact: an external id on one account. Its row is the lock of one order per contact."""

    __tablename__ = "addresses"
    __table_args__ = (Index("ux_addresses_account", "account", "external_id", unique=True),)

    id: int = _id(key=True)
    account: str
    channel: str
    external_id: str
    name: str | None = None
    handle: str | None = None
    contact: int = _id(nullable=False, index=True)
    last_inbound_at: datetime | None = _at()
    stopped_at: datetime | None = _at()  # asked for no more automatic messages
    blocked_at: datetime | None = _at()  # what comes from it is kept away from the tickets
    blocked_by: str | None = None
    block_reason: str | None = _text()
    knock: int | None = _id()  # the message that last asked them, outside the window, for a word
    same_as: int | None = _id(index=True)  # shared by the ids of one person, as the provider knows them
