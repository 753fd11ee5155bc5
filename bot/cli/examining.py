"""`tanggap doctor`."""

import asyncio

import typer

from bot.doctor import examine
from bot.house import utc_now
from bot.settings import load_settings

app = typer.Typer()
FAILURES = ()


@app.command()
def doctor() -> None:
    """Say what is configured, what is off, and what works."""
    report = asyncio.run(examine(load_settings(), now=utc_now))
    typer.echo(report.text)
    if not report.ok:
        raise typer.Exit(1)
