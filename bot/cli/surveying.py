"""`tanggap report survey`: how satisfied contacts are."""

from datetime import datetime
from typing import Annotated

import typer

from bot.cli.measuring import write_measured
from bot.cli.options import DAY, Desk, Language, format_option
from bot.cli.outputs import Output
from bot.cli.progress_bar import Quiet
from reports.making.order import PUBLIC_SURVEY, SURVEY, Order
from reports.surveyed import files as survey_files

app = typer.Typer()


@app.command()
def survey(
    output: Output,
    first: Annotated[
        datetime | None, typer.Option("--from", formats=DAY, help="The first local day.")
    ] = None,
    last: Annotated[
        datetime | None, typer.Option("--to", formats=DAY, help="The last local day, included.")
    ] = None,
    period: Annotated[
        str | None,
        typer.Option(help="Of the survey of public services, instead of days: 2026, 2026-S1, 2026-Q3."),
    ] = None,
    desk: Desk = None,
    format_: Annotated[
        str, format_option(survey_files.FORMATS, "pdf", more=", of a period also poster")
    ] = "",
    language: Language = None,
    quiet: Quiet = False,
) -> None:
    """Write how satisfied contacts are: of some days, or the survey of public services of a period."""
    if (first is None) != (last is None) or (period is None) == (first is None):
        raise typer.BadParameter("expected --from and --to, or --period", param_hint="--period")
    write_measured(_order(first, last, period, format_, language), output, desk, quiet=quiet)


def _order(
    first: datetime | None, last: datetime | None, period: str | None, format_: str, language: str | None
) -> Order:
    if period is not None:
        return Order(what=PUBLIC_SURVEY, period=period, format=format_, language=language)
    days = [None if day is None else day.date() for day in (first, last)]
    return Order(what=SURVEY, first_on=days[0], last_on=days[1], format=format_, language=language)
