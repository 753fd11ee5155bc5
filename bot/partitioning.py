"""Messages and events by month, on PostgreSQL: for a ledger that is to grow for years. What an operator asks for, once.

Nothing is copied: the table as it was becomes the partition of all that is older than the next month, and each month from
then on has one of its own. Its rows are gone through once, while everybody goes on; then the writers wait for an instant.
"""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from sqlalchemy import Connection, Engine, text

from tickets.ledger.database import open_engine
from tickets.ledger.writer import WRITERS_LOCK

TABLES = ("messages", "events")
AHEAD = 3  # months that are made before they begin
_AT_LEAST = timedelta(days=1)  # from now to the first month that has its own
_BOUND = "before_partitions"  # of the table as it was
_HAS_PARTS = text("SELECT relkind = 'p' FROM pg_class WHERE oid = to_regclass(:table)")
_INDEXES = text(
    "SELECT c.relname, pg_get_indexdef(i.indexrelid) FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid"
    " WHERE i.indrelid = to_regclass(:table) ORDER BY i.indisprimary DESC, c.relname"
)


def is_partitioned(connection: Connection) -> bool:
    """Whether each month has a partition of its own; False on SQLite."""
    if connection.dialect.name != "postgresql":
        return False
    return all(connection.execute(_HAS_PARTS, {"table": table}).scalar() for table in TABLES)


def partition(url: str, *, now: datetime) -> tuple[str, ...]:
    """Partition a database on PostgreSQL; the names of the months' tables. Done already, it makes what is missing of them."""
    engine = open_engine(url)
    try:
        with engine.connect() as connection:
            done = is_partitioned(connection)
        if not done:
            first = _month_after(now + _AT_LEAST)
            _bound(engine, first)
            _swap(engine, first)
        return _make_ahead(engine, now)
    finally:
        engine.dispose()


def keep_ahead(url: str, *, now: datetime) -> tuple[str, ...]:
    """Make the partitions of the coming months, where the database has any; those that were made."""
    engine = open_engine(url)
    try:
        with engine.connect() as connection:
            done = is_partitioned(connection)
        return _make_ahead(engine, now) if done else ()
    finally:
        engine.dispose()


def _bound(engine: Engine, first: datetime) -> None:
    """Have it proven that all there is lies before the first month: readers and writers go on meanwhile."""
    for table in TABLES:
        with engine.begin() as connection:
            connection.execute(text(f"ALTER TABLE {table} DROP CONSTRAINT IF EXISTS {_BOUND}"))
            connection.execute(
                text(
                    f"ALTER TABLE {table} ADD CONSTRAINT {_BOUND} CHECK (at < '{first.isoformat()}') NOT VALID"
                )
            )
        with engine.begin() as connection:
            connection.execute(text(f"ALTER TABLE {table} VALIDATE CONSTRAINT {_BOUND}"))


def _swap(engine: Engine, first: datetime) -> None:
    """Put a partitioned table in the place of each, with the former as its first partition."""
    with engine.begin() as connection:
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": WRITERS_LOCK})
        for table in TABLES:
            for statement in _swapping(connection, table, first):
                connection.execute(text(statement))


def _swapping(connection: Connection, table: str, first: datetime) -> Iterator[str]:
    before = f"{table}_before"
    indexes = connection.execute(_INDEXES, {"table": table}).all()
    for name, _ in indexes:
        yield f"ALTER INDEX {name} RENAME TO {name}_before"
    yield f"ALTER TABLE {table} RENAME TO {before}"
    yield f"CREATE TABLE {table} (LIKE {before} INCLUDING DEFAULTS INCLUDING STORAGE) PARTITION BY RANGE (at)"
    yield f"ALTER TABLE {table} ADD CONSTRAINT {table}_pkey PRIMARY KEY (id, at)"
    yield from (made for name, made in indexes if name != f"{table}_pkey")
    yield f"ALTER TABLE {table} ATTACH PARTITION {before} FOR VALUES FROM (MINVALUE) TO ('{first.isoformat()}')"
    yield f"ALTER TABLE {before} DROP CONSTRAINT {_BOUND}"
    yield f"CREATE TABLE {table}_other PARTITION OF {table} DEFAULT"  # should a month be missing, nothing is refused


def _make_ahead(engine: Engine, now: datetime) -> tuple[str, ...]:
    made = []
    month = _month_after(now)
    for _ in range(AHEAD):
        following = _month_after(month)
        for table in TABLES:
            name = f"{table}_{month:%Y_%m}"
            with engine.begin() as connection:
                if not _is_covered(connection, table, name, month):
                    connection.execute(text("SET LOCAL lock_timeout = '5s'"))
                    connection.execute(text(
                        f"CREATE TABLE {name} PARTITION OF {table}"
                        f" FOR VALUES FROM ('{month.isoformat()}') TO ('{following.isoformat()}')"
                    ))  # fmt: skip
                    made.append(name)
        month = following
    return tuple(made)


def _is_covered(connection: Connection, table: str, name: str, month: datetime) -> bool:
    """Whether a month has its partition, or lies before the first that has one."""
    if connection.execute(text("SELECT to_regclass(:name)"), {"name": name}).scalar() is not None:
        return True
    bound = connection.execute(
        text("SELECT pg_get_expr(relpartbound, oid) FROM pg_class WHERE oid = to_regclass(:name)"),
        {"name": f"{table}_before"},
    ).scalar()
    return bound is not None and month < until(bound)


def until(bound: str) -> datetime:
    """Return where a partition ends, as PostgreSQL writes its bound: `FOR VALUES FROM (…) TO ('2026-12-01 00:00:00+00')`."""
    return datetime.fromisoformat(bound.rpartition("('")[2].removesuffix("')")).astimezone(UTC)


def _month_after(at: datetime) -> datetime:
    """Return the beginning of the month after an instant, in UTC."""
    at = at.astimezone(UTC)
    return datetime(at.year + at.month // 12, at.month % 12 + 1, 1, tzinfo=UTC)
