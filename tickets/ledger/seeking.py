"""Finding rows by what stands in some of their columns: those of one list of values, or of many at once."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import (
    JSON,
    Column,
    ColumnElement,
    Select,
    Table,
    bindparam,
    cast,
    func,
    literal_column,
    select,
)
from sqlalchemy import tuple_ as row_of
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql import visitors
from sqlalchemy.sql.compiler import SQLCompiler

from tickets.ledger.prepared import Prepared, key_of
from tickets.ledger.types import Json

ASKED = "asked"  # under this name a statement is given lists of values, each as long as there are columns


class among(ColumnElement[bool]):  # noqa: N801  a condition, named as SQLAlchemy names its own
    """Whether some columns of a row hold one of the lists of values that are asked for."""

    inherit_cache = True

    def __init__(self, *columns: Column[Any]) -> None:
        self.columns = columns


class Seeking:
    """Finds a whole row of a table by some of its columns, of which no two rows hold the same; else the `newest`."""

    def __init__(
        self, table: Table, *by: str, where: ColumnElement[bool] | None = None, newest: bool = False
    ) -> None:
        """`where` holds for the rows that are looked at; the newest has the greatest key."""
        self.table = table
        self.by = by
        self.is_plain = where is None and not newest
        asked_of = () if where is None else visitors.iterate(where)
        self.looks_at = frozenset((*by, *(each.name for each in asked_of if isinstance(each, Column))))
        columns = [table.c[name] for name in by]
        rows = select(table) if where is None else select(table).where(where)
        one = rows.where(*(column == bindparam(column.name) for column in columns))
        if newest:
            key = table.c[key_of(table)]
            one = one.order_by(key.desc()).limit(1)
            keys = select(func.max(key)).where(among(*columns)).group_by(*columns)
            many: Select[Any] = select(table).where(key.in_(keys if where is None else keys.where(where)))
        else:
            many = rows.where(among(*columns))
        self.one = Prepared(one)
        self.many = Prepared(many)


@compiles(among, "sqlite")
def _on_sqlite(element: among, compiler: SQLCompiler, **kwargs: Any) -> str:
    lists = func.json_each(bindparam(ASKED, type_=Json)).table_valued("value", name="lists")
    values = [func.json_extract(lists.c.value, literal_column(f"'$[{at}]'")) for at in _places(element)]
    return _is_in(element.columns, select(*values), compiler, **kwargs)


@compiles(among, "postgresql")
def _on_postgres(element: among, compiler: SQLCompiler, **kwargs: Any) -> str:
    lists = func.json_array_elements(cast(bindparam(ASKED, type_=Json), JSON)).column_valued("lists")
    values = [
        cast(lists.op("->>")(literal_column(str(at))), element.columns[at].type) for at in _places(element)
    ]
    return _is_in(element.columns, select(*values), compiler, **kwargs)


def _places(element: among) -> range:
    return range(len(element.columns))


def _is_in(columns: Sequence[Column[Any]], lists: Select[Any], compiler: SQLCompiler, **kwargs: Any) -> str:
    held: Any = columns[0] if len(columns) == 1 else row_of(*columns)
    said: str = compiler.process(held.in_(lists), **kwargs)
    return said
