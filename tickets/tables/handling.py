"""What handling needs beside the tickets themselves: how they hang together, and what a blocked address sent."""

from datetime import datetime
from typing import Any

from sqlmodel import Field, SQLModel

from tickets.tables.columns import at_column, id_column, json_column


class Link(SQLModel, table=True):
    """How a ticket hangs together with another: `ticket` is related to, a duplicate of, … `to`."""

    __tablename__ = "ticket_links"

    ticket: int = id_column(key=True)
    to: int = id_column(key=True, index=True)
    kind: str = Field(primary_key=True)
    by: str
    at: datetime = at_column(nullable=False)


class HeldMessage(SQLModel, table=True):
    """A message from a blocked address, and what was read out of its words: it waits here, outside every ticket."""

    __tablename__ = "held_messages"

    message: int = id_column(key=True)
    address: int = id_column(nullable=False, index=True)
    desk: str = Field(index=True)
    at: datetime = at_column(nullable=False)
    reading: Any = json_column()
