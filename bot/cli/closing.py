"""`tanggap report close` and `reopen`: months that are closed, and opened again."""

from typing import Annotated

import typer

from bot.cli.options import Desk, as_month
from bot.cli.progress_bar import Quiet, progress_bar
from bot.house import open_house, utc_now
from bot.reporting.monthly_reports import known_of
from bot.settings import load_settings
from console.doors.trail import TERMINAL
from reports.filed import closing as closing_of_months
from reports.filed.filing import Occasion, make, put_by
from reports.garbage import seldom_collected
from reports.monthly import Asked
from templates_replies.catalogue import supported_language
from tickets.actor import SYSTEM
from tickets.ledger.tx import Tx

app = typer.Typer()


@app.command()
def close(
    month: Annotated[str, typer.Option(callback=as_month, help="YYYY-MM, a month that is over.")],
    desk: Desk = None,
    quiet: Quiet = False,
) -> None:
    """Close a month: its report is kept, and what changes afterwards is told as a correction."""
    with open_house(load_settings(), follow_files=False) as house, house.ledger.reading() as session:
        opened = house.desk(desk)
        own, now = opened.now.desk, utc_now()
        closing_of_months.check(session, month, desk=own, now=now)
        with seldom_collected(), progress_bar(supported_language(own.language), quiet=quiet) as tell:
            made = make(
                session, Asked(month=month), house.ledger.blobs, desk=own, now=now, known=known_of(session, opened),
                tell=tell,
            )  # fmt: skip

        def closing(tx: Tx) -> None:
            filed = put_by(tx, made, by=TERMINAL, occasion=Occasion.CLOSED)
            closing_of_months.close(
                tx, closing_of_months.to_close(made.handed.report), filed=filed, by=SYSTEM
            )

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
