"""An identity out of a whole message."""

from collections.abc import Sequence

from bot.identity.emails import email_in
from bot.identity.forms import Form
from bot.identity.lines import own_lines
from bot.identity.numbers import has_digits, labelled_numbers, plain_nips
from bot.identity.signatures import answered_in, signed_in
from bot.identity.spoken import introduced_in
from bot.identity.values import Identity


def read_identity(text: str, *, asked: bool = False) -> Identity:
    """Read an identity. `asked`: the text answers the question who they are, so bare lines count as well.

    Never raises. A field of which two different values are found is None, for nobody can tell whose is whose.
    """
    lines = own_lines(text)
    form = Form(lines)
    spoken = introduced_in(lines)
    signed = signed_in(lines)
    bare = answered_in(lines, form) if asked else Identity()
    return Identity(
        name=_first(form.name, spoken.name, signed.name, bare.name),
        number=_number(
            [*filter(has_digits, lines)], (form.number, spoken.number, signed.number), bare.number
        ),
        unit=_first(form.unit, spoken.unit, signed.unit, bare.unit),
        email=email_in(lines),
    )


def _first(*values: str | None) -> str | None:
    return next((value for value in values if value is not None), None)


def _number(lines: Sequence[str], said: Sequence[str | None], bare: str | None) -> str | None:
    """Return the one number: labelled, introduced, signed or a plain NIP; None if there are two."""
    found = {number for number in (*said, *labelled_numbers(lines), *plain_nips(lines)) if number}
    if not found and bare:
        return bare
    return found.pop() if len(found) == 1 else None
