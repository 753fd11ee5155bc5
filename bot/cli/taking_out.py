"""What is taken out of a desk by a command stands in the audit trail, and says what it lacks."""

from collections.abc import Iterable

import typer

from bot.house import House, utc_now
from console.doors import trail
from console.doors.trail import TERMINAL, Entry, Kind
from reports.gone import said_of_gone
from reports.labels import Labels
from templates_replies.catalogue import Language


def write_down(
    house: House, desk: str, what: str, format_: str, *, identities: bool = False, **about: int
) -> None:
    """Leave a line in the trail of what was taken out, and whether with whole identity numbers."""
    data = {"what": what, "format": format_, **about, **({"identities": True} if identities else {})}
    entry = Entry(kind=Kind.EXPORTED, who=TERMINAL, desk=desk, data=data)
    house.ledger.write_blocking(lambda tx: trail.write(tx, entry, at=utc_now()))


def tell_gone(months: Iterable[str], language: Language) -> None:
    """Say of which months there is no history any more that could be taken out."""
    if (said := said_of_gone(months, Labels(language))) is not None:
        typer.echo(said, err=True)
