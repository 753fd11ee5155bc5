"""`tanggap import`: the history of the desk that was used before."""

import csv
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import tzinfo
from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from bot.cli.options import Desk
from bot.cli.progress_bar import Quiet, progress_bar
from bot.desk_files.problems import DeskFileError
from bot.house import HouseError, open_house, utc_now
from bot.importing.mapping import Known, Plan, read_mapping
from bot.importing.reading import Read
from bot.importing.rows import UnreadableFileError
from bot.importing.running import MOST_TOLD, Checked, Written, check, write
from bot.reporting.monthly_reports import known_of
from bot.settings import load_settings
from reports.progress import Progress, Stage, Tell
from reports.table import harmless
from templates_replies.catalogue import supported_language

app = typer.Typer()
import_app = typer.Typer(no_args_is_help=True, help="The history of the desk that was used before.")
app.add_typer(import_app, name="import")
FAILURES = (DeskFileError, UnreadableFileError)

LARGEST_MAPPING = 1_000_000  # bytes


@import_app.command()
def tickets(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A CSV file with a heading.")],
    mapping: Annotated[Path, typer.Option("--mapping", "-m", help="What its columns and words mean: a YAML file.")],
    desk: Desk = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Check everything, write nothing.")] = False,
    skip_bad: Annotated[bool, typer.Option("--skip-bad", help="Leave out tickets with mistakes.")] = False,
    mistakes: Annotated[
        Path | None, typer.Option("--mistakes", help="Write every mistake into this CSV file: line, ticket, what is wrong.")
    ] = None,
    quiet: Quiet = False,
) -> None:  # fmt: skip
    """Take over the tickets of a CSV file, each once; nothing is sent for them and no clock runs."""
    with open_house(load_settings(), follow_files=False) as house:
        opened, now = house.desk(desk), utc_now()
        with house.ledger.reading() as session:
            known = known_of(session, opened)
        plan = _plan(
            mapping,
            opened.now.desk.calendar.tz.key,
            known=Known(categories=known.category_names, staff=known.staff_names),
        )
        showing = partial(progress_bar, supported_language(opened.now.desk.language), quiet=quiet)
        with _listing(mistakes) as note, showing() as tell:
            found = check(file, plan, now=now, note=note, tell=tell)
        _tell(found, file, opened.now.desk.calendar.tz)
        if found.bad and not skip_bad and not dry_run:
            raise HouseError(
                "nothing was written; mend the file or the mapping, or leave those tickets out with --skip-bad"
            )
        if dry_run:
            raise typer.Exit(1 if found.bad and not skip_bad else 0)
        with showing() as tell:
            storing = write(file, plan, ledger=house.ledger, desk=opened.now, now=now)
            written = _followed(storing, of=found.tickets, tell=tell)
    typer.echo(f"Imported {written.tickets:,} tickets; {written.known:,} were here already.")


def _followed(storing: Iterator[Written], *, of: int, tell: Tell) -> Written:
    """Return what came of it. Whoever stops it is told what is here, and that it goes on from there."""
    written = Written()
    try:
        for written in storing:
            tell(Progress(what=Stage.TAKING_OVER, done=written.here, of=of))
    except (KeyboardInterrupt, SystemExit):
        typer.echo(
            f"Stopped: at least {written.here:,} of {of:,} tickets are here. The same command goes on with the rest.",
            err=True,
        )
        raise
    return written


def _plan(mapping: Path, tz: str, *, known: Known) -> Plan:
    try:
        with mapping.open("rb") as file:
            text = file.read(LARGEST_MAPPING + 1).decode("utf-8")
    except OSError as error:
        raise UnreadableFileError(f"{mapping} cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise UnreadableFileError(f"{mapping} is not written in UTF-8") from error
    return read_mapping(mapping.name, text, tz=tz, known=known)


@contextmanager
def _listing(path: Path | None) -> Iterator[Callable[[Read], None]]:
    """Give what notes each mistake of a ticket, in a file if there is one."""
    if path is None:
        yield lambda _: None
        return
    try:
        with path.open("w", encoding="utf-8-sig", newline="") as file:
            writer = csv.writer(file, lineterminator="\r\n")
            writer.writerow(("line", "ticket", "mistake"))
            yield lambda read: writer.writerows(
                (mistake.line, harmless(read.key), harmless(mistake.says)) for mistake in read.mistakes
            )
    except OSError as error:
        raise UnreadableFileError(f"{path} cannot be written: {error.strerror}") from error


def _tell(found: Checked, file: Path, tz: tzinfo) -> None:
    """Say what the file holds, and every kind of mistake with the first line that has it."""
    for kind, mistake in list(found.mistakes.items())[:MOST_TOLD]:
        more = f" (and {found.often[kind] - 1:,} more)" if found.often[kind] > 1 else ""
        typer.echo(f"{file.name}, line {mistake.line}: {mistake.says}{more}", err=True)
    if len(found.mistakes) > MOST_TOLD:
        typer.echo(f"and {len(found.mistakes) - MOST_TOLD:,} more kinds of mistakes", err=True)
    if found.bad:
        typer.echo(f"{found.bad:,} tickets have mistakes.", err=True)
    if found.first_at is None or found.last_at is None:
        typer.echo(f"{file} has no tickets that can be imported.")
        return
    typer.echo(
        f"{file}: {found.tickets:,} tickets with {found.messages:,} messages, "
        f"created from {found.first_at.astimezone(tz):%Y-%m-%d} to {found.last_at.astimezone(tz):%Y-%m-%d}."
    )
    typer.echo(f"  channels: {', '.join(f'{name} {many:,}' for name, many in found.channels.most_common())}")
    counted = ", ".join(f"{name or 'none'} {many:,}" for name, many in found.categories.most_common())
    typer.echo(f"  categories: {counted}")
