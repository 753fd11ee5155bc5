"""`tanggap report discard`: what the archive of reports keeps no longer."""

import asyncio
from datetime import datetime
from typing import Annotated

import typer

from bot.cli.options import Desk
from bot.desks import Desks
from bot.discarding import MOST, Discarding
from bot.house import House, open_house, utc_now
from bot.settings import load_settings
from reports.filed import keeping

app = typer.Typer()


@app.command()
def discard(
    desk: Desk = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say which; nothing is deleted.")] = False,
) -> None:
    """Delete the files of archived reports that are older than the desk keeps them, as it happens every night."""
    with open_house(load_settings(), follow_files=False) as house:
        opened, now = house.desk(desk), utc_now()
        kept = opened.now.desk.supervision.reports_kept
        if kept is None:
            typer.echo(f"{opened.slug} keeps the files of its reports without end.")
        elif dry_run:
            _say_which(house, opened.slug, before=kept.cutoff(now))
        else:
            turn = Discarding(house.ledger, Desks({opened.slug: opened}), clock=utc_now)
            many = asyncio.run(turn.reports(opened, kept.cutoff(now), now))
            typer.echo(f"Deleted the files of {many} reports of {opened.slug}.")


def _say_which(house: House, slug: str, *, before: datetime) -> None:
    found = house.ledger.write_blocking(lambda tx: keeping.due(tx, desk=slug, before=before, most=MOST))
    for each in found:
        typer.echo(f"{each.made_at:%Y-%m-%d}  {each.name}")
    typer.echo(f"The files of {len(found)} reports of {slug} would be deleted.")
