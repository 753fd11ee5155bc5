"""`tanggap report close` and `reopen`: months that are closed, and opened again."""

from typing import Annotated

import typer

from bot.cli.options import Desk, as_month
from bot.house import open_house, utc_now
from bot.reporting.monthly_reports import known_of
from bot.settings import load_settings
from console.doors.trail import TERMINAL
from reports.filed import closing as closing_of_months
from reports.filed.filing import Occasion, make, put_by
from reports.monthly import Asked
from tickets.actor import SYSTEM
from tickets.ledger.writer import Tx

app = typer.Typer()


@app.command()
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


@app.command()
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
