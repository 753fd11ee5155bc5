"""Tickets of the desk that was used before."""

from datetime import datetime

from sqlmodel import Field, SQLModel

from tickets.tables.columns import at_column, id_column


class Imported(SQLModel, table=True):
    """A ticket that came from another system: its key there is why it comes once."""

    __tablename__ = "imported"

    desk: str = Field(primary_key=True)
    source: str = Field(primary_key=True)  # the system, as the mapping file calls it
    key: str = Field(primary_key=True)  # what the ticket is called there
    ticket: int = id_column(nullable=False, index=True)
    at: datetime = at_column(nullable=False)
