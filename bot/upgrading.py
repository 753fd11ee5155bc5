"""The check before an upgrade: what would run, and what speaks against it. It changes nothing."""

import fcntl
import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from bot.backup import last_backup
from bot.house import HouseError, sqlite_path
from bot.house.processes import connected, who_knows_less
from bot.migrations import Standing, standing
from bot.settings import Settings
from tickets.ledger.database import open_engine

OLD_BACKUP = timedelta(days=1)
_ROOM = 2  # times the size of a SQLite file: tables that are written anew, and the log beside them
_SIZE = text("SELECT pg_database_size(current_database())")


@dataclass(frozen=True, kw_only=True)
class Outlook:
    """What an upgrade would do, in sentences, and what forbids it."""

    pending: int  # migrations
    says: tuple[str, ...]
    warns: tuple[str, ...]
    forbids: tuple[str, ...]


def look_ahead(settings: Settings, *, now: datetime) -> Outlook:
    """Look at schema, backup, space and whoever serves. Raises HouseError where the database does not answer."""
    path = sqlite_path(settings)
    if path is not None and not path.exists():
        return Outlook(
            pending=0, says=(f"There is no database {path} yet; it is made now.",), warns=(), forbids=()
        )
    try:
        found = standing(settings.database_url)
        says = (_schema(found), *(f"  {number}  {title}" for number, title in found.pending))
        forbids = tuple(_forbids(settings, found))
        if not found.pending:
            return Outlook(pending=0, says=says, warns=(), forbids=forbids)
        size = _size(settings, path)
        warns = tuple(_of_backup(settings, now))
        says = (*says, *_of_others(settings, found))
    except (SQLAlchemyError, OSError) as error:
        said = str(getattr(error, "orig", None) or error).strip().splitlines()[0]
        raise HouseError(f"the database cannot be used: {said}") from error
    return Outlook(
        pending=len(found.pending),
        says=(*says, f"The database has {_mb(size)}."),
        warns=warns,
        forbids=forbids,
    )


def _schema(found: Standing) -> str:
    if not found.known:
        return f"The schema is {found.current}, newer than {found.newest}, which this version knows; it may serve under it."
    if not found.pending:
        return f"The schema is {found.current}, the newest that this version knows."
    return (
        f"The schema is {found.current or 'empty'}; {len(found.pending)} migrations lead to {found.newest}:"
    )


def _forbids(settings: Settings, found: Standing) -> Iterator[str]:
    if not found.bears:
        yield (
            f"the schema of the database is {found.current}, and this version of Tanggap knows none above {found.newest}: "
            "a newer version has served from it; install that one again, or restore the backup from before"
        )
    path = sqlite_path(settings)
    for each in who_knows_less(settings.database_url, found.least):
        yield f"a migration takes away what {each} still uses; stop it first"
    if path is None or not found.pending:
        return
    holder = _holder(path)
    if holder is not None:
        yield f"{holder} serves from {path}; stop it first"
    free, needed = shutil.disk_usage(path.parent).free, _ROOM * path.stat().st_size
    if free < needed:
        yield f"{path.parent} has {_mb(free)} free, and the upgrade may need {_mb(needed)}"


def _holder(path: Path) -> str | None:
    """Return who serves from a SQLite file now."""
    try:
        handle = os.open(f"{path}.lock", os.O_RDWR)
    except FileNotFoundError:
        return None
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        process = os.read(handle, 20).decode("ascii", "replace").strip()
        return f"process {process}" if process.isdecimal() else "another process"
    finally:
        os.close(handle)
    return None


def _size(settings: Settings, path: Path | None) -> int:
    if path is not None:
        return path.stat().st_size
    return _asked(settings, _SIZE)


def _of_backup(settings: Settings, now: datetime) -> Iterator[str]:
    at = last_backup(settings)
    if at is None:
        yield "No backup is known here; make one first: tanggap backup FILE."
    elif now - at > OLD_BACKUP:
        yield f"The last backup is of {at:%Y-%m-%d %H:%M} UTC; make one first: tanggap backup FILE."


def _of_others(settings: Settings, found: Standing) -> Iterator[str]:
    """Say of everybody who is connected whether they may go on under the pending migrations."""
    for each in connected(settings.database_url):
        if found.least is None or each.schema >= found.least:
            yield f"{each} serves, and may go on; restart it when it suits you."


def _asked(settings: Settings, question: object) -> int:
    engine = open_engine(settings.database_url, read_only=True)
    try:
        with engine.connect() as connection:
            return int(connection.execute(question).scalar_one())  # type: ignore[call-overload]
    finally:
        engine.dispose()


def _mb(size: int) -> str:
    return f"{size / 1024**2:,.0f} MB"
