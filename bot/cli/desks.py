"""`tanggap desk check|load|export`."""

import asyncio
from pathlib import Path, PurePosixPath
from typing import Annotated

import typer

from bot.apart.paper_press import press
from bot.apart.paper_trials import mistakes
from bot.apart.reckoning import ReckoningError
from bot.desk_files import check_folder, check_together
from bot.house import FILE, LOAD, HouseError, desk_folders, import_desk, open_ledger, utc_now
from bot.settings import load_settings
from procedures.sop_table.sketch import sketch
from tickets import revisions
from tickets.binary_texts import as_bytes

app = typer.Typer()
desk = typer.Typer(no_args_is_help=True, help="The desks' files: check them, take them in, write them out.")
app.add_typer(desk, name="desk")
FAILURES = (ReckoningError,)

Folder = Annotated[Path, typer.Argument(metavar="PATH", help="A desk's folder, or its desk.yaml.")]


@desk.command()
def check(
    path: Annotated[
        Path | None, typer.Argument(metavar="[PATH]", help="A desk's folder; left out: all desks.")
    ] = None,
) -> None:
    """Name every mistake in a desk's files, with file, line and what is expected; draw its procedures, try its papers."""
    settings = load_settings()
    own = desk_folders(settings)
    folders = [path] if path else own
    if not folders:
        raise HouseError(f"there is no desk in {settings.desks_folder}")
    reports = check_together(folders, settings.environment, beside=own)
    for report in reports:
        typer.echo(report.text, err=not report.ok)
        if report.loaded is not None:
            for procedure in report.loaded.procedures:
                typer.echo("\n".join(sketch(procedure, language=report.loaded.desk.language)))
    wrong = [
        f"{each.folder}/{mistake}"
        for each in reports
        if each.loaded
        for mistake in asyncio.run(mistakes(each.loaded, utc_now(), apart=press()))
    ]
    for line in wrong:
        typer.echo(line, err=True)
    if wrong or not all(report.ok for report in reports):
        raise typer.Exit(1)


@desk.command()
def load(
    path: Folder,
    force: Annotated[bool, typer.Option("--force", help="Even if a form has edited the desk since.")] = False,
) -> None:
    """Take a desk's files in as its newest revision."""
    settings = load_settings()
    report = check_folder(path, settings.environment)
    if report.loaded is None:
        typer.echo(report.text, err=True)
        raise typer.Exit(1)
    own = [folder.resolve() for folder in desk_folders(settings)]
    by = (
        FILE if report.folder.resolve() in own else LOAD
    )  # what lies elsewhere is not imported again at start
    with open_ledger(settings) as ledger:
        number = import_desk(ledger, report.loaded, settings.environment, by=by, force=force, at=utc_now())
    typer.echo(report.text)
    typer.echo(f"It is revision {number} now.")


@desk.command()
def export(
    path: Annotated[Path, typer.Argument(metavar="PATH", help="The folder to write to.")],
    slug: Annotated[
        str | None, typer.Option("--desk", help="Which desk; left out: the one named like the folder.")
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Overwrite files that differ.")] = False,
) -> None:
    """Write the newest revision of a desk as files, such as after edits by form."""
    slug = slug or path.resolve().name
    with open_ledger(load_settings()) as ledger:
        revision = ledger.write_blocking(lambda tx: revisions.newest(tx, slug))
        known = ledger.write_blocking(revisions.newest_numbers)
    if revision is None:
        raise HouseError(
            f"there is no desk {slug}; say --desk with one of: {', '.join(sorted(known)) or 'none'}"
        )
    targets = {_below(path, name): as_bytes(text) for name, text in revision.files.items()}
    differing = [to for to, content in targets.items() if to.exists() and to.read_bytes() != content]
    if differing and not force:
        raise HouseError(f"{differing[0]} is there and differs; overwrite it with --force")
    for to, content in targets.items():
        to.parent.mkdir(parents=True, exist_ok=True)
        to.write_bytes(content)
    typer.echo(f"Wrote revision {revision.number} of {slug} to {path}: {', '.join(sorted(revision.files))}.")


def _below(folder: Path, name: str) -> Path:
    parts = PurePosixPath(name)
    if parts.is_absolute() or ".." in parts.parts:
        raise HouseError(f"the revision holds a file {name!r}, which would lie outside of {folder}")
    return folder / parts
