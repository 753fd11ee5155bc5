"""A message as a sample for others than who works on its ticket: cut short, without what points to a person."""

import re

LONGEST = 140

_MAILBOX = re.compile(r"(?<!\S)\S[^\s@]*@\S+\.\w+")  # begun once for each word, however long
_NUMBER = re.compile(r"\+?\d(?:[ .-]?\d){4,}")  # of telephones, students, employees, accounts


def masked(text: str, *, longest: int = LONGEST) -> str:
    """Return the beginning of a message on one line, mailboxes and long numbers hidden."""
    line = " ".join(_NUMBER.sub("•••", _MAILBOX.sub("•••@•••", text)).split())
    return line if len(line) <= longest else f"{line[: longest - 1].rstrip()}…"
