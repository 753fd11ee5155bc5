"""What is somebody else's in what a person is handed: numbers and mailboxes that are not theirs are masked. Pure."""

import re
from collections.abc import Collection
from typing import Any

from tickets.verification import masked

# Of people, and their telephones as they are written; a day such as 2026-10-05 is neither.
_LONG = re.compile(r"\+?\d{8,}|\+\d(?:[ -]?\d){7,}|\b08\d(?:[ -]?\d){5,}")
# Begun once for each word, however long.
_MAILBOX = re.compile(r"(?<![\w.+-])[\w.+-]++@([\w-]+(?:\.[\w-]+)+)")
_TAIL = 8  # digits by which a telephone number is known, however it begins


class Own:
    """What a person goes by: their numbers, telephones and mailboxes."""

    def __init__(self, known: Collection[str]) -> None:
        self._mailboxes = {each.lower() for each in known if "@" in each}
        self._numbers = {_digits(each)[-_TAIL:] for each in known if len(_digits(each)) >= _TAIL}

    def is_theirs(self, found: str) -> bool:
        digits = _digits(found)
        return found.lower() in self._mailboxes or (len(digits) >= _TAIL and digits[-_TAIL:] in self._numbers)

    def shown(self, text: str) -> str:
        """Return a text with what is somebody else's masked."""
        text = _MAILBOX.sub(lambda at: at[0] if self.is_theirs(at[0]) else f"•••@{at[1]}", text)
        return _LONG.sub(lambda at: at[0] if self.is_theirs(at[0]) else masked(at[0]), text)

    def shown_in(self, value: Any) -> Any:
        """Return a value of JSON with every text in it as it is shown."""
        if isinstance(value, str):
            return self.shown(value)
        if isinstance(value, dict):
            return {key: self.shown_in(each) for key, each in value.items()}
        return [self.shown_in(each) for each in value] if isinstance(value, list | tuple) else value


def _digits(text: str) -> str:
    return "".join(each for each in text if each.isdigit())
