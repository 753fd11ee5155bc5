"""`tanggap export`: the desk's records as tables."""

import sys
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer
from sqlmodel import Session

from bot.cli.options import DAY, Desk, Identities, Language, format_option
from bot.cli.outputs import OutputOrNone, as_file
from bot.cli.progress_bar import Quiet, progress_bar
from bot.cli.taking_out import tell_gone, write_down
from bot.house import House, open_house, utc_now
from bot.reporting.monthly_reports import known_of
from bot.settings import load_settings
from reports import survey_export
from reports.errors import ReportError, UnwritableError
from reports.exports import asked as asked_for
from reports.exports.asked import Asked
from reports.exports.lines import Whose
from reports.exports.writing import export
from reports.making.gone import gone_of
from reports.making.order import Order, Surroundings, whose
from reports.survey_export import export_surveys
from templates_replies.catalogue import Language as SpokenLanguage
from templates_replies.catalogue import supported_language
from tickets.desk import Desk as DeskTerms
from tickets.search import SearchIndex

app = typer.Typer()
export_app = typer.Typer(no_args_is_help=True, help="The desk's records as tables.")
app.add_typer(export_app, name="export")
FAILURES = (ReportError,)

First = Annotated[datetime, typer.Option("--from", formats=DAY, help="The first local day.")]
Last = Annotated[datetime, typer.Option("--to", formats=DAY, help="The last local day, included.")]
Filter = Annotated[
    str,
    typer.Option(
        "--filter", help="Which tickets, as in a search: 'kategori:login status:closed \"kode otp\"'."
    ),
]
Every = Annotated[
    bool,
    typer.Option("--all-desks", help="Of all desks, each line with its own; --desk says which comes first."),
]
Format = Annotated[str, format_option(asked_for.FORMATS, "csv")]


@export_app.command()
def tickets(
    first: First, last: Last, desk: Desk = None, format_: Format = "", output: OutputOrNone = None, only_: Filter = "",
    language: Language = None, identities: Identities = False, quiet: Quiet = False, every: Every = False,
) -> None:  # fmt: skip
    """Write one row for each ticket created from one day to another."""
    asked = _asked(asked_for.TICKETS, first, last, format_, language, identities=identities)
    _write(asked, desk, output, only_, quiet=quiet, every=every)


@export_app.command()
def messages(
    first: First, last: Last, desk: Desk = None, format_: Format = "", output: OutputOrNone = None, only_: Filter = "",
    language: Language = None, identities: Identities = False, quiet: Quiet = False, every: Every = False,
) -> None:  # fmt: skip
    """Write one row for each message of the tickets created from one day to another."""
    asked = _asked(asked_for.MESSAGES, first, last, format_, language, identities=identities)
    _write(asked, desk, output, only_, quiet=quiet, every=every)


@export_app.command()
def clocks(
    first: First, last: Last, desk: Desk = None, format_: Format = "", output: OutputOrNone = None, only_: Filter = "",
    language: Language = None, quiet: Quiet = False, every: Every = False,
) -> None:  # fmt: skip
    """Write one row for each promise of the tickets created from one day to another, and how it was kept."""
    _write(
        _asked(asked_for.CLOCKS, first, last, format_, language),
        desk,
        output,
        only_,
        quiet=quiet,
        every=every,
    )


@export_app.command()
def cases(
    first: First, last: Last, desk: Desk = None, format_: Format = "", output: OutputOrNone = None, only_: Filter = "",
    language: Language = None, quiet: Quiet = False, every: Every = False,
) -> None:  # fmt: skip
    """Write one row for each case of the tickets created from one day to another."""
    _write(
        _asked(asked_for.CASES, first, last, format_, language), desk, output, only_, quiet=quiet, every=every
    )


@export_app.command()
def findings(
    first: First, last: Last, desk: Desk = None, format_: Format = "", output: OutputOrNone = None,
    language: Language = None, quiet: Quiet = False, every: Every = False,
) -> None:  # fmt: skip
    """Write one row for each finding of the register that was written down from one day to another."""
    _write(
        _asked(asked_for.FINDINGS, first, last, format_, language), desk, output, "", quiet=quiet, every=every
    )


