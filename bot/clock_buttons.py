"""Buttons for commands about one clock of a ticket: how a clock is named in the data of a button."""

from bot.commands import LONGEST_DATA, Verb, button
from tickets.clocks import ClockState
from tickets.message import Button


def key_of(clock: ClockState) -> str:
    """Name one clock on a button: `first_response.1`, `second_line.1.edunex`."""
    return ".".join(part for part in (clock.kind, str(clock.cycle), clock.subject) if part)


def clock_button(verb: Verb, ticket: int, clock: ClockState, label: str) -> Button:
    """Return a button for a command about one clock; a subject too long to be named is left to the command."""
    data = button(verb, ticket, key_of(clock))
    if len(data.encode()) > LONGEST_DATA:
        data = button(verb, ticket, f"{clock.kind}.{clock.cycle}")
    return Button(label=label, data=data)
