"""What a transaction has still to write: rows to insert, and changes of rows by their key.

It goes to the database a table at a time, for all jobs of the transaction together. Nobody sees that it is late: a
statement that names a table has the rows that wait for it inserted first, and one that names a column what was changed
in it; the rest is written before the commit.
"""

from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy import Table
from sqlalchemy.engine import Dialect

from tickets.ledger.prepared import Compiled, Row, changing, key_of

Write = Callable[[Compiled, list[Any]], None]


class Late:
    """A row that waits to be inserted."""

    __slots__ = ("_insert", "bound", "is_written")

    def __init__(self, insert: Compiled, values: Mapping[str, Any]) -> None:
        self._insert = insert
        self.bound = insert.bind(values)
        self.is_written = False

    def amend(self, values: Mapping[str, Any]) -> bool:
        """Let it be inserted with other values; False if it is too late for that."""
        if not self.is_written:
            self._insert.put(self.bound, values)
        return not self.is_written


class _Changes:
    """What is changed in the rows of one table."""

    def __init__(self, table: Table) -> None:
        self.table = table
        self.of: dict[Any, dict[str, Any]] = {}  # by key
        self.columns: set[str] = set()


class Pending:
    def __init__(self, write: Write, dialect: Dialect) -> None:
        self._write = write
        self._dialect = dialect
        self._rows: dict[str, dict[Compiled, list[Late]]] = {}  # by table
        self._changes: dict[str, _Changes] = {}  # by table

    def add(self, insert: Compiled, values: Mapping[str, Any]) -> Late:
        """Let a row wait. Raises KeyError for a value that is missing."""
        assert insert.writes is not None
        if insert.writes in self._changes and not insert.sought.isdisjoint(
            self._changes[insert.writes].columns
        ):
            self._change_in(insert.writes)
        late = Late(insert, values)
        self._rows.setdefault(insert.writes, {}).setdefault(insert, []).append(late)
        return late

    def change(self, table: Table, key: Any, fields: Mapping[str, Any]) -> None:
        """Let a change of a row wait; a later one of the same column takes its place."""
        changes = self._changes.get(table.name)
        if changes is None:
            changes = self._changes[table.name] = _Changes(table)
        changes.of.setdefault(key, {}).update(fields)
        changes.columns.update(fields)

    def upon(self, table: Table, row: Row | None) -> Row | None:
        """Return a row that was just read with what is still to be changed in it."""
        changes = self._changes.get(table.name)
        if row is None or changes is None:
            return row
        change = changes.of.get(getattr(row, key_of(table)))
        return row._replace(**change) if change else row

    def write_before(self, statement: Compiled) -> None:
        """Write what a statement has to do with."""
        self._insert_before(statement)
        self._change_before(statement, statement.mentions)

    def write_before_seeking(self, statement: Compiled) -> None:
        """Write what decides which rows a statement finds, whatever else is changed in them."""
        self._insert_before(statement)
        self._change_before(statement, statement.sought)

    def write_all(self) -> None:
        for table in list(self._rows):
            self._insert_into(table)
        for table in list(self._changes):
            self._change_in(table)

    def _insert_before(self, statement: Compiled) -> None:
        if self._rows and not statement.mentions.isdisjoint(self._rows):
            for table in statement.mentions & self._rows.keys():
                self._insert_into(table)

    def _change_before(self, statement: Compiled, columns: frozenset[str]) -> None:
        if self._changes and not statement.mentions.isdisjoint(self._changes):
            for table in statement.mentions & self._changes.keys():
                if not columns.isdisjoint(self._changes[table].columns):
                    self._change_in(table)

    def _insert_into(self, table: str) -> None:
        for insert, rows in self._rows.pop(table, {}).items():
            self._write(insert, [late.bound for late in rows])
            for late in rows:
                late.is_written = True

    def _change_in(self, table: str) -> None:
        self._insert_into(table)
        changes = self._changes.pop(table)
        alike: dict[tuple[str, ...], list[dict[str, Any]]] = {}
        for key, fields in changes.of.items():
            alike.setdefault(tuple(sorted(fields)), []).append({"key": key, **fields})
        for names, rows in alike.items():
            update = changing(changes.table, names).on(self._dialect)
            self._write(update, [update.bind(row) for row in rows])
