"""`tanggap report`: the reports of a desk."""

import re
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any

import typer
from sqlmodel import Session, select

from bot.desks import OpenDesk
from bot.house import House, open_house, utc_now
from bot.monthly_reports import known_of
from bot.settings import load_settings
from console.doors import trail
from console.doors.trail import TERMINAL, Entry, Kind
from reports import monthly as month_file
from reports.errors import ReportError
from reports.filed import closing as closing_of_months
from reports.filed.filing import Occasion, make, put_by
from reports.led import files as year_file
from reports.led.files import write_year
from reports.measures import names_of
from reports.monthly import Asked, write_month
from reports.paper.logos import logo_of
from reports.part import Part
from reports.periods import Days, Month
from reports.scorecard import files as scorecard_file
from reports.scorecard.card import month_card, year_card
from reports.surveyed import files as survey_files
from reports.surveyed.measured import public_report, survey_report
from templates_replies.catalogue import Language as SpokenLanguage
from tickets.actor import SYSTEM
from tickets.ledger.writer import Tx
from tickets.tables import Staff

app = typer.Typer()
report_app = typer.Typer(no_args_is_help=True, help="The reports of a desk.")
app.add_typer(report_app, name="report")
FAILURES = (ReportError,)

DAY = ["%Y-%m-%d"]


def format_option(formats: tuple[str, ...]) -> Any:
    """Return the option that takes one of some formats."""

    def check(value: str) -> str:
        if value not in formats:
            raise typer.BadParameter(f"expected {' or '.join(formats)}")
        return value

    return typer.Option("--format", callback=check, help=" or ".join(formats))


def _language(value: str | None) -> str | None:
    if value not in {None, "id", "en"}:
        raise typer.BadParameter("expected id or en")
    return value


def as_month(value: str) -> str:
    if not re.fullmatch(r"\d{4}-(0[1-9]|1[0-2])", value, re.ASCII):
        raise typer.BadParameter("expected YYYY-MM, such as 2026-10")
    return value


def _month_or_none(value: str | None) -> str | None:
    return None if value is None else as_month(value)


Desk = Annotated[str | None, typer.Option(help="Which desk; left out: the only one.")]
Language = Annotated[str | None, typer.Option(callback=_language, help="id or en; left out: the desk's.")]
Identities = Annotated[
    bool, typer.Option("--identities", help="Write identity numbers out, which are masked otherwise.")
]


@report_app.command()
def monthly(
    month: Annotated[
        str, typer.Option(callback=as_month, help="YYYY-MM; the running month says that it runs.")
    ],
    output: Annotated[Path, typer.Option("--output", "-o", help="The file to write.")],
    desk: Desk = None,
    format_: Annotated[str, typer.Option("--format", help=" or ".join(month_file.FORMATS))] = "xlsx",
    team: Annotated[str | None, typer.Option(help="Only the tickets that this team has, by its id.")] = None,
    category: Annotated[
        str | None, typer.Option(help="Only the tickets of this category, by its id.")
    ] = None,
    language: Language = None,
    identities: Identities = False,
) -> None:
    """Write the report of a month."""
    asked = Asked(
        month=month, format=format_, language=language, part=Part(team=team, category=category), identities=identities
    )  # fmt: skip
    with open_house(load_settings(), follow_files=False) as house, house.ledger.reading() as session:
        opened = house.desk(desk)
        write_month(
            session, asked, output, desk=opened.now.desk, now=utc_now(), known=known_of(session, opened)
        )
        write_down(house, opened.slug, "report", format_, identities=identities)
    typer.echo(f"Wrote {output}.")


@report_app.command()
def annual(
    year: Annotated[str, typer.Option(help="YYYY; the running year says that it runs.")],
    output: Annotated[Path, typer.Option("--output", "-o", help="The file to write.")],
    desk: Desk = None,
    format_: Annotated[str, typer.Option("--format", help=" or ".join(year_file.FORMATS))] = "docx",
    language: Language = None,
) -> None:
    """Write the self-evaluation of a year."""
    with open_house(load_settings(), follow_files=False) as house, house.ledger.reading() as session:
        opened = house.desk(desk)
        own = opened.now.desk
        write_year(
            session, year, output, format=format_, language=_spoken(language, own.language), desk=own, now=utc_now(),
            known=known_of(session, opened),
        )  # fmt: skip
        write_down(house, opened.slug, "annual", format_)
    typer.echo(f"Wrote {output}.")


