"""Lists and plain numbers out of the database, and lists into it.

Lists come in JSON on SQLite and in arrays on PostgreSQL, instants in them as microseconds since 1970; numbers go in as JSON.
"""

import json
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Any

import numpy as np
from sqlalchemy import BigInteger, ColumnElement, Text, bindparam, func
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement
from sqlmodel import Session

from reports.lengths import NOTHING, Numbers
from tickets.ledger.types import EPOCH


class _Unlisted(FunctionElement[int]):
    """The numbers of a list in JSON, as rows to look among."""

    inherit_cache = True


@compiles(_Unlisted, "sqlite")
def _on_sqlite(element: _Unlisted, compiler: Any, **kw: Any) -> str:
    listed = compiler.process(element.clauses, **kw)  # the name of a parameter
    return f"(SELECT value FROM json_each({listed}))"  # noqa: S608


@compiles(_Unlisted, "postgresql")
def _on_postgresql(element: _Unlisted, compiler: Any, **kw: Any) -> str:
    listed = compiler.process(element.clauses, **kw)
    return f"(SELECT CAST(value AS bigint) FROM json_array_elements_text(CAST({listed} AS json)) AS value)"  # noqa: S608


def among(column: ColumnElement[int], name: str) -> ColumnElement[bool]:
    """Ask for the numbers of a list in JSON, given by that name: one value, however many they are."""
    return column.bool_op("IN")(_Unlisted(bindparam(name, type_=Text)))


class microseconds(FunctionElement[int]):  # noqa: N801  it is called like the functions of SQLAlchemy
    """An instant as microseconds since 1970: a plain number, which costs a fraction of an instant to read."""

    type = BigInteger()
    inherit_cache = True


@compiles(microseconds, "sqlite")
def _kept_so(element: microseconds, compiler: Any, **kw: Any) -> str:
    return str(compiler.process(element.clauses, **kw))


@compiles(microseconds, "postgresql")
def _reckoned(element: microseconds, compiler: Any, **kw: Any) -> str:
    instant = compiler.process(element.clauses, **kw)
    # Not `extract`, whose exact decimals cost four times as much: up to the year 2255 a double holds microseconds.
    return f"CAST(date_part('epoch', {instant}) * 1000000 AS bigint)"


def as_instants(numbers: Sequence[int | None]) -> list[datetime | None]:
    """Make instants of what `microseconds` brought; an array makes lengths of many numbers in half the time."""
    passed = np.array([NOTHING if number is None else number for number in numbers], dtype=np.int64)
    lengths: list[timedelta | None] = passed.view("m8[us]").tolist()
    return [None if length is None else EPOCH + length for length in lengths]


def gathering(session: Session) -> Callable[[Any], Any]:
    """Return how this database lists the values of a group."""
    return func.array_agg if session.get_bind().dialect.name == "postgresql" else func.json_group_array


def listing(session: Session, where: Any | None, *instants: Any) -> Sequence[Any]:
    """Return columns that list instants of the rows of a group, in one order; `where`: of those rows alone."""
    gathered = gathering(session)
    lists = (gathered(microseconds(each)) for each in instants)
    return [each if where is None else each.filter(where) for each in lists]


def listed(found: Sequence[Any] | str | None) -> Sequence[Any]:
    """Read what a database lists; PostgreSQL has no list of nothing."""
    return json.loads(found) if isinstance(found, str) else found or ()


def instants(found: Sequence[int] | str | None) -> Numbers:
    return np.array(listed(found), dtype=np.int64)
