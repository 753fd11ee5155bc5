"""What people write in the self-evaluation of a unit."""

from datetime import datetime

from sqlmodel import Field, SQLModel

from tickets.tables.columns import at_column, text_column


class EvaluationText(SQLModel, table=True):
    """One version of the text under a heading. The newest of a year holds, and is carried into the years after it."""

    __tablename__ = "evaluation_texts"

    desk: str = Field(primary_key=True)
    section: str = Field(primary_key=True)
    year: int = Field(primary_key=True)
    number: int = Field(primary_key=True)  # of its versions in that year, from 1
    text: str = text_column(nullable=False)
    by: str  # actor
    at: datetime = at_column(nullable=False)
