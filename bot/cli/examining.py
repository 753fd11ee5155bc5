"""`tanggap doctor`."""

import asyncio
import logging

import structlog
import typer

from bot.doctor import examine
from bot.house import utc_now
from bot.settings import load_settings

app = typer.Typer()
FAILURES = ()


@app.command()
def doctor() -> None:
    """Say what is configured, what is off, and what works."""
    # What the service would log of a provider's refusal is a finding here, and stands in the report once.
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))
    report = asyncio.run(examine(load_settings(), now=utc_now))
    typer.echo(report.text)
    if not report.ok:
        raise typer.Exit(1)
