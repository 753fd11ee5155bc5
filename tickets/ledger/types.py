"""Column types that mean the same on SQLite and PostgreSQL."""

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, Protocol, TypeVar, runtime_checkable

from sqlalchemy import BigInteger, Text
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator, TypeEngine

from later import Later

if TYPE_CHECKING:
    from sqlalchemy.dialects import postgresql
else:
    postgresql = Later("sqlalchemy.dialects.postgresql")

_Value = TypeVar("_Value")

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


@runtime_checkable
class Ours(Protocol):
    """A type that says how its values, other than None, go into a database and come out of it."""

    def into(self, dialect: Dialect) -> Callable[[Any], Any]: ...

    def out_of(self, dialect: Dialect) -> Callable[[Any], Any]: ...


class Instant(TypeDecorator[datetime]):
    """An aware UTC instant: `timestamptz` on PostgreSQL, integer microseconds since 1970 on SQLite."""

    impl = BigInteger
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        if dialect.name == "postgresql":
            return dialect.type_descriptor(postgresql.TIMESTAMP(timezone=True))
        return dialect.type_descriptor(BigInteger())

    def into(self, dialect: Dialect) -> Callable[[datetime], Any]:
        return _aware if dialect.name == "postgresql" else _microseconds

    def out_of(self, dialect: Dialect) -> Callable[[Any], datetime]:
        return _in_utc if dialect.name == "postgresql" else _instant

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> Any:
        return None if value is None else self.into(dialect)(value)

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[Any], datetime | None]:  # noqa: ARG002
        return _or_none(self.out_of(dialect))


class Json(TypeDecorator[Any]):
    """A JSON value kept as text, so that both databases hand back the same."""

    impl = Text
    cache_ok = True

    def into(self, dialect: Dialect) -> Callable[[Any], str]:  # noqa: ARG002
        return _encode

    def out_of(self, dialect: Dialect) -> Callable[[str], Any]:  # noqa: ARG002
        return json.loads

    def process_bind_param(self, value: Any, dialect: Dialect) -> str | None:
        return None if value is None else self.into(dialect)(value)

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[Any], Any]:  # noqa: ARG002
        return _or_none(self.out_of(dialect))


def _or_none(convert: Callable[[Any], _Value]) -> Callable[[Any], _Value | None]:
    """Return how a value that may be missing is read: by one call, for a page reads a thousand of them."""

    def read(value: Any) -> _Value | None:
        return None if value is None else convert(value)

    return read


def _aware(value: datetime) -> datetime:
    if value.tzinfo is None:
        raise ValueError("an instant without a time zone cannot enter the ledger")
    return value


def _microseconds(value: datetime) -> int:
    return (_aware(value) - EPOCH) // _MICROSECOND


def _in_utc(value: datetime) -> datetime:
    return value.astimezone(UTC)


def _instant(value: int) -> datetime:
    return EPOCH + timedelta(microseconds=value)