@report_app.command()
def scorecard(
    output: Annotated[Path, typer.Option("--output", "-o", help="The file to write.")],
    month: Annotated[str | None, typer.Option(callback=_month_or_none, help="YYYY-MM.")] = None,
    year: Annotated[int | None, typer.Option(help="YYYY, instead of a month.")] = None,
    desk: Desk = None,
    format_: Annotated[str, format_option(scorecard_file.FORMATS)] = "xlsx",
    language: Language = None,
) -> None:
    """Write the scorecard of a month or a year."""
    if (month is None) == (year is None):
        raise typer.BadParameter("expected --month YYYY-MM or --year YYYY", param_hint="--month")
    now = utc_now()
    with open_house(load_settings(), follow_files=False) as house, house.ledger.reading() as session:
        opened = house.desk(desk)
        own = opened.now.desk
        if year is not None:
            card = year_card(session, desk=own, procedures=opened.procedures, year=year, now=now)
        else:
            asked = Month.parse(month or "", zone=own.calendar.zone, now=now)
            card = month_card(session, desk=own, procedures=opened.procedures, month=asked, now=now)
        scorecard_file.write_card(
            card,
            output,
            format=format_,
            language=_spoken(language, own.language),
            letterhead=own.letterhead,
            logo=logo_of(session, own),
        )
        write_down(house, opened.slug, "scorecard", format_)
    typer.echo(f"Wrote {output}.")


@report_app.command()
def close(
    month: Annotated[str, typer.Option(callback=as_month, help="YYYY-MM, a month that is over.")],
    desk: Desk = None,
) -> None:
    """Close a month: its report is kept, and what changes afterwards is told as a correction."""
    with open_house(load_settings(), follow_files=False) as house, house.ledger.reading() as session:
        opened = house.desk(desk)
        made = make(
            session, Asked(month=month), house.ledger.blobs, desk=opened.now.desk, now=utc_now(),
            known=known_of(session, opened),
        )  # fmt: skip

        def closing(tx: Tx) -> None:
            filed = put_by(tx, made, by=TERMINAL, occasion=Occasion.CLOSED)
            closing_of_months.close(tx, made.handed.report, filed=filed, by=SYSTEM)

        house.ledger.write_blocking(closing)
    typer.echo(f"Closed {month} of {opened.slug}.")


@report_app.command()
def reopen(
    month: Annotated[str, typer.Option(callback=as_month, help="YYYY-MM, a month that is closed.")],
    desk: Desk = None,
) -> None:
    """Open a closed month again; what was reported stays in the archive."""
    with open_house(load_settings(), follow_files=False) as house:
        slug = house.desk(desk).slug
        house.ledger.write_blocking(
            lambda tx: closing_of_months.reopen(tx, slug, month, by=SYSTEM, at=utc_now())
        )
    typer.echo(f"Reopened {month} of {slug}.")


@report_app.command()
def survey(
    output: Annotated[Path, typer.Option("--output", "-o", help="The file to write.")],
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
        spoken, logo = _spoken(language, own.language), logo_of(session, own)
        if period is not None:
            public = public_report(session, desk=own, period=period, now=now)
            survey_files.write_public_file(
                public, output, format=format_, language=spoken, letterhead=own.letterhead, logo=logo
            )
        elif first is not None and last is not None:
            names = names_of(
                own, category_names=_categories(opened), staff_names=_staff(session, opened.slug)
            )
            days = Days.of(first.date(), last.date(), zone=own.calendar.zone)
            found = survey_report(session, desk=own, days=days, now=now, names=names)
            survey_files.write_survey_file(
                found, output, format=format_, language=spoken, letterhead=own.letterhead, logo=logo
            )
        write_down(house, opened.slug, "survey", format_)
    typer.echo(f"Wrote {output}.")


def write_down(house: House, desk: str, what: str, format_: str, *, identities: bool = False) -> None:
    """Leave a line in the trail of what was taken out, and whether with whole identity numbers."""
    data = {"what": what, "format": format_, **({"identities": True} if identities else {})}
    entry = Entry(kind=Kind.EXPORTED, who=TERMINAL, desk=desk, data=data)
    house.ledger.write_blocking(lambda tx: trail.write(tx, entry, at=utc_now()))


def _spoken(asked: str | None, usual: str) -> SpokenLanguage:
    return "id" if (asked or usual) == "id" else "en"


def _categories(desk: OpenDesk) -> dict[str, str]:
    return {category.id: category.name for category in desk.catalogue.categories}


def _staff(session: Session, desk: str) -> dict[str, str]:
    """Return the names of all who ever worked at the desk: old tickets name them too."""
    return {row.id: row.name for row in session.exec(select(Staff).where(Staff.desk == desk))}
