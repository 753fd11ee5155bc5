"""One open transaction of the writer, and what a job may do with it: read, write, and leave news."""

from collections.abc import Iterable, Mapping, MutableMapping, Sequence
from typing import Any

from sqlalchemy import Table, bindparam, select
from sqlalchemy.engine import Dialect

from tickets.ledger.known import KnownRows, Values, values_of
from tickets.ledger.news import News
from tickets.ledger.pending import Late, Pending
from tickets.ledger.prepared import Compiled, Cursor, Prepared, Row
from tickets.ledger.seeking import ASKED, Seeking
from tickets.tables import Counter

_COUNTERS = Counter.__table__  # type: ignore[attr-defined]
_READ_COUNTER = Prepared(select(_COUNTERS.c.value).where(_COUNTERS.c.name == bindparam("name")))
_SAVE_COUNTER = Prepared(
    lambda insert: insert(_COUNTERS).on_conflict_do_update(
        index_elements=["name"], set_={"value": insert(_COUNTERS).excluded.value}
    )
)


class Tx:
    """What is written waits, together with others of its kind, until something is asked that it would change."""

    def __init__(self, cursor: Cursor, dialect: Dialect, lasting: MutableMapping[Any, Any]) -> None:
        self._cursor = cursor
        self._dialect = dialect
        self.lasting = lasting  # what the writer remembers of rows that never change, such as revisions
        self.memo: dict[Any, Any] = {}  # what this transaction has read and written already
        self._counters: dict[str, int] = {}
        self._moved: set[str] = set()
        self._known: dict[str, KnownRows] = {}  # by table
        self._memos: dict[str, dict[Any, Any]] = {}  # by table
        self._pending = Pending(self._write, dialect)
        self.news: set[News] = set()  # what somebody waits for

    def tell(self, news: News) -> None:
        """Have those woken after the commit who wait for this."""
        self.news.add(news)

    def run(self, statement: Prepared, **values: Any) -> int:
        """Run a statement that returns no rows; how many rows it touched."""
        compiled = statement.on(self._dialect)
        self._pending.write_before(compiled)
        self._forget(compiled)
        self._cursor.execute(compiled.sql, compiled.bind(values))
        return self._cursor.rowcount

    def run_many(self, statement: Prepared, rows: Sequence[Mapping[str, Any]]) -> None:
        if rows:
            compiled = statement.on(self._dialect)
            self._pending.write_before(compiled)
            self._forget(compiled)
            self._cursor.executemany(compiled.sql, [compiled.bind(row) for row in rows])

    def add(self, insert: Prepared, **values: Any) -> Late:
        """Insert a row, or save it, where nobody asks whether it was there, together with others of this transaction."""
        compiled = insert.on(self._dialect)
        assert compiled.writes is not None
        self._memos.pop(compiled.writes, None)
        if compiled.writes in self._known:
            self._known[compiled.writes].written({**compiled.defaults, **values})
        return self._pending.add(compiled, values)

    def insert(self, insert: Prepared, table: Table, **values: Any) -> Row:
        """Add a row, and return it as `known` will."""
        self.add(insert, **values)
        row = insert.on(self._dialect).filled(values)
        self._known_rows(table).add(row)
        return row

    def change(self, table: Table, key: Any, **fields: Any) -> None:
        """Change a row by its key, together with others of this transaction; one that is not there is let be."""
        self._pending.change(table, key, fields)
        if table.name in self._known:
            self._known[table.name].change(key, fields)

    def one(self, statement: Prepared, **values: Any) -> Row | None:
        compiled = statement.on(self._dialect)
        self._pending.write_before(compiled)
        return self._read(compiled, values)

    def stored(self, statement: Prepared, **values: Any) -> Row | None:
        """Return what `one` does, of what is in the database: rows that are still to be added are not looked at."""
        return self._read(statement.on(self._dialect), values)

    def known(self, seeking: Seeking, **values: Any) -> Row | None:
        """Return the row that is sought by these values. It is read once until its table is changed by `run`."""
        known, asked = self._known_rows(seeking.table), tuple(values[name] for name in seeking.by)
        if not known.is_found(seeking, asked):
            compiled = seeking.one.on(self._dialect)
            self._pending.write_before_seeking(compiled)
            known.keep(seeking, asked, self._pending.upon(seeking.table, self._read(compiled, values)))
        return known.found(seeking, asked)

    def foresee(self, seeking: Seeking, asked: Iterable[Values]) -> list[Row]:
        """Read at once what `known` is going to ask for by each of these lists of values; the rows that are there."""
        known, lists = self._known_rows(seeking.table), set(asked)
        unread = [values for values in lists if not known.is_found(seeking, values)]
        if unread:
            for values in unread:
                known.keep(seeking, values, None)
            for row in self.among(seeking.many, unread):
                known.keep(seeking, values_of(row, seeking), self._pending.upon(seeking.table, row))
        return [row for values in lists if (row := known.found(seeking, values)) is not None]

    def among(self, statement: Prepared, lists: Sequence[Values]) -> list[Row]:
        """Return what a statement finds that asks for many lists of values at once."""
        return self.all(statement, **{ASKED: lists}) if lists else []

    def knows(self, table: Table, key: Any) -> Row | None:
        """Return the row with this key if `known` has returned it; None says nothing of whether it is there."""
        known = self._known.get(table.name)
        return None if known is None else known.at(key)

    def all(self, statement: Prepared, **values: Any) -> list[Row]:
        compiled = statement.on(self._dialect)
        self._pending.write_before(compiled)
        self._cursor.execute(compiled.sql, compiled.bind(values))
        return [compiled.read(record) for record in self._cursor.fetchall()]

    def memo_of(self, table: Table) -> dict[Any, Any]:
        """Return what is remembered of a table until a row of it is added, or a statement changes it."""
        return self._memos.setdefault(table.name, {})

    def next_id(self, series: str, *, least: int = 1) -> int:
        """Give out the next id of a series, `least` or more. Without gaps: what is rolled back was never given."""
        value = self._counters.get(series)
        if value is None:
            row = self.one(_READ_COUNTER, name=series)
            value = 0 if row is None else row.value
        given = self._counters[series] = max(value + 1, least)
        self._moved.add(series)
        return given

    def finish(self) -> None:
        """Write all that is still to be written."""
        self._pending.write_all()
        self.run_many(
            _SAVE_COUNTER, [{"name": name, "value": self._counters[name]} for name in sorted(self._moved)]
        )
        self._moved.clear()

    def _known_rows(self, table: Table) -> KnownRows:
        known = self._known.get(table.name)
        if known is None:
            known = self._known[table.name] = KnownRows(table)
        return known

    def _read(self, compiled: Compiled, values: Mapping[str, Any]) -> Row | None:
        self._cursor.execute(compiled.sql, compiled.bind(values))
        record = self._cursor.fetchone()
        return None if record is None else compiled.read(record)

    def _forget(self, compiled: Compiled) -> None:
        if compiled.writes is not None:
            self._known.pop(compiled.writes, None)
            self._memos.pop(compiled.writes, None)

    def _write(self, statement: Compiled, rows: list[Any]) -> None:
        if len(rows) == 1:
            self._cursor.execute(statement.sql, rows[0])
        else:
            self._cursor.executemany(statement.sql, rows)
