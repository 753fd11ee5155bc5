"""Backup and restore: the database, the attachments and the own secrets as one tar file.

The database is copied first and the attachments after it, from wherever they lie: a file is durable before the row that names it is committed,
so the archive has every file that its database knows. On SQLite the copy is made beside a running server; PostgreSQL is
left to its own tools, pg_dump and pg_restore. Before anything is put in place, the whole archive is checked.
"""

import hashlib
import json
import os
import shutil
import sqlite3
import subprocess
import tarfile
import tempfile
import zlib
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import IO

from sqlalchemy import URL, MetaData, create_engine, inspect, make_url
from sqlalchemy.exc import SQLAlchemyError

from bot.accounts.secrets_file import FILE as SECRETS
from bot.backed_up_files import NAME as FILE_NAME
from bot.backed_up_files import add_files, take_back, there_is_any
from bot.house import exclusive, migrate_database, prepare_folders, sqlite_path
from bot.settings import Settings
from tickets.ledger.database import normalise_url
from tickets.ledger.depot.choosing import depot_at
from tickets.ledger.depot.contract import DepotError

MANIFEST = "tanggap-backup.json"
NOTE = "last-backup"  # in the data folder: the instant of the last one
FORMAT = 1
SQLITE, POSTGRES = "database.sqlite", "database.pgdump"
_LARGEST_MANIFEST = 64 * 1024
_CHUNK = 1024 * 1024
_SIDE_FILES = ("", "-wal", "-shm")


class BackupError(Exception):
    """The backup cannot be made or restored; the sentence says why."""


@dataclass(frozen=True, kw_only=True)
class Written:
    """What went into an archive, or came out of it."""

    files: int  # attachments
    size: int  # bytes of the archive


def write_backup(settings: Settings, path: Path, *, at: datetime) -> Written:
    """Write everything into one tar file (compressed if it is named .gz or .tgz), whole or not at all.

    An archive of that name is replaced. Only its owner may read it: it holds all that was ever said, and the secrets.
    Raises BackupError.
    """
    prepare_folders(settings)
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            files = _write(settings, file, compressed=path.suffix in {".gz", ".tgz"}, at=at)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
        _note(settings, at)
        return Written(files=files, size=path.stat().st_size)
    except DepotError as error:
        raise BackupError(f"the attachments cannot be read: {error}") from error
    except OSError as error:
        raise BackupError(f"{path} cannot be written: {error.strerror or error}") from error
    finally:
        part.unlink(missing_ok=True)


def last_backup(settings: Settings) -> datetime | None:
    """Return when the last backup was made here; None if none is known."""
    try:
        return datetime.fromisoformat((settings.data_dir / NOTE).read_text().strip())
    except (OSError, ValueError):
        return None


def restore_backup(settings: Settings, path: Path, *, force: bool) -> Written:
    """Put an archive in place and bring its schema up to date. Raises BackupError, AlreadyServingError.

    Without `force` nothing may be there yet. With it a SQLite database that is in the way is kept beside the new one,
    as `….before-restore`; the tables of a PostgreSQL database are dropped.
    """
    try:
        if not force:
            _refuse_to_overwrite(settings, path)
        prepare_folders(settings)
        with exclusive(settings):
            files = _check(path, settings)
            _restore(settings, path)
            migrate_database(settings)
        return Written(files=files, size=path.stat().st_size)
    except tarfile.TarError as error:
        said = str(error).partition("\n")[0].rstrip(":")
        raise BackupError(f"{path} is not a whole archive: {said}") from error
    except (EOFError, ValueError, zlib.error) as error:
        raise BackupError(f"{path} is damaged") from error
    except DepotError as error:
        raise BackupError(f"the attachments cannot be put in place: {error}") from error
    except OSError as error:
        raise BackupError(f"{error.filename or path}: {error.strerror or error}") from error


def _note(settings: Settings, at: datetime) -> None:
    """Leave word of when it was, for the check before an upgrade."""
    part = settings.data_dir / f".{NOTE}.{os.getpid()}.part"
    part.write_text(f"{at.isoformat()}\n")
    part.replace(settings.data_dir / NOTE)


# -- writing ----------------------------------------------------------------------------------------------------------


