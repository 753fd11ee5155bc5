"""Lists out of the database and into it.

Instants come as microseconds since 1970, in JSON on SQLite and in arrays on PostgreSQL; numbers go in as JSON.
"""

import json
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

import numpy as np
from sqlalchemy import BigInteger, ColumnElement, Text, bindparam, cast, func, type_coerce
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement
from sqlmodel import Session

from reports.lengths import Numbers


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


def gathering(session: Session) -> tuple[Callable[[Any], Any], Callable[[Any], Any]]:
    """Return how this database lists the values of a group, and how it makes a number of an instant."""
    if session.get_bind().dialect.name == "postgresql":
        return func.array_agg, _microseconds
    return func.json_group_array, partial(type_coerce, type_=BigInteger)


def listing(session: Session, where: Any | None, *instants: Any) -> Sequence[Any]:
    """Return columns that list instants of the rows of a group, in one order; `where`: of those rows alone."""
    gathered, number = gathering(session)
    lists = (gathered(number(each)) for each in instants)
    return [each if where is None else each.filter(where) for each in lists]


def listed(found: Sequence[Any] | str | None) -> Sequence[Any]:
    """Read what a database lists; PostgreSQL has no list of nothing."""
    return json.loads(found) if isinstance(found, str) else found or ()


def instants(found: Sequence[int] | str | None) -> Numbers:
    return np.array(listed(found), dtype=np.int64)


def _microseconds(instant: Any) -> Any:
    # Not `extract`, whose exact decimals cost four times as much: up to the year 2255 a double holds microseconds.
    return cast(func.date_part("epoch", instant) * 1_000_000, BigInteger)
