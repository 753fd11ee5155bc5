"""`tanggap export`: the desk's records as tables."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import Progress, TextColumn
from sqlalchemy import ColumnElement

from bot.cli.options import DAY, Desk, Identities, format_option
from bot.cli.taking_out import write_down
from bot.desks import OpenDesk
from bot.house import open_house, utc_now
from bot.monthly_reports import known_of
from bot.settings import load_settings
from reports import export as ticket_export
from reports import records, survey_export
from reports.errors import ReportError
from reports.export import export_tickets
from reports.filtered import conditions
from reports.handed import Known
from reports.measures import names_of
from reports.records import Asked, export_records
from reports.survey_export import export_surveys

app = typer.Typer()
export_app = typer.Typer(no_args_is_help=True, help="The desk's records as tables.")
app.add_typer(export_app, name="export")
FAILURES = (ReportError,)

First = Annotated[datetime, typer.Option("--from", formats=DAY, help="The first local day.")]
Last = Annotated[datetime, typer.Option("--to", formats=DAY, help="The last local day, included.")]
Output = Annotated[Path | None, typer.Option("--output", "-o", help="A file; left out: standard output.")]
Only = Annotated[
    str,
    typer.Option("--filter", help="Which tickets, as in a search: 'kategori:login status:closed,solved'."),
]
RecordFormat = Annotated[str, format_option(records.FORMATS)]


@export_app.command()
def tickets(
    first: First,
    last: Last,
    desk: Desk = None,
    format_: Annotated[str, format_option(ticket_export.FORMATS)] = "csv",
    output: Output = None,
    only: Only = "",
    identities: Identities = False,
) -> None:
    """Write one row for each ticket created from one day to another."""
    if output is None and format_ == "xlsx" and sys.stdout.isatty():
        raise typer.BadParameter("a workbook is no text for a terminal; say -o FILE", param_hint="--output")
    with open_house(load_settings(), follow_files=False) as house, house.ledger.reading() as session:
        opened = house.desk(desk)
        known = known_of(session, opened)
        count = export_tickets(
            session, desk=opened.now.desk, first_on=first.date(), last_on=last.date(), now=utc_now(), format=format_,
            to=output or sys.stdout.buffer, category_names=known.category_names, staff_names=known.staff_names,
            conditions=_conditions(only, opened, known), identities=identities,
        )  # fmt: skip
        write_down(house, opened.slug, "tickets", format_, identities=identities)
    typer.echo(f"Wrote {count} tickets{f' to {output}' if output else ''}.", err=True)


@export_app.command()
def messages(
    first: First, last: Last, desk: Desk = None, format_: RecordFormat = "csv", output: Output = None, only: Only = "",
    identities: Identities = False,
) -> None:  # fmt: skip
    """Write one row for each message of the tickets created from one day to another."""
    _records("messages", first, last, desk, format_, output, only, identities=identities)


@export_app.command()
def clocks(
    first: First, last: Last, desk: Desk = None, format_: RecordFormat = "csv", output: Output = None, only: Only = ""
) -> None:  # fmt: skip
    """Write one row for each promise of the tickets created from one day to another, and how it was kept."""
    _records("clocks", first, last, desk, format_, output, only)


@export_app.command()
def cases(
    first: First, last: Last, desk: Desk = None, format_: RecordFormat = "csv", output: Output = None, only: Only = ""
) -> None:  # fmt: skip
    """Write one row for each case of the tickets created from one day to another."""
    _records("cases", first, last, desk, format_, output, only)


@export_app.command()
def surveys(
    first: First,
    last: Last,
    desk: Desk = None,
    format_: Annotated[str, format_option(survey_export.FORMATS)] = "csv",
    output: Output = None,
) -> None:
    """Write one row for each survey question asked from one day to another."""
    with open_house(load_settings(), follow_files=False) as house, house.ledger.reading() as session:
        opened = house.desk(desk)
        known = known_of(session, opened)
        count = export_surveys(
            session, desk=opened.now.desk, first_on=first.date(), last_on=last.date(), format=format_,
            to=output or sys.stdout.buffer, category_names=known.category_names, staff_names=known.staff_names,
        )  # fmt: skip
        write_down(house, opened.slug, "surveys", format_)
    typer.echo(f"Wrote {count} surveys{f' to {output}' if output else ''}.", err=True)


def _records(
    what: str, first: datetime, last: datetime, desk: str | None, format_: str, output: Path | None, only: str, *,
    identities: bool = False,
) -> None:  # fmt: skip
    with open_house(load_settings(), follow_files=False) as house, house.ledger.reading() as session:
        opened = house.desk(desk)
        asked = Asked(
            what=what, first_on=first.date(), last_on=last.date(), format=format_,
            conditions=_conditions(only, opened, known_of(session, opened)), identities=identities,
        )  # fmt: skip
        with _progress(what) as progress:
            count = export_records(
                session,
                asked,
                output or sys.stdout.buffer,
                desk=opened.now.desk,
                now=utc_now(),
                progress=progress,
            )
        write_down(house, opened.slug, what, format_, identities=identities)
    typer.echo(f"Wrote {count} {what}{f' to {output}' if output else ''}.", err=True)


@contextmanager
def _progress(what: str) -> Iterator[Callable[[], None]]:
    """Count on the terminal, where there is one."""
    shown = Console(stderr=True)
    columns = (TextColumn("{task.completed:,.0f} {task.description}"),)
    with Progress(*columns, console=shown, transient=True, disable=not shown.is_terminal) as progress:
        task = progress.add_task(what, total=None)
        yield lambda: progress.advance(task)


def _conditions(only: str, desk: OpenDesk, known: Known) -> list[ColumnElement[bool]]:
    names = names_of(desk.now.desk, category_names=known.category_names, staff_names=known.staff_names)
    return conditions(only, names=names, today=utc_now().date())
