"""The browsers that people of the staff want to be told on."""

from datetime import datetime

from sqlmodel import Field, SQLModel

from tickets.tables.columns import at_column, id_column, text_column


class Device(SQLModel, table=True):
    """A browser that takes web push, for whoever is logged in there."""

    __tablename__ = "devices"

    id: int = id_column(key=True)
    endpoint_hash: str = Field(
        unique=True
    )  # of its address at the push service: by it the browser is known again
    endpoint: str = text_column(nullable=False)
    p256dh: str  # its public key, and below the secret that goes with it, as the browser writes them
    auth: str
    email: str = Field(index=True)  # whose, in small letters
    session: str  # hash of the log in that it belongs to: with that it ends
    language: str
    browser: str = ""  # as it calls itself
    added_at: datetime = at_column(nullable=False)
    told_at: datetime | None = at_column()
    failing_since: datetime | None = at_column()
