"""What is kept of supervision."""

from datetime import datetime

from sqlalchemy import BigInteger, Column
from sqlmodel import Field, SQLModel

from tickets.ledger.types import Instant


class VerificationDraw(SQLModel, table=True):
    """Whether a solved ticket was drawn for the sample that a supervisor must verify; one draw a round."""

    __tablename__ = "verification_draws"

    ticket: int = Field(sa_column=Column(BigInteger, primary_key=True, autoincrement=False))
    cycle: int = Field(primary_key=True)
    drawn: bool
    share: float  # of all that is solved, as the desk's file said then
    at: datetime = Field(sa_column=Column(Instant, nullable=False))
