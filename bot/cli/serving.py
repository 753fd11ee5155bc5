"""`tanggap serve`."""

from typing import Annotated

import typer

from bot.serve import serve as serve_forever
from bot.settings import load_settings

ROLES = ("all", "web", "workers")
app = typer.Typer()
FAILURES = ()


def _roles(value: str) -> str:
    if not set(value.split(",")) <= set(ROLES):
        raise typer.BadParameter(f"expected {', '.join(ROLES)}, or several with commas between them")
    return value


@app.command()
def serve(
    roles: Annotated[
        str, typer.Option(callback=_roles, help="all, web or workers; apart only on PostgreSQL.")
    ] = "all",
    demo: Annotated[
        bool, typer.Option("--demo", help="Serve a state of its own with a month of sample tickets.")
    ] = False,
) -> None:
    """Serve every door: web, mail, chat, deliveries and clocks."""
    serve_forever(load_settings(), roles=roles, demo=demo)
