"""The schema's history, for all rooms: run at start, under a lock, by whoever comes first."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, inspect, text

from bot.later import Later
from tickets.ledger.database import open_engine

if TYPE_CHECKING:
    from bot.migrations import moving
else:
    moving = Later("bot.migrations.moving")

_VERSIONS = Path(__file__).parent / "versions"
_TABLE = "alembic_version"
_CURRENT = text(f"SELECT version_num FROM {_TABLE}")  # noqa: S608  a name of ours


def migrate(url: str) -> None:
    """Bring the database to the newest schema. Several processes may do so at once; one works, the others wait.

    Most starts find it there, and need nothing of what moves it. Raises UnknownSchemaError.
    """
    engine = open_engine(url)
    try:
        with engine.connect() as connection:
            there = _current(connection) == newest()
        if not there:
            moving.move_on(engine)
    finally:
        engine.dispose()


@dataclass(frozen=True, kw_only=True)
class Standing:
    """Where a database stands in the schema's history."""

    current: str | None  # None: it has no tables yet
    newest: str  # that this version knows
    known: bool  # whether this version knows the current one
    pending: tuple[tuple[str, str], ...]  # (number, what it is about), in the order in which they would run


def standing(url: str) -> Standing:
    """Look where a database stands; changes nothing. Raises SQLAlchemyError."""
    engine = open_engine(url, read_only=True)
    try:
        with engine.connect() as connection:
            current = _current(connection)
    finally:
        engine.dispose()
    history = moving.history()
    numbers = [number for number, _ in history]
    known = current is None or current in numbers
    behind = numbers.index(current) + 1 if current in numbers else 0
    return Standing(
        current=current, newest=newest(), known=known, pending=tuple(history[behind:]) if known else ()
    )


@cache
def newest() -> str:
    """Return the newest schema that this version knows: each migration's file begins with its number."""
    return max(path.name.partition("_")[0] for path in _VERSIONS.glob("[0-9]*.py"))


def _current(connection: Connection) -> str | None:
    if not inspect(connection).has_table(_TABLE):
        return None
    number: str | None = connection.execute(_CURRENT).scalar()
    return number
