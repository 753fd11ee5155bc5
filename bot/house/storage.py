"""The ledger of the house: its folders, its schema, and who may serve from it."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NoReturn

from sqlalchemy import make_url
from sqlalchemy.exc import SQLAlchemyError

from bot.house.errors import AlreadyServingError, HouseError
from bot.house.processes import named_url, who_knows_less
from bot.migrations import migrate as migrate_schema
from bot.migrations.errors import UnknownSchemaError
from bot.settings import Settings
from channels.clamav import Clamd
from procedures.cases.step_clock import CLOCK_RULES
from tickets.ledger.depot.contract import DepotError
from tickets.ledger.store import Ledger
from tickets.ledger.writer import StoreUnavailableError


@contextmanager
def open_ledger(settings: Settings, *, migrate: bool = True) -> Iterator[Ledger]:
    """Open the ledger alone, under the newest schema. Raises HouseError."""
    prepare_folders(settings)
    if migrate:
        migrate_database(settings)
    ledger = Ledger(
        named_url(settings.database_url), files=settings.files, bucket=settings.bucket, clock_rules=CLOCK_RULES,
        examiner=None if settings.clamav is None else Clamd(settings.clamav),
    )  # fmt: skip
    try:
        yield ledger
    except StoreUnavailableError as error:
        raise HouseError(_of_storage(error)) from error
    except SQLAlchemyError as error:
        raise HouseError(_of_storage(error)) from error
    finally:
        ledger.close()


def prepare_folders(settings: Settings) -> None:
    """Make the folders of the state, for their owner alone: everything that anybody wrote is in them. Raises HouseError."""
    for folder in (settings.data_dir, settings.files):
        try:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError as error:
            raise HouseError(f"the folder {folder} cannot be made: {error.strerror}") from error


def migrate_database(settings: Settings) -> None:
    """Bring the schema up to date, but under nobody's feet. Raises HouseError."""
    try:
        migrate_schema(settings.database_url, ask=lambda least: _refuse_beneath_older(settings, least))
    except UnknownSchemaError as error:
        raise HouseError(
            f"this version of Tanggap does not know the schema of the database, which a newer one has served from: {error}"
        ) from error
    except (SQLAlchemyError, OSError) as error:
        raise HouseError(_of_storage(error)) from error


def _refuse_beneath_older(settings: Settings, least: str | None) -> None:
    older = who_knows_less(settings.database_url, least)
    if older:
        raise HouseError(
            f"a migration takes away what {older[0]} still uses; stop it first, or let a version serve that knows schema {least}"
        )


@contextmanager
def exclusive(settings: Settings) -> Iterator[None]:
    """Be the one process that serves from this SQLite file. Raises AlreadyServingError.

    PostgreSQL lets in as many as there are: its loops are held by advisory locks.
    """
    path = sqlite_path(settings)
    if path is None:
        yield
        return
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle = os.open(f"{path}.lock", os.O_RDWR | os.O_CREAT, 0o644)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            holder = os.read(handle, 20).decode("ascii", "replace").strip()
            _already_serving(path, holder)
        os.ftruncate(handle, 0)
        os.write(handle, str(os.getpid()).encode())
        yield
    finally:
        os.close(handle)


def sqlite_path(settings: Settings) -> Path | None:
    """Return where the database file lies; None if it is none."""
    database = make_url(settings.database_url).database if settings.is_sqlite else None
    return Path(database) if database and database != ":memory:" else None


def _already_serving(path: Path, holder: str) -> NoReturn:
    who = f" (process {holder})" if holder.isdecimal() else ""
    raise AlreadyServingError(
        f"another tanggap serve{who} serves from {path}; stop it first, or use PostgreSQL to run several"
    )


def _of_storage(error: Exception) -> str:
    """Say what the database said, on one line; drivers name host and user but never the password."""
    if isinstance(error.__cause__, DepotError):
        return f"the attachments cannot be reached: {error.__cause__}"
    cause = getattr(error, "orig", None) or error.__cause__ or error
    cause = getattr(cause, "orig", None) or cause
    said = next(iter(str(cause).strip().splitlines()), type(cause).__name__)
    return f"the database cannot be used: {said}"
