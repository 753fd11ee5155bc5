"""`tanggap report`: the reports of a desk."""

from typing import Annotated

import typer

from bot.cli import closing, keeping_reports, surveying
from bot.cli.measuring import write_measured
from bot.cli.options import Desk, Identities, Language, as_month, format_option
from bot.cli.outputs import Output, whole
from bot.cli.progress_bar import Quiet, progress_bar
from bot.cli.taking_out import write_down
from bot.heap import one_heap
from bot.house import open_house, utc_now
from bot.reporting.monthly_reports import known_of
from bot.settings import load_settings
from reports import monthly as month_file
from reports.errors import ReportError
from reports.garbage import seldom_collected
from reports.helper import helper
from reports.led import files as year_file
from reports.making.order import ANNUAL, SCORECARD, Order
from reports.monthly import Asked, write_month
from reports.part import Part
from reports.scorecard import files as scorecard_file
from templates_replies.catalogue import supported_language

app = typer.Typer()
report_app = typer.Typer(no_args_is_help=True, help="The reports of a desk.")
app.add_typer(report_app, name="report")
FAILURES = (ReportError,)


def _month_or_none(value: str | None) -> str | None:
    return None if value is None else as_month(value)


@report_app.command()
def monthly(
    month: Annotated[
        str, typer.Option(callback=as_month, help="YYYY-MM; the running month says that it runs.")
    ],
    output: Output,
    desk: Desk = None,
    format_: Annotated[str, format_option(month_file.FORMATS, "xlsx")] = "",
    team: Annotated[str | None, typer.Option(help="Only the tickets that this team has, by its id.")] = None,
    category: Annotated[
        str | None, typer.Option(help="Only the tickets of this category, by its id.")
    ] = None,
    language: Language = None,
    identities: Identities = False,
    quiet: Quiet = False,
) -> None:
    """Write the report of a month."""
    asked = Asked(
        month=month, format=format_, language=language, part=Part(team=team, category=category), identities=identities
    )  # fmt: skip
    one_heap()
    settings = load_settings()
    with (
        helper(settings.database_url) as helping,
        open_house(settings, follow_files=False, only=desk) as house,
        house.ledger.reading() as session,
    ):
        opened = house.desk(desk)
        own, known = opened.now.desk, known_of(session, opened)
        with whole(output, format_) as path:
            with (
                seldom_collected(),
                progress_bar(supported_language(language or own.language), quiet=quiet) as tell,
            ):
                write_month(
                    session, asked, path, desk=own, now=utc_now(), known=known, tell=tell, helper=helping
                )
            write_down(house, opened.slug, "report", format_, identities=identities)


@report_app.command()
def annual(
    year: Annotated[str, typer.Option(help="YYYY; the running year says that it runs.")],
    output: Output,
    desk: Desk = None,
    format_: Annotated[str, format_option(year_file.FORMATS, "docx")] = "",
    language: Language = None,
    quiet: Quiet = False,
) -> None:
    """Write the self-evaluation of a year."""
    write_measured(
        Order(what=ANNUAL, period=year, format=format_, language=language), output, desk, quiet=quiet
    )


@report_app.command()
def scorecard(
    output: Output,
    month: Annotated[str | None, typer.Option(callback=_month_or_none, help="YYYY-MM.")] = None,
    year: Annotated[int | None, typer.Option(help="YYYY, instead of a month.")] = None,
    desk: Desk = None,
    format_: Annotated[str, format_option(scorecard_file.FORMATS, "xlsx")] = "",
    language: Language = None,
    quiet: Quiet = False,
) -> None:
    """Write the scorecard of a month or a year."""
    if (month is None) == (year is None):
        raise typer.BadParameter("expected --month YYYY-MM or --year YYYY", param_hint="--month")
    period = month or str(year)
    write_measured(
        Order(what=SCORECARD, period=period, format=format_, language=language), output, desk, quiet=quiet
    )


report_app.add_typer(closing.app)
report_app.add_typer(surveying.app)
report_app.add_typer(keeping_reports.app)
