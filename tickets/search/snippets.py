"""Where what was looked for stands in a text: pieces of it, those that were meant marked."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from tickets.search.asked import Clause
from tickets.words import places

_LENGTH = 180  # letters of a text that are shown
_BEFORE = 50  # of these before the first place


@dataclass(frozen=True, kw_only=True)
class Piece:
    text: str
    hit: bool = False


@dataclass(frozen=True, kw_only=True)
class Sought:
    """What is to be marked: for each thing that was typed the words that count for it."""

    words: tuple[frozenset[str], ...]

    @cached_property
    def any_word(self) -> frozenset[str]:
        return frozenset().union(*self.words)

    def met_by(self, words: Iterable[str]) -> int:
        """Return how many of the things that were typed stand among these words."""
        present = set(words)
        return sum(not present.isdisjoint(each) for each in self.words)


def sought_in(wanted: Sequence[Clause]) -> Sought:
    return Sought(words=tuple(frozenset(word for words in each.any_of for word in words) for each in wanted))


def marked_pieces(text: str, sought: Sought) -> tuple[Piece, ...]:
    """Return all of a text, what was looked for marked."""
    return _pieces(text, [(start, end) for word, start, end in places(text) if word in sought.any_word])


def excerpt(text: str, sought: Sought) -> tuple[Piece, ...]:
    """Return as much of a text as a list shows, from where most of what was looked for stands close together."""
    hits = [(start, end, word) for word, start, end in places(text) if word in sought.any_word]
    if not hits:
        return ()
    start = max(hits, key=lambda hit: (_met_within(hits, hit[0], sought), -hit[0]))[0]
    begin = _word_start(text, max(0, start - _BEFORE)) if start > _BEFORE else 0
    end = min(len(text), begin + _LENGTH)
    shown = text[begin:end]
    inside = [(first - begin, last - begin) for first, last, _ in hits if begin <= first and last <= end]
    pieces = _pieces(shown, inside)
    before = (Piece(text="…"),) if begin else ()
    after = (Piece(text="…"),) if end < len(text) else ()
    return (*before, *pieces, *after)


def _met_within(hits: Sequence[tuple[int, int, str]], start: int, sought: Sought) -> int:
    return sought.met_by(word for first, _, word in hits if start <= first < start + _LENGTH - _BEFORE)


def _word_start(text: str, place: int) -> int:
    gap = text.find(" ", place, place + _BEFORE)
    return place if gap < 0 else gap + 1


def _pieces(text: str, hits: Sequence[tuple[int, int]]) -> tuple[Piece, ...]:
    found, place = [], 0
    for start, end in hits:
        if start > place:
            found.append(Piece(text=text[place:start]))
        found.append(Piece(text=text[start:end], hit=True))
        place = end
    if place < len(text):
        found.append(Piece(text=text[place:]))
    return tuple(found)
