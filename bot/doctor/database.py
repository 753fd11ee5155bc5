"""The database: whether it answers, and whether this version can serve under its schema."""

import sqlite3

from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from bot.doctor.findings import Finding, State
from bot.house import sqlite_path
from bot.migrations import Standing, standing
from bot.settings import Settings
from tickets.ledger.database import NotInUtf8Error, open_engine

# A user may be let into a database without being allowed to make tables: since PostgreSQL 15 that is the usual case.
_MAY_MAKE_TABLES = text(
    "SELECT current_user, current_database(), has_schema_privilege(coalesce(current_schema(), 'public'), 'CREATE')"
)


def of_database(settings: Settings) -> Finding:
    path = sqlite_path(settings)
    kind = f"SQLite at {path}" if path else "PostgreSQL"
    if path is not None and not path.exists():
        return _finding(State.GOOD, f"{kind}; it is made at the first start.")
    try:
        found = standing(settings.database_url)
        unable = None if path else _unable(settings.database_url)
    except NotInUtf8Error as error:
        return _finding(State.BAD, f"{kind} cannot be used: {error}.")
    except (SQLAlchemyError, sqlite3.Error, OSError) as error:
        said = str(getattr(error, "orig", None) or error).strip().splitlines()[0].rstrip(".")
        return _finding(State.BAD, f"{kind} cannot be used: {said}. {_remedy(settings)}")
    if unable and (found.pending or found.current is None):
        return _finding(State.BAD, f"{kind} answers. {unable}")
    return _of_schema(kind, found)


def _unable(url: str) -> str | None:
    """Say what keeps this user from making tables; None: nothing. Raises SQLAlchemyError."""
    engine = open_engine(url, read_only=True)
    try:
        with engine.connect() as connection:
            user, name, able = connection.execute(_MAY_MAKE_TABLES).one()
    finally:
        engine.dispose()
    if able:
        return None
    return f'{user} may make no tables in it: ALTER DATABASE "{name}" OWNER TO "{user}", as the superuser.'


def _remedy(settings: Settings) -> str:
    if sqlite_path(settings):
        return "Look at TANGGAP_DATABASE_URL."
    return "Look at TANGGAP_DATABASE_URL (host, user, password), and whether the database was made (createdb --owner)."


def _of_schema(kind: str, found: Standing) -> Finding:
    if found.current is None:
        return _finding(State.GOOD, f"{kind} answers and is empty; the tables are made at the first start.")
    schema = f"{kind} answers. Its schema is {found.current}"
    if not found.bears:
        says = (
            f"{schema}, and this version of Tanggap knows none above {found.newest}: install the newer version again,"
            " or restore the backup from before."
        )
        return _finding(State.BAD, says)
    if not found.known:
        says = f"{schema}, newer than {found.newest}, which this version knows; it may serve under it."
        return _finding(State.WARNING, says)
    if found.pending:
        says = (
            f"{schema}; {len(found.pending)} migrations lead to {found.newest}:"
            " `tanggap migrate`, or the next start, runs them."
        )
        return _finding(State.WARNING, says)
    return _finding(State.GOOD, f"{kind} answers.")


def _finding(state: State, says: str) -> Finding:
    return Finding(about="database", state=state, says=says)
