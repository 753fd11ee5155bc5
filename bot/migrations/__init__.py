"""The schema's history, for all rooms: run at start, under a lock, by whoever comes first.

A migration adds, and code of the release before goes on under it (ADR 15). One that takes away declares `contracts`: the
least schema that code must know to serve under it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, inspect, text

from bot.migrations import least
from later import Later
from tickets.ledger.database import open_engine

if TYPE_CHECKING:
    from bot.migrations import moving
else:
    moving = Later("bot.migrations.moving")

_VERSIONS = Path(__file__).parent / "versions"
_TABLE = "alembic_version"
_CURRENT = text(f"SELECT version_num FROM {_TABLE}")  # noqa: S608  a name of ours


def _nobody_minds(_least: str | None) -> None:
    """Ask nobody."""


def migrate(url: str, *, ask: Callable[[str | None], None] = _nobody_minds) -> None:
    """Bring the database to the newest schema. Several processes may do so at once; one works, the others wait.

    Most starts find it there, and need nothing of what moves it. A newer one stays, if it bears us. Before anything
    moves, `ask` is told which schema code must know from then on; None: any. Raises UnknownSchemaError, and what `ask` raises.
    """
    engine = open_engine(url)
    try:
        with engine.connect() as connection:
            current = _current(connection)
            there = current == newest() or _bears(connection, current)
        if not there:
            ask(moving.least_of(moving.history(after=current)))
            moving.move_on(engine)
    finally:
        engine.dispose()


@dataclass(frozen=True, kw_only=True)
class Standing:
    """Where a database stands in the schema's history."""

    current: str | None  # None: it has no tables yet
    newest: str  # that this version knows
    known: bool  # whether this version knows the current one
    bears: bool  # whether this version may serve under it
    pending: tuple[tuple[str, str], ...]  # (number, what it is about), in the order in which they would run
    least: str | None  # the schema that code must know to serve under the pending ones; None: any


def standing(url: str) -> Standing:
    """Look where a database stands; changes nothing. Raises SQLAlchemyError."""
    engine = open_engine(url, read_only=True)
    try:
        with engine.connect() as connection:
            current = _current(connection)
            newer_bears = _bears(connection, current)
    finally:
        engine.dispose()
    known = current is None or current in {step.number for step in moving.history()}
    pending = moving.history(after=current) if known else ()
    return Standing(
        current=current, newest=newest(), known=known, bears=known or newer_bears,
        pending=tuple((step.number, step.about) for step in pending), least=moving.least_of(pending),
    )  # fmt: skip


@cache
def newest() -> str:
    """Return the newest schema that this version knows: each migration's file begins with its number."""
    return max(path.name.partition("_")[0] for path in _VERSIONS.glob("[0-9]*.py"))


def _bears(connection: Connection, current: str | None) -> bool:
    """Whether a schema that is newer than ours takes nothing away from us."""
    if current is None or current <= newest():
        return False
    needed = least.read(connection)
    return needed is not None and newest() >= needed


def _current(connection: Connection) -> str | None:
    if not inspect(connection).has_table(_TABLE):
        return None
    number: str | None = connection.execute(_CURRENT).scalar()
    return number
