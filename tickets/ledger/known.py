"""Rows that a transaction has read, so that each is read once: they stay as they are in its eyes while it changes them."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Table

from tickets.ledger.prepared import Compiled, Row, key_of


class KnownRows:
    """Those of one table. What was asked is a statement with its values, and what was found the key of a row, or None."""

    def __init__(self, table: Table) -> None:
        self._key = key_of(table)
        self._rows: dict[Any, Row] = {}
        self._found: dict[Any, Any] = {}
        self._sought: set[str] = set()  # columns by which rows were found

    def at(self, key: Any) -> Row | None:
        return self._rows.get(key)

    def __contains__(self, asked: Any) -> bool:
        return asked in self._found

    def __getitem__(self, asked: Any) -> Row | None:
        found = self._found[asked]
        return None if found is None else self._rows[found]

    def put(self, row: Row) -> None:
        self._rows[getattr(row, self._key)] = row

    def keep(self, asked: Any, row: Row | None, statement: Compiled) -> None:
        self._sought |= statement.sought
        if row is None:
            self._found[asked] = None
        else:
            self._found[asked] = getattr(row, self._key)
            self.put(row)

    def change(self, key: Any, fields: Mapping[str, Any]) -> None:
        if not self._sought.isdisjoint(fields):
            self._found.clear()  # who looks for the same may find another row now
        row = self._rows.get(key)
        if row is not None:
            self._rows[key] = row._replace(**fields)
