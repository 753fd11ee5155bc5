"""`tanggap replay`."""

import asyncio
import logging
from typing import Annotated

import structlog
import typer

from bot.house import open_house, utc_now
from bot.replay import replay_kept, reread_message
from bot.retelling.running import retell
from bot.settings import load_settings
from channels.contract import StoreBusy
from tickets.actions.errors import ActError

app = typer.Typer()
FAILURES = (StoreBusy, ActError)


@app.command()
def replay(
    account: Annotated[
        str | None, typer.Option(help="Only this account's, such as itb-care-center/email.")
    ] = None,
    message: Annotated[
        int | None, typer.Option(help="Read only this message again, which was processed already.")
    ] = None,
    into: Annotated[
        str | None,
        typer.Option(
            help="Put everything that ever came in into this empty database (sqlite:///… or postgresql://…), and compare."
        ),
    ] = None,
) -> None:
    """Process again what came in and could not be processed."""
    if into is not None:
        _retell(into)
        return
    with open_house(load_settings(), follow_files=False) as house:
        if message is not None:
            changed = asyncio.run(reread_message(house, message, clock=utc_now))
            typer.echo(f"Message {message} {'says something else now' if changed else 'says what it said'}.")
            return
        outcomes = asyncio.run(replay_kept(house, account=account, clock=utc_now))
    failed = [outcome for outcome in outcomes if outcome.error]
    for outcome in failed:
        typer.echo(f"{outcome.account} {outcome.event_id}: {outcome.error}", err=True)
    typer.echo(f"Processed {len(outcomes) - len(failed)} of {len(outcomes)} kept events.")
    if failed:
        raise typer.Exit(1)


def _retell(into: str) -> None:
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))
    report = asyncio.run(retell(load_settings(), into=into))
    for line in (*report.left_out, *report.untold, *report.differences):
        typer.echo(line, err=True)
    compared = ", ".join(f"{count} {what}" for what, count in report.counts.items())
    typer.echo(
        f"Told {report.events} events again, {len(report.untold)} could not be; {report.unprocessed} are kept."
    )
    typer.echo(f"Compared {compared}: {len(report.differences) or 'no'} differences.")
    if not report.is_same:
        raise typer.Exit(1)
