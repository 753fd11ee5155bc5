"""Engines: where the ledger lives and how connections to it behave.

SQLite runs in WAL with `synchronous=FULL`, so that what is committed survives a power cut; its one writer takes the
write lock at once (`BEGIN IMMEDIATE`). PostgreSQL is spoken to through psycopg 3, with UTC as the session's zone.
"""

import sqlite3
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, create_engine, event, make_url
from sqlalchemy.exc import SQLAlchemyError

# kB of pages that a connection keeps: what is not there lies in the system's cache, and comes from it in microseconds.
_PAGES_WRITTEN = 4_000
_PAGES_READ = 1_000


class NotInUtf8Error(SQLAlchemyError):
    """A database in which much of what people write could not be kept."""

    def __init__(self, encoding: str, name: str) -> None:
        super().__init__(
            f"it is made in {encoding}, and has to be in UTF8: createdb --template=template0 --encoding=UTF8 {name}"
        )


def normalise_url(url: str) -> str:
    """Name the driver that we use, whatever short form the operator wrote."""
    parsed = make_url(url)
    if parsed.get_backend_name() in {"postgresql", "postgres"}:
        return parsed.set(drivername="postgresql+psycopg").render_as_string(hide_password=False)
    if parsed.get_backend_name() == "sqlite":
        return parsed.set(drivername="sqlite").render_as_string(hide_password=False)
    raise ValueError("the database must be sqlite:///… or postgresql://…")


def driver_of(url: str) -> Any:
    """Return the module that speaks to the database, as SQLAlchemy loads it: another database's is not needed."""
    return make_url(normalise_url(url)).get_dialect().import_dbapi()


def open_engine(url: str, *, pool_size: int = 1, read_only: bool = False) -> Engine:
    """Make an engine; with `read_only` its connections cannot write, whatever is asked of them."""
    url = normalise_url(url)
    if url.startswith("postgresql"):
        options = "-c timezone=UTC -c idle_in_transaction_session_timeout=60000"
        if read_only:
            options += " -c default_transaction_read_only=on"
        engine = create_engine(
            url, pool_size=pool_size, max_overflow=0, pool_pre_ping=True, connect_args={"options": options},
            hide_parameters=True,
        )  # fmt: skip
        event.listen(
            engine, "connect", _in_utf8, insert=True
        )  # before anything is read of what it may garble
        return engine
    database = make_url(url).database
    if database and database != ":memory:":
        Path(database).parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    engine = create_engine(
        url, pool_size=pool_size, max_overflow=0, connect_args={"check_same_thread": False, "timeout": 30},
        hide_parameters=True,
    )  # fmt: skip
    event.listen(engine, "connect", _read_only_pragmas if read_only else _pragmas)
    return engine


def _in_utf8(connection: Any, _record: Any) -> None:
    """Raise NotInUtf8Error, as of clusters that were made under the locale C (SQL_ASCII)."""
    encoding = connection.info.parameter_status("server_encoding")
    if encoding not in ("UTF8", None):  # None: whoever stands between does not say
        raise NotInUtf8Error(encoding, connection.info.dbname)


def _pragmas(connection: sqlite3.Connection, _record: Any) -> None:
    for pragma in (
        "journal_mode=WAL",
        "synchronous=FULL",
        "foreign_keys=ON",
        f"cache_size=-{_PAGES_WRITTEN}",
    ):
        connection.execute(f"PRAGMA {pragma}").close()


def _read_only_pragmas(connection: sqlite3.Connection, _record: Any) -> None:
    for pragma in ("query_only=ON", f"cache_size=-{_PAGES_READ}"):
        connection.execute(f"PRAGMA {pragma}").close()
