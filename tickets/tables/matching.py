"""What the matcher foretold of messages, what became of it, and which messages teach it."""

from datetime import datetime
from typing import Any

from sqlalchemy import Index, text
from sqlmodel import SQLModel

from tickets.tables.columns import at_column, id_column, json_column

_SETTLED = text("outcome IS NOT NULL")
_TEACHES = text("withdrawn_at IS NULL")


class Prediction(SQLModel, table=True):
    """What was suggested for the message that says the matter of a ticket, before anybody had said what is right.

    There is a row where nothing was suggested, too. The words themselves are the message's alone.
    """

    __tablename__ = "predictions"
    __table_args__ = (
        Index("ix_predictions_ticket", "ticket", "id"),
        Index("ix_predictions_message", "message"),
        Index("ix_predictions_desk", "desk", "at"),
        Index("ix_predictions_settled", "desk", "settled_at", sqlite_where=_SETTLED, postgresql_where=_SETTLED),
    )  # fmt: skip

    id: int = id_column(key=True)
    message: int = id_column(nullable=False)
    ticket: int = id_column(nullable=False)
    desk: str
    at: datetime = at_column(nullable=False)
    revision: int  # of the desk, whose catalogue was asked
    suggestions: Any = json_column()  # [[category, score], …] best first, three at most
    matched: Any = json_column()  # words of the message that spoke for the best
    nearest: Any = json_column()  # {"ticket": n} or {"text": …}: what the message is most like
    scale: int | None = None  # on which the scores lie: those of another one do not compare
    decision: str  # sent, asked, suggested, none
    outcome: str | None = None  # accepted, corrected, rejected, confirmed, denied
    right: str | None = None  # the category that it was, as far as anybody has said
    settled_at: datetime | None = at_column()
    settled_by: str | None = None  # actor


class Example(SQLModel, table=True):
    """A message of which a person has said what it is about: the matcher learns from it until it is withdrawn."""

    __tablename__ = "examples"
    __table_args__ = (
        Index("ux_examples_message", "message", unique=True, sqlite_where=_TEACHES, postgresql_where=_TEACHES),
        Index("ix_examples_desk", "desk", "id"),
    )  # fmt: skip

    id: int = id_column(key=True)
    desk: str
    message: int = id_column(nullable=False)
    category: str  # empty: none fits
    at: datetime = at_column(nullable=False)
    by: str
    withdrawn_at: datetime | None = at_column()
    withdrawn_by: str | None = None
