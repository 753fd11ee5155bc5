"""What was said, with its files, and what became of it.

`messages` has no unique key but (id, at), and nothing points at it by foreign key, so that it can be partitioned by
month; what must be unique about what came in is the key of `inbound`.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import Column, Index, Text, text
from sqlmodel import Field, SQLModel

from tickets.tables.columns import at_column as _at
from tickets.tables.columns import id_column as _id
from tickets.tables.columns import json_column as _json
from tickets.tables.columns import text_column as _text

_LOST = text("delivery IN ('failed', 'unknown')")


class Message(SQLModel, table=True):
    __tablename__ = "messages"
    __table_args__ = (
        Index("ix_messages_ticket", "ticket", "id"),
        Index("ix_messages_external", "external_id"),
        Index("ix_messages_address", "address", "id"),
        Index("ix_messages_lost", "desk", "ticket", "id", sqlite_where=_LOST, postgresql_where=_LOST),
    )

    id: int = _id(key=True)
    at: datetime = _at(key=True)  # when the ledger took it in
    desk: str
    ticket: int | None = _id()  # None: said outside any matter (a bare /start, a question for the state)
    account: str
    channel: str
    direction: str
    author: str
    actor: str | None = None  # staff id, "bot", "api", or None for a contact
    address: int | None = _id()
    sender_name: str | None = None
    sender_address: str | None = None
    external_id: str | None = None
    event_id: str | None = None  # key into inbound, with the account
    subject: str | None = _text()
    text: str = Field(default="", sa_column=Column(Text, nullable=False))
    full_text: str | None = _text()
    html: str | None = _text()
    automatic: bool = False
    bounce: bool = False
    button: str | None = None
    replies_to: str | None = _text()
    location: Any = _json()  # [latitude, longitude, label]
    kind: str | None = None  # what it is, where it is more than words and files: poll, contact, voice
    content: Any = _json()  # what belongs to that kind
    participants: Any = _json()
    authenticity: Any = _json()  # of a mail: by, spf, dkim, dmarc
    said_at: datetime | None = _at()
    delivery: str | None = None  # outgoing: the state over all of its parts
    delivery_error: str | None = _text()
    attempts: int = 0
    edited_at: datetime | None = _at()
    withdrawn_at: datetime | None = _at()  # taken back by whoever wrote it
    album: str | None = None  # what was sent together bears one mark, and is one message
    team: str | None = None  # a note in the name of a second-line team
    formatted: bool = False  # its text has marks (bold, links) that each channel shows in its own way


class Edit(SQLModel, table=True):
    """What a message said before it was changed."""

    __tablename__ = "edits"

    id: int = _id(key=True)
    message: int = _id(nullable=False, index=True)
    at: datetime = _at(nullable=False)
    text: str = Field(default="", sa_column=Column(Text, nullable=False))


class EarlyEdit(SQLModel, table=True):
    """A change that came before the message that it is about."""

    __tablename__ = "early_edits"
    __table_args__ = (Index("ix_early_edits_message", "account", "external_id"),)

    id: int = _id(key=True)
    account: str
    external_id: str
    at: datetime = _at(nullable=False)
    edited_at: datetime = _at(nullable=False)
    text: str = Field(default="", sa_column=Column(Text, nullable=False))
    deleted: bool = False


class Attachment(SQLModel, table=True):
    """A file of a message. The bytes are kept once by content; `pending` ones are still to be fetched."""

    __tablename__ = "attachments"
    __table_args__ = (
        Index("ix_attachments_pending", "not_before", sqlite_where=text("state = 'pending'"),
              postgresql_where=text("state = 'pending'")),
    )  # fmt: skip

    id: int = _id(key=True)
    message: int = _id(nullable=False, index=True)
    ticket: int | None = _id()
    account: str
    name: str
    type: str
    size: int | None = _id()
    sha256: str | None = Field(default=None, index=True)
    state: str  # stored, pending, refused, withheld
    fetch: str | None = _text()
    inline_id: str | None = None
    attempts: int = 0
    not_before: datetime | None = _at()
    error: str | None = _text()
