"""`tanggap simulate`: play a contact through the real door of the running server."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from bot.demo.doors import Played, SimulationError
from bot.demo.simulate import PATIENCE, play
from bot.house import open_house
from bot.settings import load_settings
from tickets.message import Channel

app = typer.Typer()
FAILURES = (SimulationError,)


class Door(StrEnum):
    WHATSAPP = "whatsapp"
    TELEGRAM = "telegram"
    EMAIL = "email"


@app.command()
def simulate(
    channel: Annotated[Door, typer.Argument(metavar="CHANNEL", help="whatsapp, telegram or email")],
    text: Annotated[str, typer.Option(help="What the contact writes.")],
    desk: Annotated[str | None, typer.Option(help="Which desk; left out: the only one.")] = None,
    sender: Annotated[
        str | None, typer.Option("--from", help="The contact's number, user id or mailbox; left out: Ana's.")
    ] = None,
    name: Annotated[str, typer.Option(help="The contact's name.")] = "Ana",
    subject: Annotated[str, typer.Option(help="Of the mail.")] = "Mohon bantuan",
    file: Annotated[
        list[Path] | None, typer.Option("--file", help="Goes along with a mail; may be given several times.")
    ] = None,
    wait: Annotated[float, typer.Option(min=0, max=600, help="Seconds to wait for the answer.")] = 10,
    patience: Annotated[
        float, typer.Option(min=0, max=600, help="Seconds to wait for a server that is about to be ready.")
    ] = PATIENCE,
) -> None:
    """Write to a desk as a contact would: a signed webhook, or a mail by SMTP."""
    with open_house(load_settings(), follow_files=False) as house:
        said = Played(text=text, sender=sender, name=name, subject=subject, files=tuple(file or ()))
        for line in play(house, Channel(channel.value), said, desk=desk, wait=wait, patience=patience):
            typer.echo(line)
