"""Who serves from a database, as its connections call themselves: each says its version, the schema it knows, its process.

On PostgreSQL alone; on SQLite there is one process, which `exclusive` knows.
"""

import os
import re
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.metadata import version

from sqlalchemy import Connection, make_url, text

from bot.migrations import newest
from tickets.ledger.database import normalise_url, open_engine

_CALLED = re.compile(r"tanggap/([^/]+)/(\w+)/(\d+)")
_CONNECTED = text(
    "SELECT DISTINCT application_name, coalesce(host(client_addr), '') FROM pg_stat_activity"
    " WHERE datname = current_database() AND pid <> pg_backend_pid() AND application_name LIKE 'tanggap/%'"
    " ORDER BY 1, 2"
)


@dataclass(frozen=True, kw_only=True)
class Process:
    """A process that is connected to the database now."""

    version: str
    schema: str  # the newest that it knows
    pid: int
    machine: str  # its address; empty: the one on which the database runs

    def __str__(self) -> str:
        where = f" on {self.machine}" if self.machine else ""
        return f"process {self.pid}{where} ({self.version}, which knows schema {self.schema})"


def named_url(url: str) -> str:
    """Return the database's URL with which this process says who it is."""
    parsed = make_url(normalise_url(url))
    if parsed.get_backend_name() != "postgresql":
        return url
    name = f"tanggap/{version('tanggap')}/{newest()}/{os.getpid()}"  # without blanks: URLs write them in two ways
    return parsed.update_query_dict({"application_name": name}).render_as_string(hide_password=False)


def who_knows_less(url: str, least: str | None) -> Sequence[Process]:
    """Return the processes that may not go on under migrations which ask for this schema. Raises SQLAlchemyError."""
    return [each for each in connected(url) if least is not None and each.schema < least]


def connected(url: str) -> Sequence[Process]:
    """Return the processes of Tanggap that are connected to a database; on SQLite none is told. Raises SQLAlchemyError."""
    engine = open_engine(url, read_only=True)
    try:
        if engine.dialect.name != "postgresql":
            return ()
        with engine.connect() as connection:
            return _connected(connection)
    finally:
        engine.dispose()


def _connected(connection: Connection) -> Sequence[Process]:
    found = []
    for name, machine in connection.execute(_CONNECTED):
        called = _CALLED.fullmatch(name)
        if called is not None:
            found.append(Process(version=called[1], schema=called[2], pid=int(called[3]), machine=machine))
    return found
