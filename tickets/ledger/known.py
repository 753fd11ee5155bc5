"""Rows that a transaction has read, so that each is read once: they stay as they are in its eyes while it changes them."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Table

from tickets.ledger.prepared import Row, key_of
from tickets.ledger.seeking import Seeking

Values = tuple[Any, ...]  # of the columns by which a row is sought, in their order


class KnownRows:
    """Those of one table, and what was found by which values: the key of a row, or None."""

    def __init__(self, table: Table) -> None:
        self._key = key_of(table)
        self._rows: dict[Any, Row] = {}
        self._found: dict[Seeking, dict[Values, Any]] = {}

    def at(self, key: Any) -> Row | None:
        return self._rows.get(key)

    def is_found(self, seeking: Seeking, values: Values) -> bool:
        """Whether it was sought already, with whatever outcome."""
        return values in self._found.get(seeking, ())

    def found(self, seeking: Seeking, values: Values) -> Row | None:
        key = self._found[seeking][values]
        return None if key is None else self._rows[key]

    def put(self, row: Row) -> None:
        self._rows[getattr(row, self._key)] = row

    def keep(self, seeking: Seeking, values: Values, row: Row | None) -> None:
        found = self._found.setdefault(seeking, {})
        if row is None:
            found[values] = None
        else:
            found[values] = getattr(row, self._key)
            self.put(row)

    def add(self, row: Row) -> None:
        """Put a row that was just inserted: whoever seeks it by what it alone holds has found it."""
        self.put(row)
        for seeking, found in self._found.items():
            if seeking.is_plain:
                found[values_of(row, seeking)] = getattr(row, self._key)

    def written(self, row: Mapping[str, Any]) -> None:
        """A row was inserted or saved: whoever seeks what stands in it may find it now."""
        if self._rows.pop(row[self._key], None) is not None:
            self._found.clear()
        for seeking, found in self._found.items():
            found.pop(tuple(row[name] for name in seeking.by), None)

    def change(self, key: Any, fields: Mapping[str, Any]) -> None:
        before = self._rows.get(key)
        after = None if before is None else before._replace(**fields)
        if after is not None:
            self._rows[key] = after
        for seeking, found in self._found.items():
            if seeking.looks_at.isdisjoint(fields):
                continue
            if before is None:
                found.clear()
            else:
                found.pop(values_of(before, seeking), None)
                found.pop(values_of(after, seeking), None)


def values_of(row: Row, seeking: Seeking) -> Values:
    """Return by which values a row is sought."""
    return tuple(getattr(row, name) for name in seeking.by)
