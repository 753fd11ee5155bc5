"""Texts as WhatsApp takes them: no longer than a message may be, and buttons as a numbered list.

At Twilio buttons need a template of their own, and no provider has more than ten of them; a list that is answered with
a number needs nothing, and works on every telephone.
"""

import re
from collections.abc import Sequence

from tickets.message import Button

_SEAMS = tuple(re.compile(seam) for seam in (r"\n[^\S\n]*\n\s*", r"\n\s*", r"\s+"))  # best first


def length(text: str) -> int:
    """Count in UTF-16 units: nobody says how a provider counts an emoji, and this is the most it can be."""
    return len(text.encode("utf-16-le", errors="surrogatepass")) // 2


def numbered(text: str, buttons: Sequence[Sequence[Button]]) -> str:
    """Return the text with the choices under it, each on its own line with its number, in reading order."""
    labels = [" ".join(button.label.split()) for row in buttons for button in row]
    lines = [f"{number}. {label}" for number, label in enumerate(labels, start=1)]
    return "\n\n".join(part for part in (text.rstrip(), "\n".join(lines)) if part)


def pieces(text: str, limit: int) -> list[str]:
    """Split a text between paragraphs, else lines, else words, else anywhere. No piece is empty."""
    found = []
    rest = text.strip()
    while length(rest) > limit:
        piece, rest = _cut(rest, limit)
        found.append(piece)
    return [*found, rest] if rest else found


def cut(text: str, limit: int) -> str:
    """Return a text on its line, with an ellipsis where it was too long."""
    return text if length(text) <= limit else f"{_prefix(text, limit - 1).rstrip()}…"


def _cut(text: str, limit: int) -> tuple[str, str]:
    window = _prefix(text, limit)
    for seam in _SEAMS:
        at = _last_seam(seam, text, len(window))
        if at is not None:
            return text[: at[0]], text[at[1] :]
    return window, text[len(window) :]


def _last_seam(seam: re.Pattern[str], text: str, end: int) -> tuple[int, int] | None:
    """Return where the last seam at or before `end` begins and ends, unless it leaves less than half a message."""
    found = None
    for match in seam.finditer(text):
        if match.start() > end:
            break
        found = match.span()
    return found if found is not None and found[0] * 2 >= end else None


def _prefix(text: str, limit: int) -> str:
    units = 0
    for at, character in enumerate(text):
        units += length(character)
        if units > limit:
            return text[:at]
    return text
