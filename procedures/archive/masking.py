"""Identity numbers in what an archive says, for those who are not to read them whole. Pure."""

import re

from tickets.verification import masked

_LONG = re.compile(
    r"\d{8,}"
)  # of students, employees, citizens, telephones; years and amounts are shorter or parted


def hidden(text: str, *known: str | None) -> str:
    """Return a text with the known numbers and all other long ones masked."""
    for number in known:
        if number:
            text = text.replace(number, masked(number))
    return _LONG.sub(lambda found: masked(found[0]), text)


def whole(text: str, *_known: str | None) -> str:
    """Return a text as it is, for those who may read it."""
    return text
