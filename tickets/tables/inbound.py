"""Everything that came in."""

from datetime import datetime

from sqlalchemy import Column, Index, LargeBinary, text
from sqlmodel import Field, SQLModel

from tickets.tables.columns import at_column as _at
from tickets.tables.columns import id_column as _id
from tickets.tables.columns import text_column as _text

_ALONE = "ticket IS NULL AND message IS NULL AND (raw IS NOT NULL OR raw_sha256 IS NOT NULL)"


class Inbound(SQLModel, table=True):
    """Everything that came in, once: the guard of webhooks, mail, staff commands, forms and the API alike."""

    __tablename__ = "inbound"
    __table_args__ = (
        Index("ix_inbound_unprocessed", "at", sqlite_where=text("processed_at IS NULL"),
              postgresql_where=text("processed_at IS NULL")),
        Index("ix_inbound_raw", "raw_sha256", sqlite_where=text("raw_sha256 IS NOT NULL"),
              postgresql_where=text("raw_sha256 IS NOT NULL")),
        Index("ix_inbound_ticket", "ticket", sqlite_where=text("ticket IS NOT NULL"),
              postgresql_where=text("ticket IS NOT NULL")),
        Index("ix_inbound_message", "message", sqlite_where=text("ticket IS NULL AND message IS NOT NULL"),
              postgresql_where=text("ticket IS NULL AND message IS NOT NULL")),
        Index("ix_inbound_alone", "account", "at", sqlite_where=text(_ALONE), postgresql_where=text(_ALONE)),
    )  # fmt: skip

    account: str = Field(primary_key=True)
    event_id: str = Field(primary_key=True)
    at: datetime = _at(nullable=False)  # of receipt
    raw: bytes | None = Field(default=None, sa_column=Column(LargeBinary))  # small ones inline …
    raw_sha256: str | None = None  # … large ones among the files
    processed_at: datetime | None = _at()
    message: int | None = _id()  # the message it became
    ticket: int | None = _id()  # on which it did something
    error: str | None = _text()
