"""The database: whether it answers, and whether this version can serve under its schema."""

import sqlite3

from sqlalchemy.exc import SQLAlchemyError

from bot.doctor.findings import Finding, State
from bot.house import sqlite_path
from bot.migrations import Standing, standing
from bot.settings import Settings


def of_database(settings: Settings) -> Finding:
    path = sqlite_path(settings)
    kind = f"SQLite at {path}" if path else "PostgreSQL"
    if path is not None and not path.exists():
        return _finding(State.GOOD, f"{kind}; it is made at the first start.")
    try:
        found = standing(settings.database_url)
    except (SQLAlchemyError, sqlite3.Error, OSError) as error:
        said = str(getattr(error, "orig", None) or error).strip().splitlines()[0].rstrip(".")
        return _finding(State.BAD, f"{kind} cannot be used: {said}. Look at TANGGAP_DATABASE_URL.")
    return _of_schema(kind, found)


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
