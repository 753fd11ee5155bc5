"""`tanggap archive write`."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from bot.desks import OpenDesk
from bot.former_procedures import for_pages
from bot.house import House, open_house, utc_now
from bot.settings import load_settings
from console.doors import trail
from console.doors.trail import TERMINAL, Entry, Kind
from procedures.archive.casefile import Office, entries, file_name
from procedures.archive.gathering import gathered
from procedures.archive.naming import Names
from procedures.archive.packing import Entry as Packed
from procedures.archive.packing import packed
from procedures.archive.views import Filed, Span, Wanted, filed
from procedures.running import actions
from procedures.words.masking import hidden, whole

app = typer.Typer()
archive_app = typer.Typer(no_args_is_help=True, help="The archive of a desk's procedures.")
app.add_typer(archive_app, name="archive")
FAILURES = ()

FIRST_YEAR, LAST_YEAR = 1980, 9998


@archive_app.callback()
def archive() -> None:
    """Keep `write` a subcommand while it is the only one."""


@archive_app.command()
def write(
    year: Annotated[
        int, typer.Option(min=FIRST_YEAR, max=LAST_YEAR, help="In which the cases ended, by the desk's own time.")
    ],
    output: Annotated[Path, typer.Option("--output", "-o", help="The ZIP to write.")],
    desk: Annotated[str | None, typer.Option(help="Which desk; left out: the only one.")] = None,
    identities: Annotated[
        bool, typer.Option("--identities", help="Write identity numbers out, which are masked otherwise.")
    ] = False,
) -> None:  # fmt: skip
    """Write the cases that ended in a year, a folder each, as one ZIP."""
    with open_house(load_settings(), follow_files=False) as house:
        opened = house.desk(desk)
        office = Office(
            desk=opened.now.desk, blobs=house.ledger.blobs, mask=whole if identities else hidden, now=utc_now()
        )  # fmt: skip
        found = _ended_in(house, opened, year)
        with output.open("wb") as file:
            for piece in packed(_entries(house, found, office)):
                file.write(piece)
        _write_down(house, opened.slug, identities=identities)
    typer.echo(f"Wrote {len(found)} cases to {output}.")


def _ended_in(house: House, desk: OpenDesk, year: int) -> list[Filed]:
    zone = desk.now.desk.calendar.tz
    start, end = (datetime(each, 1, 1, tzinfo=zone).astimezone(UTC) for each in (year, year + 1))
    with house.ledger.reading() as session:
        return filed(session, Wanted(desks={desk.slug: Span(start_at=start, end_at=end)}), most=None)


def _entries(house: House, cases: list[Filed], office: Office) -> Iterator[Packed]:
    """Yield the files of many cases, each read when it is its turn."""
    under, names = for_pages(house.ledger, house.desks), Names()
    for each in reversed(cases):
        with house.ledger.reading() as session:
            found = gathered(session, each.case)
        case = found.view.case
        procedure = actions.of_case(under(case.desk, case.revision), case)
        folder = names.free(file_name(found, procedure, office))
        yield from entries(found, procedure, office, folder=folder)


def _write_down(house: House, desk: str, *, identities: bool) -> None:
    """Leave a line in the trail of what was taken out, and whether with whole identity numbers."""
    data = {"what": "archive", "format": "zip", **({"identities": True} if identities else {})}
    entry = Entry(kind=Kind.EXPORTED, who=TERMINAL, desk=desk, data=data)
    house.ledger.write_blocking(lambda tx: trail.write(tx, entry, at=utc_now()))
