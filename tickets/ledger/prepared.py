"""Statements written with SQLAlchemy Core once, compiled once a dialect, and run on the driver's own cursor.

Building and compiling a statement for each message costs ten times the engine's own work; this costs next to nothing
and keeps one text for both databases. Column types convert values in and out as they do in the ORM.
"""

from collections import namedtuple
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, NamedTuple, Protocol, cast

from sqlalchemy import Select, Table, insert
from sqlalchemy.dialects.postgresql import Insert as PostgresInsert
from sqlalchemy.dialects.postgresql import insert as postgres_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.engine import Dialect
from sqlalchemy.sql import ClauseElement, Executable
from sqlmodel import SQLModel

Row = Any  # a named tuple with one field a column
Convert = Callable[[Any], Any]
# Both dialects' inserts share the methods used here; one of the two types stands for both.
Insert = Callable[[Any], PostgresInsert]


class Cursor(Protocol):
    rowcount: int

    def execute(self, sql: str, parameters: Any = ..., /) -> Any: ...
    def executemany(self, sql: str, parameters: Any, /) -> Any: ...
    def fetchone(self) -> Any: ...
    def fetchall(self) -> Any: ...


class Compiled(NamedTuple):
    sql: str
    names: tuple[str, ...] | None  # the order of positional parameters; None where the driver takes names
    into: Mapping[str, Convert]
    defaults: Mapping[str, Any]
    out: tuple[tuple[int, Convert], ...]  # which columns are converted when read
    row: Callable[[Iterable[Any]], Any]

    def bind(self, values: Mapping[str, Any]) -> Any:
        full = {**self.defaults, **values}
        for name, convert in self.into.items():
            full[name] = convert(full[name])
        if self.names is None:
            return full
        return [full[name] for name in self.names]

    def read(self, record: Sequence[Any]) -> Row:
        if not self.out:
            return self.row(record)
        values = list(record)
        for index, convert in self.out:
            values[index] = convert(values[index])
        return self.row(values)


class Prepared:
    """One statement. Give it a Core statement, or a function of the dialect's `insert` where ON CONFLICT is needed."""

    def __init__(
        self,
        statement: Executable | Callable[[Insert], Executable],
        *,
        defaults: Mapping[str, Any] | None = None,
    ) -> None:
        self._statement = statement
        self._defaults = defaults or {}
        self._compiled: dict[str, Compiled] = {}

    def on(self, dialect: Dialect) -> Compiled:
        found = self._compiled.get(dialect.name)
        if found is None:
            found = self._compiled[dialect.name] = self._compile(dialect)
        return found

    def _compile(self, dialect: Dialect) -> Compiled:
        statement = self._statement
        if not isinstance(statement, ClauseElement):
            insert = postgres_insert if dialect.name == "postgresql" else sqlite_insert
            statement = cast("Callable[[Any], Executable]", statement)(insert)
        compiled = cast("ClauseElement", statement).compile(dialect=dialect)
        into = {
            name: convert
            for parameter, name in compiled.bind_names.items()  # type: ignore[attr-defined]
            if (convert := parameter.type.dialect_impl(dialect).bind_processor(dialect)) is not None
        }
        literals = {
            name: parameter.effective_value
            for parameter, name in compiled.bind_names.items()  # type: ignore[attr-defined]
            if not parameter.required
        }
        columns = _columns(statement)
        out = tuple(
            (index, convert)
            for index, column in enumerate(columns)
            if (convert := column.type.dialect_impl(dialect).result_processor(dialect, None)) is not None
        )
        row: Any = namedtuple("Row", [column.key for column in columns])  # type: ignore[misc]  # noqa: PYI024  its fields are the statement's
        positions = getattr(compiled, "positiontup", None)
        return Compiled(
            str(compiled),
            tuple(positions) if positions else None,
            into,
            {**self._defaults, **literals},
            out,
            row._make,
        )


def inserting(table: type[SQLModel]) -> Prepared:
    """Insert one row; what is not given takes the default of the table's class."""
    return Prepared(insert(_core(table)), defaults=_defaults(table))


def inserting_once(table: type[SQLModel]) -> Prepared:
    """Insert one row unless one with its key is there; the row count tells."""
    return Prepared(
        lambda insert_into: insert_into(_core(table)).on_conflict_do_nothing(), defaults=_defaults(table)
    )


def _core(table: type[SQLModel]) -> Table:
    return cast("Table", table.__table__)  # type: ignore[attr-defined]


def _defaults(table: type[SQLModel]) -> dict[str, Any]:
    return {name: field.default for name, field in table.model_fields.items() if not field.is_required()}


def _columns(statement: Executable) -> list[Any]:
    if isinstance(statement, Select):
        return list(statement.selected_columns)
    return list(getattr(statement, "exported_columns", ()) or ())
