"""Statements written with SQLAlchemy Core once, compiled once a dialect, and run on the driver's own cursor.

Building and compiling a statement for each message costs ten times the engine's own work; this costs next to nothing
and keeps one text for both databases. Column types convert values in and out as they do in the ORM.
"""

import re
from collections import namedtuple
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, Protocol, cast

from sqlalchemy import Select, Table, bindparam, insert, update
from sqlalchemy.engine import Dialect
from sqlalchemy.schema import CreateIndex
from sqlalchemy.sql import ClauseElement, Executable
from sqlalchemy.sql.dml import Insert as SqlInsert
from sqlalchemy.sql.dml import UpdateBase
from sqlmodel import SQLModel

from later import Later
from tickets.ledger.types import Ours

if TYPE_CHECKING:
    from sqlalchemy.dialects import postgresql, sqlite
else:
    postgresql, sqlite = Later("sqlalchemy.dialects.postgresql"), Later("sqlalchemy.dialects.sqlite")

_WORD = re.compile(r"\w+")
_CONDITIONS = re.compile(r"\sFROM\s")  # from here on a SELECT says which rows it means

Row = Any  # a named tuple with one field a column
Convert = Callable[[Any], Any]
# Both dialects' inserts share the methods used here; one of the two types stands for both.
Insert = Callable[[Any], "postgresql.Insert"]


class Cursor(Protocol):
    rowcount: int

    def execute(self, sql: str, parameters: Any = ..., /) -> Any: ...
    def executemany(self, sql: str, parameters: Any, /) -> Any: ...
    def fetchone(self) -> Any: ...
    def fetchall(self) -> Any: ...


@dataclass(frozen=True, kw_only=True, eq=False, slots=True)
class Compiled:
    sql: str
    mentions: frozenset[str]  # every word of it, and so every table and column that it has to do with
    sought: frozenset[str]  # those that say which rows it means; of an insert, those that are unique
    blank: Any  # the parameters as the driver wants them, by place or by name: the defaults, else None
    places: Mapping[str, tuple[Sequence[Any], Convert | None]]  # of each value; None goes in as it is
    defaults: Mapping[str, Any]  # of values, as they are given
    needed: frozenset[str]  # values without a default
    out: tuple[tuple[int, Convert], ...]  # which columns are converted when read
    columns: tuple[str, ...]  # that it returns, or that it inserts
    row: Callable[[Iterable[Any]], Any]  # of a value for each of them
    writes: str | None  # the table that it changes, if it does

    def bind(self, values: Mapping[str, Any]) -> Any:
        """Return the parameters as the driver wants them. Raises KeyError for one that is missing."""
        if not self.needed <= values.keys():
            raise KeyError(min(self.needed - values.keys()))
        bound = self.blank.copy()
        self.put(bound, values)
        return bound

    def put(self, bound: Any, values: Mapping[str, Any]) -> None:
        """Put values into parameters that are bound already."""
        places = self.places
        for name, value in values.items():
            if name in places:
                where, convert = places[name]
                into = value if value is None or convert is None else convert(value)
                for each in where:
                    bound[each] = into

    def filled(self, values: Mapping[str, Any]) -> Row:
        """Return the row that an insert writes, as it is read afterwards."""
        return self.row([values.get(name, self.defaults.get(name)) for name in self.columns])

    def read(self, record: Sequence[Any]) -> Row:
        if not self.out:
            return self.row(record)
        values = list(record)
        for index, convert in self.out:
            if values[index] is not None:
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
            words = postgresql if dialect.name == "postgresql" else sqlite
            statement = cast("Callable[[Any], Executable]", statement)(words.insert)
        compiled = cast("ClauseElement", statement).compile(dialect=dialect)
        given = {name: parameter for parameter, name in compiled.bind_names.items()}  # type: ignore[attr-defined]
        into = {name: _into(parameter.type, dialect) for name, parameter in given.items()}
        defaults = {
            name: self._default(name, each) for name, each in given.items() if self._has_default(name, each)
        }
        columns = _columns(statement)
        out = tuple(
            (index, convert)
            for index, column in enumerate(columns)
            if (convert := _out_of(column.type, dialect)) is not None
        )
        inserted = cast("Table", statement.table).c if isinstance(statement, SqlInsert) else ()
        row: Any = namedtuple("Row", [column.key for column in columns or inserted])  # type: ignore[misc]  # noqa: PYI024  its fields are the statement's
        order: Sequence[str] = getattr(compiled, "positiontup", None) or ()
        places: dict[str, tuple[Sequence[Any], Convert | None]] = {
            name: ([at for at, each in enumerate(order) if each == name] if order else [name], into[name])
            for name in given
        }
        blank: Any = [None] * len(order) if order else dict.fromkeys(given)
        for name, value in defaults.items():
            where, convert = places[name]
            for each in where:
                blank[each] = value if value is None or convert is None else convert(value)
        sql = str(compiled)
        return Compiled(
            sql=sql,
            mentions=frozenset(_WORD.findall(sql)),
            sought=_sought(statement, sql, dialect),
            blank=blank,
            places=places,
            defaults=defaults,
            needed=frozenset(given.keys() - defaults.keys()),
            out=out,
            columns=row._fields,
            row=row._make,
            writes=cast("Table", statement.table).name if isinstance(statement, UpdateBase) else None,
        )

    def _has_default(self, name: str, parameter: Any) -> bool:
        return name in self._defaults or not parameter.required

    def _default(self, name: str, parameter: Any) -> Any:
        return self._defaults[name] if parameter.required else parameter.effective_value


