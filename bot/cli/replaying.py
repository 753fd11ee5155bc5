"""`tanggap replay`."""

import asyncio
from typing import Annotated

import typer

from bot.house import open_house, utc_now
from bot.replay import replay_kept, reread_message
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
) -> None:
    """Process again what came in and could not be processed."""
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
