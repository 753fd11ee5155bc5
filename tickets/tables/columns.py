"""The kinds of columns that tables are made of: ids out of counters, UTC instants, lengths of time, JSON, texts of any length."""

from typing import Any

from sqlalchemy import BigInteger, Column, Text
from sqlmodel import Field

from tickets.ledger.types import Instant, Json


def id_column(*, key: bool = False, nullable: bool = True, index: bool = False) -> Any:
    column = Column(
        BigInteger, primary_key=key, autoincrement=False, nullable=nullable and not key, index=index
    )
    return Field(default=None, sa_column=column) if nullable and not key else Field(sa_column=column)


def at_column(*, key: bool = False, nullable: bool = True) -> Any:
    column = Column(Instant, primary_key=key, nullable=nullable and not key)
    return Field(default=None, sa_column=column) if nullable and not key else Field(sa_column=column)


def length_column() -> Any:
    """Microseconds, such as those between two instants."""
    return Field(default=None, sa_column=Column(BigInteger, nullable=True))


def json_column() -> Any:
    return Field(default=None, sa_column=Column(Json))


def text_column(*, nullable: bool = True) -> Any:
    return Field(default=None, sa_column=Column(Text, nullable=nullable))
