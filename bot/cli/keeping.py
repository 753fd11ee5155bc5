"""`tanggap migrate`, `partition`, `backup` and `restore`."""

from pathlib import Path
from typing import Annotated

import typer

from bot.backup import BackupError, restore_backup, write_backup
from bot.house import HouseError, migrate_database, prepare_folders, utc_now
from bot.partitioning import partition as partition_by_month
from bot.settings import load_settings
from bot.upgrading import look_ahead

app = typer.Typer()
FAILURES = (BackupError,)

Archive = Annotated[Path, typer.Argument(metavar="FILE", help="A tar file; .gz and .tgz are compressed.")]


@app.command()
def migrate(
    check: Annotated[bool, typer.Option("--check", help="Say what would run, and change nothing.")] = False,
) -> None:
    """Bring the database to the newest schema."""
    settings = load_settings()
    outlook = look_ahead(settings, now=utc_now())
    for sentence in outlook.says:
        typer.echo(sentence)
    for warning in outlook.warns:
        typer.echo(f"Warning: {warning}", err=True)
    if outlook.forbids:
        raise HouseError("; ".join(outlook.forbids))
    if not check:
        prepare_folders(settings)
        migrate_database(settings)
        typer.echo("The database has the newest schema.")


@app.command()
def partition() -> None:
    """Keep messages and events by month from now on, on PostgreSQL; servers may run meanwhile."""
    settings = load_settings()
    if settings.is_sqlite:
        raise HouseError("partitions are for PostgreSQL; this database is a file of SQLite")
    migrate_database(settings)
    made = partition_by_month(settings.database_url, now=utc_now())
    typer.echo(f"Made {', '.join(made)}." if made else "Everything is partitioned already.")


@app.command()
def backup(file: Archive) -> None:
    """Write database, attachments and secrets into one file."""
    written = write_backup(load_settings(), file, at=utc_now())
    typer.echo(f"Wrote {file}: the database and {written.files} files, {written.size:,} bytes.")


@app.command()
def restore(
    file: Archive,
    force: Annotated[bool, typer.Option("--force", help="Although there is something already.")] = False,
) -> None:
    """Put a backup in place; the server must not run meanwhile."""
    written = restore_backup(load_settings(), file, force=force)
    typer.echo(f"Restored the database and {written.files} files from {file}.")
