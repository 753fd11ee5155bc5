"""What is kept of supervision."""

from datetime import datetime

from sqlmodel import Field, SQLModel

from tickets.tables.columns import at_column, id_column


class VerificationDraw(SQLModel, table=True):
    """Whether a solved ticket was drawn for the sample that a supervisor must verify; one draw a round."""

    __tablename__ = "verification_draws"

    ticket: int = id_column(key=True)
    cycle: int = Field(primary_key=True)
    drawn: bool
    share: float  # of all that is solved, as the desk's file said then
    at: datetime = at_column(nullable=False)