def _write(settings: Settings, file: IO[bytes], *, compressed: bool, at: datetime) -> int:
    with (
        tarfile.open(fileobj=file, mode="w:gz" if compressed else "w:") as archive,
        tempfile.TemporaryDirectory(prefix="tanggap-backup-", dir=settings.data_dir) as folder,
    ):
        name = SQLITE if settings.is_sqlite else POSTGRES
        dump = Path(folder) / name
        (_copy_sqlite if settings.is_sqlite else _dump_postgres)(settings, dump)
        manifest = Path(folder) / MANIFEST
        manifest.write_text(json.dumps({"format": FORMAT, "database": name, "at": at.isoformat()}))
        archive.add(manifest, arcname=MANIFEST)
        archive.add(dump, arcname=name)
        if (settings.data_dir / SECRETS).is_file():
            archive.add(settings.data_dir / SECRETS, arcname=SECRETS)
        return add_files(archive, depot_at(settings.files, settings.bucket))


def _copy_sqlite(settings: Settings, to: Path) -> None:
    source = sqlite_path(settings)
    if source is None or not source.is_file():
        raise BackupError(f"there is no database {source} yet")
    try:
        with closing(sqlite3.connect(source)) as live, closing(sqlite3.connect(to)) as copy:
            live.backup(copy)  # in one step: in pieces it would begin anew with each write of the server
            (verdict,) = copy.execute("PRAGMA quick_check(1)").fetchone()
    except sqlite3.Error as error:
        raise BackupError(f"the database cannot be copied: {error}") from error
    if verdict != "ok":
        raise BackupError(f"the database is damaged: {verdict}")


def _dump_postgres(settings: Settings, to: Path) -> None:
    _run_tool(settings, "pg_dump", "--format=custom", "--no-owner", "--no-privileges", f"--file={to}")


# -- restoring --------------------------------------------------------------------------------------------------------


def _refuse_to_overwrite(settings: Settings, archive: Path) -> None:
    folders = {settings.data_dir, settings.files}
    found = [
        path for folder in folders if folder.is_dir() for path in folder.iterdir() if path not in folders
    ]
    database = sqlite_path(settings)
    if database is not None and database.exists():
        found.append(database)
    lasting = sorted(
        {path for path in found if path.suffix != ".lock" and path.resolve() != archive.resolve()},
        key=lambda path: (path != database, path),  # what matters most is named
    )
    if lasting:
        raise BackupError(f"{lasting[0]} is there already; restore into an empty place, or use --force")
    if settings.bucket is not None and there_is_any(depot_at(settings.files, settings.bucket)):
        raise BackupError("the bucket has attachments already; restore into an empty one, or use --force")
    if database is None and _tables(settings):
        raise BackupError("the database has tables already; restore into an empty one, or use --force")


def _check(path: Path, settings: Settings) -> int:
    """Read the whole archive once and return how many attachments it has. Raises BackupError."""
    expected = SQLITE if settings.is_sqlite else POSTGRES
    names: set[str] = set()
    with tarfile.open(path) as archive:
        for position, member in enumerate(archive):
            if position == 0:
                _check_manifest(path, archive, member, expected)
            elif not member.isreg() or not (
                member.name in {expected, SECRETS} or FILE_NAME.fullmatch(member.name)
            ):
                raise BackupError(f"{path} holds {member.name[:80]!r}, which no backup of Tanggap has")
            else:
                _check_content(path, archive, member)
            names.add(member.name)
    if expected not in names:
        raise BackupError(f"{path} holds no database")
    return sum(bool(FILE_NAME.fullmatch(name)) for name in names)


def _check_manifest(path: Path, archive: tarfile.TarFile, member: tarfile.TarInfo, expected: str) -> None:
    if member.name != MANIFEST or not member.isreg() or member.size > _LARGEST_MANIFEST:
        raise BackupError(f"{path} is no backup of Tanggap")
    with _content(archive, member) as content:
        manifest = json.loads(content.read())
    if manifest.get("format") != FORMAT:
        raise BackupError(f"{path} was made by another version; restore it with that one")
    if manifest.get("database") != expected:
        raise BackupError(f"{path} is of another kind of database than TANGGAP_DATABASE_URL names")


