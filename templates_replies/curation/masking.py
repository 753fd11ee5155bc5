"""A message as a sample for others than who works on its ticket: cut short, without what points to a person."""

import re

LONGEST = 140

_MAILBOX = re.compile(r"\S+@\S+\.\w+")
_NUMBER = re.compile(r"\+?\d(?:[ .-]?\d){4,}")  # of telephones, students, employees, accounts


def masked(text: str) -> str:
    """Return the first line's worth of a message, mailboxes and long numbers hidden."""
    line = " ".join(_NUMBER.sub("•••", _MAILBOX.sub("•••@•••", text)).split())
    return line if len(line) <= LONGEST else f"{line[: LONGEST - 1].rstrip()}…"