@export_app.command()
def surveys(
    first: First,
    last: Last,
    desk: Desk = None,
    format_: Annotated[str, format_option(survey_export.FORMATS, "csv")] = "",
    output: OutputOrNone = None,
) -> None:
    """Write one row for each survey question asked from one day to another."""
    to = as_file(output, format_)
    with open_house(load_settings(), follow_files=False) as house, house.ledger.reading() as session:
        opened = house.desk(desk)
        known = known_of(session, opened)
        count = export_surveys(
            session, desk=opened.now.desk, first_on=first.date(), last_on=last.date(), format=format_,
            to=to or sys.stdout.buffer, category_names=known.category_names, staff_names=known.staff_names,
        )  # fmt: skip
        write_down(house, opened.slug, "surveys", format_)
    typer.echo(f"Wrote {count} surveys{f' to {to}' if to else ''}.", err=True)


def _asked(
    what: str,
    first: datetime,
    last: datetime,
    format_: str,
    language: str | None,
    *,
    identities: bool = False,
) -> Asked:
    return Asked(
        what=what, first_on=first.date(), last_on=last.date(), format=format_, language=language, identities=identities
    )  # fmt: skip


def _write(
    asked: Asked, desk: str | None, output: Path | None, filter_: str, *, quiet: bool, every: bool
) -> None:
    """Write it to a file or to standard output, and leave a line in the trail of each desk."""
    to = as_file(output, asked.format)
    with (
        open_house(load_settings(), follow_files=False) as house,
        house.ledger.reading() as session,
        closing(SearchIndex.open(house.ledger, house.settings.search_index)) as index,
    ):
        now = utc_now()
        order = _order(asked, filter_)
        own, *beside = whose(session, order, index, _around(session, house, desk, now, every=every))
        desks = [own.desk.slug, *(each.desk.slug for each in beside)]
        with _handing(house, desks, asked, to), progress_bar(_spoken(asked, own.desk), quiet=quiet) as tell:
            count = export(
                session, replace(asked, only=own.only), to or sys.stdout.buffer, desk=own.desk, known=own.known, now=now,
                beside=beside, tell=tell,
            )  # fmt: skip
        gone = gone_of(session, order, desks, today=now.date())
    typer.echo(f"Wrote {count} {asked.what}{f' to {to}' if to else ''}.", err=True)
    tell_gone(gone, _spoken(asked, own.desk))


def _order(asked: Asked, filter_: str) -> Order:
    return Order(
        what=asked.what, format=asked.format, language=asked.language, identities=asked.identities, filter=filter_,
        first_on=asked.first_on, last_on=asked.last_on,
    )  # fmt: skip


def _around(session: Session, house: House, desk: str | None, now: datetime, *, every: bool) -> Surroundings:
    """Return the desk that is meant, and with `every` the others beside it. Raises HouseError."""
    first = min(each.slug for each in house.desks) if every and desk is None else desk
    own = house.desk(first)
    others = [each for each in house.desks if every and each.slug != own.slug]
    return Surroundings(
        desk=own.now.desk, known=known_of(session, own), now=now,
        beside=[Whose(desk=each.now.desk, known=known_of(session, each)) for each in others],
    )  # fmt: skip


@contextmanager
def _handing(house: House, desks: Sequence[str], asked: Asked, to: Path | None) -> Iterator[None]:
    """Leave a line in each trail of what was handed out: also of what had left by standard output before it was broken off."""
    try:
        yield
    except (KeyboardInterrupt, SystemExit, UnwritableError):
        if to is None:
            _write_down(house, desks, asked)
        raise
    _write_down(house, desks, asked)


def _write_down(house: House, desks: Sequence[str], asked: Asked) -> None:
    for desk in desks:
        write_down(house, desk, asked.what, asked.format, identities=asked.identities)


def _spoken(asked: Asked, desk: DeskTerms) -> SpokenLanguage:
    return supported_language(asked.language or desk.language)
