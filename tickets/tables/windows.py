"""Until when people of the desk may be told something in free words."""

from datetime import datetime

from sqlmodel import Field, SQLModel

from tickets.tables.columns import at_column as _at


class StaffHeard(SQLModel, table=True):
    """When somebody of a desk last wrote to one of its accounts. Contacts have it at their address."""

    __tablename__ = "staff_heard"

    account: str = Field(primary_key=True)
    external_id: str = Field(primary_key=True)
    heard_at: datetime = _at(nullable=False)