def _check_content(path: Path, archive: tarfile.TarFile, member: tarfile.TarInfo) -> None:
    digest = hashlib.sha256()
    with _content(archive, member) as content:
        while chunk := content.read(_CHUNK):
            digest.update(chunk)
    named = FILE_NAME.fullmatch(member.name)
    if named and digest.hexdigest() != named[1] + named[2]:
        raise BackupError(f"{path} is damaged: {member.name} is not what its name says")


def _restore(settings: Settings, path: Path) -> None:
    with tempfile.TemporaryDirectory(prefix="tanggap-restore-", dir=settings.data_dir) as folder:
        fresh, depot = Path(folder), depot_at(settings.files, settings.bucket)
        with tarfile.open(path) as archive:
            for member in archive:
                if FILE_NAME.fullmatch(member.name):
                    with _content(archive, member) as content:
                        take_back(content, member.name, depot, aside=fresh)
                elif member.name != MANIFEST:
                    _extract(archive, member, fresh / member.name)
        if settings.is_sqlite:
            _place_sqlite(settings, fresh / SQLITE)
        else:
            _load_postgres(settings, fresh / POSTGRES)
        if (fresh / SECRETS).is_file():
            (fresh / SECRETS).replace(settings.data_dir / SECRETS)


def _extract(archive: tarfile.TarFile, member: tarfile.TarInfo, to: Path) -> None:
    to.parent.mkdir(parents=True, exist_ok=True)
    with (
        _content(archive, member) as content,
        tempfile.NamedTemporaryFile(dir=to.parent, delete=False) as file,
    ):
        shutil.copyfileobj(content, file, _CHUNK)
        file.flush()
        os.fsync(file.fileno())
    Path(file.name).replace(to)


def _place_sqlite(settings: Settings, fresh: Path) -> None:
    target = sqlite_path(settings)
    if target is None:
        raise BackupError("the database of the settings is no file")
    target.parent.mkdir(parents=True, exist_ok=True)
    for (
        side
    ) in _SIDE_FILES:  # what was not yet written back goes with the old database, never into the new one
        old = Path(f"{target}{side}")
        if old.exists():
            old.replace(f"{target}.before-restore{side}")
        Path(f"{settings.search_index}{side}").unlink(
            missing_ok=True
        )  # it knows of what is gone, and grows again
    shutil.move(fresh, target)


def _load_postgres(settings: Settings, dump: Path) -> None:
    _tables(settings, drop=True)
    _run_tool(
        settings, "pg_restore", "--no-owner", "--no-privileges", "--single-transaction", "--exit-on-error",
        str(dump),
    )  # fmt: skip


def _tables(settings: Settings, *, drop: bool = False) -> list[str]:
    """Return the names of the tables in a PostgreSQL database; with `drop` they are gone then."""
    engine = create_engine(normalise_url(settings.database_url))
    try:
        if drop:
            there = MetaData()
            there.reflect(engine)
            there.drop_all(engine)
        return inspect(engine).get_table_names()
    except SQLAlchemyError as error:
        said = str(getattr(error, "orig", error)).strip().splitlines()[0]
        raise BackupError(f"the database cannot be used: {said}") from error
    finally:
        engine.dispose()


def _run_tool(settings: Settings, tool: str, *options: str) -> None:
    """Run one of PostgreSQL's own tools; the password goes by the environment, where nobody else can read it."""
    program = shutil.which(tool)
    if program is None:
        raise BackupError(f"{tool} is not installed; on Debian it comes with postgresql-client")
    url = make_url(settings.database_url)
    address = URL.create(
        "postgresql",
        username=url.username,
        host=url.host,
        port=url.port,
        database=url.database,
        query=url.query,
    ).render_as_string()
    environment = dict(os.environ) | ({"PGPASSWORD": str(url.password)} if url.password else {})
    done = subprocess.run(  # noqa: S603  our own words and the operator's URL
        [program, f"--dbname={address}", "--no-password", *options],
        env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip
    if done.returncode != 0:
        said = next(iter(done.stderr.strip().splitlines()), f"exit code {done.returncode}")
        raise BackupError(f"{tool} failed: {said}")


@contextmanager
def _content(archive: tarfile.TarFile, member: tarfile.TarInfo) -> Iterator[IO[bytes]]:
    content = archive.extractfile(member)
    assert content is not None  # a regular file
    with content:
        yield content
