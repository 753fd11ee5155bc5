"""`tanggap reconcile`."""

import asyncio
from datetime import timedelta
from typing import Annotated

import typer

from bot.house import open_house, utc_now
from bot.reconciling.by_hand import Look, looks
from bot.settings import load_settings
from templates_replies import reconcile_phrases
from templates_replies.catalogue import supported_language

app = typer.Typer()
FAILURES = ()


@app.command()
def reconcile(
    days: Annotated[int, typer.Option(min=1, max=365, help="How far to look back.")] = 3,
    account: Annotated[str | None, typer.Option(help="Only this account's list.")] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what is missing.")] = False,
) -> None:
    """Hold what providers' lists say came in beside the ledger, and fetch what is not in it; a line an account."""
    with open_house(load_settings(), follow_files=False) as house:
        found = asyncio.run(
            looks(house, account=account, back=timedelta(days=days), dry_run=dry_run, clock=utc_now)
        )
        for each in found:
            language = supported_language(house.desk(each.desk).now.desk.language)
            typer.echo(
                reconcile_phrases.line(language, each.account, each.outcome, each.why_not, dry_run=dry_run)
            )
    if any(_is_bad(each) for each in found):
        raise typer.Exit(1)


def _is_bad(each: Look) -> bool:
    return each.outcome is not None and bool(each.outcome.error or each.outcome.lost)
