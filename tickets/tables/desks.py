"""Desks as their files stood, and who works there."""

from datetime import datetime
from typing import Any

from sqlmodel import Field, SQLModel

from tickets.tables.columns import at_column as _at
from tickets.tables.columns import json_column as _json
from tickets.tables.columns import text_column as _text


class DeskRevision(SQLModel, table=True):
    """The files of a desk's folder as they stood, and the terms (calendar, promises) read from them then."""

    __tablename__ = "desk_revisions"

    desk: str = Field(primary_key=True)
    number: int = Field(primary_key=True)
    files: Any = _json()  # {relative path: text}
    terms: Any = _json()  # calendar and promises as data: a library's new holidays never change an old clock
    by: str
    at: datetime = _at(nullable=False)
    note: str | None = _text()


class ScopedNumber(SQLModel, table=True):
    """Which number of somebody of a desk was shown beside an id of WhatsApp's."""

    __tablename__ = "scoped_numbers"

    account: str = Field(primary_key=True)
    external_id: str = Field(primary_key=True)
    number: str  # E.164


class Staff(SQLModel, table=True):
    """People who work at a desk. Rows of the desk's file follow the file; others were added by hand."""

    __tablename__ = "staff"

    desk: str = Field(primary_key=True)
    id: str = Field(primary_key=True)
    name: str
    role: str  # agent, supervisor
    email: str | None = None
    telegram: str | None = None
    whatsapp: str | None = None
    helps: Any = _json()  # {team: whether it may answer} of who works in the second line alone
    origin: str = "file"  # file, hand
    disabled_at: datetime | None = _at()
