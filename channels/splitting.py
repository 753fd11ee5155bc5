"""Long texts in pieces: between paragraphs, else lines, else words, else anywhere; never within what is to stay whole.

Lengths are counted in UTF-16 units. Telegram says that it does; of WhatsApp's providers nobody knows how they count an
emoji, and this is the most it can be.
"""

import re
from collections.abc import Sequence

Range = tuple[int, int]  # of characters

_SEAMS = tuple(re.compile(seam) for seam in (r"\n[^\S\n]*\n\s*", r"\n\s*", r"\s+"))  # best first


def units(text: str) -> int:
    """Return the length in UTF-16 code units."""
    return len(text) + sum(1 for character in text if character > "\uffff")


def pieces(text: str, limit: int, *, whole: Sequence[Range] = ()) -> list[str]:
    """Return the pieces of at most `limit` units. Nothing but white space at the cuts is lost, and none is empty."""
    return [text[start:end] for start, end in cuts(text, limit, whole=whole)]


def cuts(text: str, limit: int, *, whole: Sequence[Range] = ()) -> list[Range]:
    """Return where each piece begins and ends. A range that is to stay `whole` must fit into a piece."""
    found: list[Range] = []
    start, end = len(text) - len(text.lstrip()), len(text.rstrip())
    while start < end:
        if units(text[start:end]) <= limit:
            found.append((start, end))
            break
        stop, following = _cut(text[:end], start, limit, whole)
        found.append((start, stop))
        start = following
    return found


def _cut(text: str, start: int, limit: int, whole: Sequence[Range]) -> Range:
    """Return where a piece ends and where the next one begins."""
    longest = start + fitting(text[start:], limit)
    for seam in _SEAMS:
        at = _last_seam(seam, text, start, longest, whole)
        if at is not None:
            return at
    at_word = next((begin for begin, end in whole if start < begin < longest < end), longest)
    return at_word, at_word


def _last_seam(
    seam: re.Pattern[str], text: str, start: int, longest: int, whole: Sequence[Range]
) -> Range | None:
    """Return the last seam that leaves no more than fits, and no less than half of it."""
    found = None
    for match in seam.finditer(text, start):
        if match.start() > longest:
            break
        if not any(begin < match.start() < end for begin, end in whole):
            found = match.span()
    return found if found is not None and (found[0] - start) * 2 >= longest - start else None


def fitting(text: str, limit: int) -> int:
    """Return how many characters fit into `limit` units."""
    used = 0
    for at, character in enumerate(text):
        used += 2 if character > "\uffff" else 1
        if used > limit:
            return at
    return len(text)
