"""`tanggap retention run`."""

import asyncio
from datetime import datetime
from functools import partial
from typing import Annotated

import typer

from bot.desks import Desks, OpenDesk
from bot.discarding import Discarding
from bot.dropping import Months, Whose, drop_months, months_over
from bot.house import House, open_house, utc_now
from bot.personal.keeping import Keeping
from bot.personal.report import count_lines, foreseen_lines
from bot.settings import load_settings
from console.doors.trail import TERMINAL
from templates_replies.catalogue import supported_language
from tickets.actor import SYSTEM
from tickets.desk import Retention
from tickets.erasure import Thing, added
from tickets.personal import alone

app = typer.Typer()
retention_app = typer.Typer(no_args_is_help=True, help="What desks have kept for as long as they say.")
app.add_typer(retention_app, name="retention")
FAILURES = ()
_BY = f"{SYSTEM.key}:{TERMINAL}"


@retention_app.callback()
def retention() -> None:
    """Keep `run` a subcommand while it is the only one."""


@retention_app.command()
def run(
    desk: Annotated[str | None, typer.Option(help="Which desk; left out: all of them.")] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what would go.")] = False,
) -> None:
    """Delete what was kept for long enough, as it happens every night, and say what that was.

    Months that are partitions of a desk alone on PostgreSQL go whole, if all of them is over.
    """
    with open_house(load_settings(), follow_files=False) as house:
        for each in [house.desk(desk)] if desk else list(house.desks):
            kept = each.now.desk.retention
            if kept is None:
                typer.echo(f"{each.slug} keeps everything without end: it names no retention.")
            elif dry_run:
                asyncio.run(_foresee(house, each, kept.cutoff(utc_now())))
                _tell(months_over(house.ledger, _whose(each, kept), erasing=True), "would go whole")
            else:
                asyncio.run(_remove(house, each, kept.cutoff(utc_now())))
                gone = drop_months(house.ledger, _whose(each, kept), by=_BY, at=utc_now())
                _tell(gone, "went whole")
        if desk is None:
            asyncio.run(_commands(house, dry_run=dry_run))


async def _commands(house: House, *, dry_run: bool) -> None:
    """Empty what belongs to no desk once none keeps it, or say how much that would be; silent where there is nothing."""
    discarding, now = Discarding(house.ledger, house.desks, clock=utc_now), utc_now()
    before = discarding.kept_by_none(now)
    if before is None:
        return
    if dry_run:
        many = await house.ledger.read(partial(alone.how_many_commands, before=before))
    else:
        many = await discarding.commands(now)
    if many:
        what = "would be emptied" if dry_run else "were emptied"
        typer.echo(f"Commands of pages and programs upon no ticket that {what}: {many}.")


async def _foresee(house: House, desk: OpenDesk, before: datetime) -> None:
    foreseen = await Keeping(house.ledger, clock=utc_now).foresee(desk, before)
    typer.echo(f"{desk.slug}, what ended before {before:%Y-%m-%d}; nothing was deleted:")
    for line in foreseen_lines(foreseen, supported_language(desk.now.desk.language)):
        typer.echo(line)


async def _remove(house: House, desk: OpenDesk, before: datetime) -> None:
    now = utc_now()
    discarding = Discarding(house.ledger, Desks({desk.slug: desk}), clock=utc_now)
    cases = await discarding.cases(desk, before, now)
    gone = await Keeping(house.ledger, clock=utc_now).turn(desk, before)
    typer.echo(f"{desk.slug}, what ended before {before:%Y-%m-%d} and was deleted:")
    for line in count_lines(added(({Thing.CASES: cases}, gone)), supported_language(desk.now.desk.language)):
        typer.echo(line)


def _whose(desk: OpenDesk, kept: Retention) -> Whose:
    return Whose(desk=desk.slug, zone=desk.now.desk.calendar.zone, before=kept.cutoff(utc_now()))


def _tell(months: Months | None, what: str) -> None:
    """Say which months' partitions go, where there are any."""
    if months is None:
        return
    for part in months.over:
        typer.echo(f"  messages_{part.name} and events_{part.name} {what}.")
    if months.stays is not None:
        typer.echo(f"  {months.stays}.")
