"""What Alembic does with the schema's history: move a database on, and say what would run."""

from collections.abc import Sequence
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import Connection, Engine, text

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


def history() -> Sequence[tuple[str, str]]:
    """Return all migrations as (number, what it is about), the first one first."""
    found = ScriptDirectory(str(_FOLDER)).walk_revisions()
    return [(each.revision, each.doc) for each in found][::-1]


def _upgrade(connection: Connection) -> None:
    config = Config()
    config.set_main_option("script_location", str(_FOLDER))
    config.attributes["connection"] = connection
    try:
        command.upgrade(config, "head")
    except CommandError as error:
        raise UnknownSchemaError(str(error)) from error
