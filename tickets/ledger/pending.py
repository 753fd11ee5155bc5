"""Rows that a transaction has still to insert: they go to the database a table at a time, for all its jobs together.

Nobody sees that they are late. A statement that names a table, whether it reads or changes it, has what waits for that
table written first; the rest is written before the commit.
"""

from collections.abc import Callable, Mapping
from typing import Any

from tickets.ledger.prepared import Compiled

Write = Callable[[Compiled, list[Any]], None]


class Pending:
    def __init__(self, write: Write) -> None:
        self._write = write
        self._rows: dict[str, dict[Compiled, list[Any]]] = {}  # by table

    def add(self, insert: Compiled, values: Mapping[str, Any]) -> None:
        """Let a row wait. Raises KeyError for a value that is missing."""
        assert insert.writes is not None
        self._rows.setdefault(insert.writes, {}).setdefault(insert, []).append(insert.bind(values))

    def write_before(self, statement: Compiled) -> None:
        """Write what waits for the tables that a statement names."""
        if self._rows and not statement.mentions.isdisjoint(self._rows):
            for table in statement.mentions & self._rows.keys():
                self._write_of(table)

    def write_all(self) -> None:
        for table in list(self._rows):
            self._write_of(table)

    def _write_of(self, table: str) -> None:
        for insert, rows in self._rows.pop(table).items():
            self._write(insert, rows)