def _sought(statement: Executable, sql: str, dialect: Dialect) -> frozenset[str]:
    if isinstance(statement, SqlInsert):
        unique = (index for index in cast("Table", statement.table).indexes if index.unique)
        sql = " ".join(str(CreateIndex(index).compile(dialect=dialect)) for index in unique)
    return frozenset(_WORD.findall(_CONDITIONS.split(sql, maxsplit=1)[-1]))


def _into(kind: Any, dialect: Dialect) -> Convert | None:
    """Return how a value of a column's type goes into the database; our own types without SQLAlchemy in between."""
    if isinstance(kind, Ours):
        return kind.into(dialect)
    convert: Convert | None = kind.dialect_impl(dialect).bind_processor(dialect)
    return convert


def _out_of(kind: Any, dialect: Dialect) -> Convert | None:
    if isinstance(kind, Ours):
        return kind.out_of(dialect)
    convert: Convert | None = kind.dialect_impl(dialect).result_processor(dialect, None)
    return convert


def inserting(table: type[SQLModel]) -> Prepared:
    """Insert one row; what is not given takes the default of the table's class."""
    return Prepared(insert(_core(table)), defaults=_defaults(table))


def inserting_once(table: type[SQLModel]) -> Prepared:
    """Insert one row unless one with its key is there; the row count tells."""
    return Prepared(
        lambda insert_into: insert_into(_core(table)).on_conflict_do_nothing(), defaults=_defaults(table)
    )


@cache
def changing(table: Table, names: tuple[str, ...]) -> Prepared:
    """Change these columns of the row with a `key`."""
    return Prepared(
        update(table)
        .where(table.c[key_of(table)] == bindparam("key"))
        .values({name: bindparam(name) for name in names})
    )


@cache
def key_of(table: Table) -> str:
    """Return the one column that is a table's key. Raises ValueError if there are several."""
    (column,) = table.primary_key
    return column.name


def _core(table: type[SQLModel]) -> Table:
    return cast("Table", table.__table__)  # type: ignore[attr-defined]


def _defaults(table: type[SQLModel]) -> dict[str, Any]:
    return {name: field.default for name, field in table.model_fields.items() if not field.is_required()}


def _columns(statement: Executable) -> list[Any]:
    if isinstance(statement, Select):
        return list(statement.selected_columns)
    return list(getattr(statement, "exported_columns", ()) or ())
