"""Contact cards as somebody at the desk can read them, whether a provider gives fields or a vCard (RFC 2426, 6350).

Of a card only who it is and how to reach them is read; the file itself stays with the message.
"""

import quopri
import re
from collections.abc import Iterable, Iterator

TYPES = frozenset({"text/vcard", "text/x-vcard", "text/directory"})
READ_AT_MOST = 64 * 1024  # bytes, of a file of cards without their pictures
MOST_CARDS = 20
_LONGEST = 200  # characters, of one thing on a card
_REACHED = ("TEL", "EMAIL")
_FOLD = re.compile(r"\r?\n[ \t]")
_SOFT_BREAK = re.compile(r"=\r?\n")
_ESCAPED = re.compile(r"\\(.)")


def card_line(parts: Iterable[str]) -> str:
    """Return one contact in words: the name first, then numbers and addresses."""
    return "Kontak: " + ", ".join(part for part in parts if part)


def cards_in_words(content: bytes) -> str | None:
    """Return a line for each card of a vCard file; None if nothing can be read in it."""
    text = content[:READ_AT_MOST].decode("utf-8", "replace")
    lines = [card_line(parts) for card in _cards(text) if any(parts := list(_parts(card)))]
    return "\n".join(lines[:MOST_CARDS]) or None


def _cards(text: str) -> Iterator[list[tuple[str, str]]]:
    """Yield the properties of each card: name without group and parameters, and value."""
    card: list[tuple[str, str]] = []
    for line in _FOLD.sub("", _SOFT_BREAK.sub("", text)).splitlines():
        head, colon, value = line.partition(":")
        name, *parameters = head.upper().split(";")
        if not colon:
            continue
        if "ENCODING=QUOTED-PRINTABLE" in parameters:
            value = quopri.decodestring(value.encode()).decode("utf-8", "replace")
        name = name.rpartition(".")[2].strip()
        if name == "END":
            yield card
            card = []
        else:
            card.append((name, " ".join(_ESCAPED.sub(_meant, value).split())[:_LONGEST]))


def _meant(escaped: re.Match[str]) -> str:
    return " " if escaped[1] in "nN" else escaped[1]


def _parts(card: list[tuple[str, str]]) -> Iterator[str]:
    names = [value for name, value in card if name == "FN"]
    names += [" ".join(reversed(value.split(";"))).strip() for name, value in card if name == "N"]
    yield next((name for name in names if name), "")
    for name in _REACHED:
        yield from dict.fromkeys(value.removeprefix("tel:") for key, value in card if key == name)
