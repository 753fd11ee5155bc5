"""What Alembic does with the schema's history: move a database on, and say what would run."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import Connection, Engine, text

from bot.migrations import least
from bot.migrations.errors import UnknownSchemaError

_FOLDER = Path(__file__).parent
_MIGRATION_LOCK = 0x7A_4E_66_68


def move_on(engine: Engine) -> None:
    """Bring the database to the newest schema, under a lock. Raises UnknownSchemaError."""
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


@dataclass(frozen=True, kw_only=True)
class Step:
    """One migration."""

    number: str
    about: str
    contracts: str | None  # the schema that code must know to serve under it; None: it takes nothing away


def history(*, after: str | None = None) -> Sequence[Step]:
    """Return the migrations behind a schema, or all, the first one first."""
    found = ScriptDirectory(str(_FOLDER)).walk_revisions()
    steps = [
        Step(number=each.revision, about=each.doc, contracts=getattr(each.module, "contracts", None)) for each in found
    ]  # fmt: skip
    return [step for step in steps[::-1] if after is None or step.number > after]


def least_of(steps: Iterable[Step]) -> str | None:
    """Return the schema that code must know to serve under all of these; None: any."""
    return max((step.contracts for step in steps if step.contracts is not None), default=None)


def _upgrade(connection: Connection) -> None:
    config = Config()
    config.set_main_option("script_location", str(_FOLDER))
    config.attributes["connection"] = connection
    try:
        command.upgrade(config, "head")
    except CommandError as error:
        raise UnknownSchemaError(str(error)) from error
    least.save(connection, least_of(history()) or least.FIRST)
