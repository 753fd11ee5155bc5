"""The tables of calendars: how the feeds of holidays fare."""

from datetime import datetime

from sqlmodel import Field, SQLModel

from tickets.tables.columns import at_column


class HolidayFeedState(SQLModel, table=True):
    """A published calendar of holidays: when it was asked, and how that went. What it brought is in the revisions."""

    __tablename__ = "holiday_feeds"

    desk: str = Field(primary_key=True)
    file: str = Field(primary_key=True)  # under which revisions keep what it brought
    first_at: datetime = at_column(nullable=False)  # it was asked for the first time
    due_at: datetime = at_column(nullable=False)  # it is asked again
    tried_at: datetime = at_column(nullable=False)
    fetched_at: datetime | None = at_column()  # it answered well
    etag: str | None = None
    modified: str | None = None
    error: str | None = None  # why the last try failed
