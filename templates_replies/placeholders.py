"""The grammar of placeholders in reply templates: `{contact}` is filled in, `{{` and `}}` are plain braces.

`{isi:tanggal ujian}` is what only the agent knows: they are asked for it by those words. There is nothing else: no
attributes, no indices, no format specifications, so that a template can never reach into a value, and a value that
happens to contain braces is never read as a template.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

#: Every placeholder a reply template may use, and what it stands for.
PLACEHOLDERS: Mapping[str, str] = {
    "contact": "the contact's name",
    "identity": "the contact's NIM or NIP",
    "unit": "the contact's study programme or unit",
    "ticket": "the ticket's number, written #1042",
    "subject": "the ticket's subject",
    "category": "the name of the ticket's category",
    "status": "the ticket's status in words",
    "desk": "the name of the desk",
    "agent": "the name of the agent who answers",
    "hours": "the desk's operating hours in words",
    "answer_by": "when a person answers, in words",
    "today": "today's date in words",
    "alert": "what people of the desk are told, in one line",
    "link": "the address of the survey, in an invitation to it",
}

ASKED = "isi:"  # what follows is asked of whoever answers, in these words
LONGEST_QUESTION = 60

_QUESTION = rf"isi:[^\W_](?:[^{{}}\n]{{0,{LONGEST_QUESTION - 2}}}[^\s{{}}])?"
_PIECE = re.compile(
    rf"\{{\{{|\}}\}}|\{{([a-z_]+(?:\.[a-z][a-z0-9_-]*)?|{_QUESTION})\}}|\{{[^{{}}]*\}}?|\}}|[^{{}}]+"
)


@dataclass(frozen=True)
class Placeholder:
    name: str


def pieces(text: str) -> Iterator[str | Placeholder]:
    """Split a template into plain text and placeholders. Braces that are neither stay as they were written."""
    for match in _PIECE.finditer(text):
        if match[1]:
            yield Placeholder(match[1])
        elif match[0] in ("{{", "}}"):
            yield match[0][0]
        else:
            yield match[0]


def names_in(text: str) -> tuple[str, ...]:
    """Return the placeholders of a template, each once, in order of appearance."""
    return tuple(dict.fromkeys(piece.name for piece in pieces(text) if isinstance(piece, Placeholder)))


def questions_in(text: str) -> tuple[str, ...]:
    """Return the placeholders of a template that only whoever answers can fill in."""
    return tuple(name for name in names_in(text) if name.startswith(ASKED))


def mistakes_in(text: str) -> tuple[str, ...]:
    """Return what is neither plain text nor a known placeholder, as it was written."""
    wrong: dict[str, None] = {}
    for match in _PIECE.finditer(text):
        written = match[0]
        if match[1]:
            is_known = match[1] in PLACEHOLDERS or match[1].startswith(ASKED)
        else:
            is_known = written in ("{{", "}}") or written[0] not in "{}"
        if not is_known:
            wrong[written] = None
    return tuple(wrong)
