"""Lists of tickets that somebody keeps under a name."""

from datetime import datetime

from sqlmodel import Field, SQLModel

from tickets.tables.columns import at_column, id_column, text_column


class SavedView(SQLModel, table=True):
    """A query in the words of the search, under a name: its owner's own, or shared with a desk."""

    __tablename__ = "saved_views"

    id: int = id_column(key=True)
    owner: str = Field(index=True)  # actor
    desk: str | None = Field(default=None, index=True)  # everybody there has it; None: its owner alone
    name: str
    query: str = text_column(nullable=False)
    ordered: str  # how its list is put in order
    place: int = 0  # among those of its owner, or its desk
    changed_at: datetime = at_column(nullable=False)
