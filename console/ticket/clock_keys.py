"""How forms name a clock of a ticket: its kind, its cycle and its subject, with points between."""

from console.ids import number_in
from tickets.actions.errors import UnknownValueError
from tickets.actions.promises import Key


def clock_key(text: str) -> Key:
    """Read which clock a form is about. Raises UnknownValueError."""
    kind, _, rest = text.partition(".")
    cycle, _, subject = rest.partition(".")
    if not cycle.isdecimal():
        raise UnknownValueError("no clock is called so", field="clock", value=text)
    return kind, subject, int(cycle[:9])


def numbered_clock(text: str) -> tuple[int, Key]:
    """Read the same with the ticket's number before it. Raises UnknownValueError."""
    before, _, clock = text.partition(".")
    number = number_in(before)
    if number is None:
        raise UnknownValueError("no ticket is called so", field="chosen", value=text)
    return number, clock_key(clock)
