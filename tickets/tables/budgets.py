"""What the places that count our calls have borne lately."""

from datetime import datetime
from typing import Any

from sqlmodel import Field, SQLModel

from tickets.tables.columns import at_column, json_column


class Budget(SQLModel, table=True):
    """One place, such as a Telegram group to one bot: written with each claim, so that no crash forgets a call."""

    __tablename__ = "budgets"

    name: str = Field(primary_key=True)
    spent: Any = json_column()  # instants of the calls of the last window
    most: int | None = None  # calls in a window, after the place asked for a pause
    cut_at: datetime | None = at_column()
    paused_until: datetime | None = at_column()
    favoured_at: datetime | None = at_column()  # when something went first because it had waited for too long
