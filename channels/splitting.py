"""Long texts in pieces: between paragraphs, else lines, else words, else anywhere; never within what is to stay whole.

Lengths are counted in UTF-16 units. Telegram says that it does; of WhatsApp's providers nobody knows how they count an
emoji, and this is the most it can be.
"""

import re
from collections.abc import Sequence

Range = tuple[int, int]  # of characters

_SEAMS = tuple(re.compile(seam) for seam in (r"\n[^\S\n]*\n\s*", r"\n\s*", r"\s+"))  # best first
_WHITE_SPACE = re.compile(r"\s*")
_SEAM_REACHES = 200  # characters beyond the longest piece that are looked at for the end of a seam


def units(text: str) -> int:
    """Return the length in UTF-16 code units."""
    return len(text) + sum(1 for character in text if character > "\uffff")


def pieces(text: str, limit: int, *, whole: Sequence[Range] = ()) -> list[str]:
    """Return the pieces of at most `limit` units. Nothing but white space at the cuts is lost, and none is empty."""
    return [text[start:end] for start, end in cuts(text, limit, whole=whole)]


def cuts(text: str, limit: int, *, whole: Sequence[Range] = ()) -> list[Range]:
    """Return where each piece begins and ends. A range that is to stay `whole` must fit into a piece.

    It takes as long as the text is, however many pieces there are: none looks farther than it reaches.
    """
    found: list[Range] = []
    start, end = len(text) - len(text.lstrip()), len(text.rstrip())
    while start < end:
        longest = start + fitting(text, limit, start=start)
        if longest >= end:
            found.append((start, end))
            break
        stop, following = _cut(text, start, longest, whole)
        found.append((start, stop))
        start = following
    return found


def _cut(text: str, start: int, longest: int, whole: Sequence[Range]) -> Range:
    """Return where a piece ends and where the next one begins."""
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
    for match in seam.finditer(text, start, longest + _SEAM_REACHES):
        if match.start() > longest:
            break
        if not any(begin < match.start() < end for begin, end in whole):
            found = match.span()
    if found is None or (found[0] - start) * 2 < longest - start:
        return None
    return found[0], _behind_white_space(text, found[1])


def _behind_white_space(text: str, at: int) -> int:
    more = _WHITE_SPACE.match(text, at)
    return more.end() if more else at


def fitting(text: str, limit: int, *, start: int = 0) -> int:
    """Return how many characters from `start` on fit into `limit` units."""
    used = 0
    for at, character in enumerate(text[start : start + limit + 1]):
        used += 2 if character > "\uffff" else 1
        if used > limit:
            return at
    return len(text) - start
