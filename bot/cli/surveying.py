"""`tanggap report survey`: how satisfied contacts are."""

from datetime import datetime
from typing import Annotated

import typer

from bot.cli.options import DAY, Desk, Language
from bot.cli.outputs import Output, whole
from bot.cli.taking_out import write_down
from bot.house import open_house, utc_now
from bot.reporting.monthly_reports import known_of
from bot.settings import load_settings
from reports.measures import names_of
from reports.paper.logos import logo_of
from reports.periods import Days
from reports.surveyed import files as survey_files
from reports.surveyed.measured import public_report, survey_report
from templates_replies.catalogue import supported_language

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
        str, typer.Option("--format", help=f"{' or '.join(survey_files.FORMATS)}; of a period also poster")
    ] = "pdf",
    language: Language = None,
) -> None:
    """Write how satisfied contacts are: of some days, or the survey of public services of a period."""
    if (first is None) != (last is None) or (period is None) == (first is None):
        raise typer.BadParameter("expected --from and --to, or --period", param_hint="--period")
    now = utc_now()
    with open_house(load_settings(), follow_files=False) as house, house.ledger.reading() as session:
        opened = house.desk(desk)
        own = opened.now.desk
        words, logo = supported_language(language or own.language), logo_of(session, own)
        with whole(output, "pdf" if format_ == "poster" else format_) as path:
            if period is not None:
                public = public_report(session, desk=own, period=period, now=now)
                survey_files.write_public_file(
                    public, path, format=format_, language=words, letterhead=own.letterhead, logo=logo
                )
            elif first is not None and last is not None:
                known = known_of(session, opened)
                names = names_of(own, category_names=known.category_names, staff_names=known.staff_names)
                days = Days.of(first.date(), last.date(), zone=own.calendar.zone)
                found = survey_report(session, desk=own, days=days, now=now, names=names)
                survey_files.write_survey_file(
                    found, path, format=format_, language=words, letterhead=own.letterhead, logo=logo
                )
            write_down(house, opened.slug, "survey", format_)
