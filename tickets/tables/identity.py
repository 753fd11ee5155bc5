"""Who a contact is: what the directory said, what people said to that, what was proven, and which contacts are one."""

from datetime import datetime
from typing import Any

from sqlalchemy import Index
from sqlmodel import Field, SQLModel

from tickets.tables.columns import at_column, id_column, json_column, text_column


class Verification(SQLModel, table=True):
    """One answer to the question whether a contact is who they say. The newest one of a contact counts."""

    __tablename__ = "verifications"

    id: int = id_column(key=True)
    contact: int = id_column(nullable=False, index=True)
    desk: str
    ticket: int | None = id_column()
    at: datetime = at_column(nullable=False)
    source: str  # directory, person, lms, code
    place: str | None = None  # which directory
    by: str | None = None  # who asked, confirmed or disputed
    outcome: str
    claim: Any = json_column()  # what the contact said of themselves then
    compared: Any = json_column()  # field → how it compares
    listed: Any = json_column()  # whom the directory has there
    entry: str | None = None  # names that entry
    reason: str | None = text_column()


class Lookup(SQLModel, table=True):
    """A contact who is to be looked up: at once, or again when the directory can be reached."""

    __tablename__ = "lookups"
    __table_args__ = (Index("ix_lookups_due", "not_before"),)

    contact: int = id_column(key=True)
    desk: str
    ticket: int | None = id_column()
    asked_at: datetime = at_column(nullable=False)
    asked_by: str | None = None
    tell: Any = json_column()  # where to say what came of it
    not_before: datetime = at_column(nullable=False)
    attempts: int = 0
    error: str | None = text_column()  # why it could not be done yet


class Code(SQLModel, table=True):
    """A one-time code that was sent to a mailbox of the directory. The code itself is nowhere, only its nonce."""

    __tablename__ = "codes"
    __table_args__ = (
        Index("ix_codes_address", "address", "id"),
        Index("ix_codes_contact", "contact", "at"),
        Index("ix_codes_mailbox", "mailbox", "at"),
    )

    id: int = id_column(key=True)
    contact: int = id_column(nullable=False)
    address: int = id_column(nullable=False)  # where it is to be typed
    desk: str
    ticket: int | None = id_column()
    at: datetime = at_column(nullable=False)
    by: str | None = None
    entry: str
    mailbox: str
    nonce: str
    expires_at: datetime = at_column(nullable=False)
    tries: int = 0
    used_at: datetime | None = at_column()


class Proof(SQLModel, table=True):
    """Whoever writes from this address can read the mailbox of this entry of the directory."""

    __tablename__ = "proofs"
    __table_args__ = (Index("ix_proofs_address", "address"),)

    id: int = id_column(key=True)
    address: int = id_column(nullable=False)
    desk: str
    at: datetime = at_column(nullable=False)
    entry: str
    mailbox: str
    code: int = id_column(nullable=False)


class Join(SQLModel, table=True):
    """Two contacts who are one person; what moved, so that they can be parted again."""

    __tablename__ = "joins"
    __table_args__ = (Index("ix_joins_kept", "kept"), Index("ix_joins_joined", "joined"))

    id: int = id_column(key=True)
    desk: str
    kept: int = id_column(nullable=False)
    joined: int = id_column(nullable=False)
    at: datetime = at_column(nullable=False)
    by: str
    reason: str | None = text_column()
    moved: Any = json_column()  # addresses, tickets; names and what was filled in
    parted_at: datetime | None = at_column()
    parted_by: str | None = Field(default=None)
