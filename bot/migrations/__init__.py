"""The schema's history, for all rooms: run at start, under a lock, by whoever comes first."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, text

from tickets.ledger.database import open_engine

_FOLDER = Path(__file__).parent
_MIGRATION_LOCK = 0x7A_4E_66_68


def migrate(url: str) -> None:
    """Bring the database to the newest schema. Several processes may do so at once; one works, the others wait."""
    engine = open_engine(url)
    try:
        _migrate(engine)
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
            current = MigrationContext.configure(connection).get_current_revision()
    finally:
        engine.dispose()
    history = [*ScriptDirectory(str(_FOLDER)).walk_revisions()][::-1]
    numbers = [each.revision for each in history]
    known = current is None or current in numbers
    behind = numbers.index(current) + 1 if current in numbers else 0
    return Standing(
        current=current, newest=numbers[-1], known=known,
        pending=tuple((each.revision, each.doc) for each in history[behind:]) if known else (),
    )  # fmt: skip


@cache
def newest() -> str:
    """Return the newest schema that this version knows."""
    head = ScriptDirectory(str(_FOLDER)).get_current_head()
    assert head is not None
    return head


def _migrate(engine: Engine) -> None:
    with engine.connect() as connection:
        if engine.dialect.name == "postgresql":
            with connection.begin():
                connection.execute(text(f"SELECT pg_advisory_xact_lock({_MIGRATION_LOCK})"))
                _upgrade(connection)
        else:
            connection.exec_driver_sql("PRAGMA foreign_keys=OFF")
            connection.exec_driver_sql("BEGIN IMMEDIATE")
            _upgrade(connection)
            connection.commit()


def _upgrade(connection: Connection) -> None:
    config = Config()
    config.set_main_option("script_location", str(_FOLDER))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
