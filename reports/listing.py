"""Instants as lists out of the database: microseconds since 1970, as JSON on SQLite and as arrays on PostgreSQL."""

import json
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

import numpy as np
from sqlalchemy import BigInteger, cast, func, type_coerce
from sqlmodel import Session

from reports.lengths import Numbers


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
    return cast(func.extract("epoch", instant) * 1_000_000, BigInteger)
