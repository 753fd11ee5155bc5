"""What each person has seen of a ticket."""

from sqlmodel import Field, SQLModel

from tickets.tables.columns import id_column


class SeenTicket(SQLModel, table=True):
    """How far somebody has read: what the contact wrote after it is new to them."""

    __tablename__ = "ticket_seen"

    by: str = Field(primary_key=True)
    ticket: int = id_column(key=True)
    message: int = id_column(nullable=False)  # the contact's newest when they looked
