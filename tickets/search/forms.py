"""In which forms a word that was typed counts: pure but for what an index knows of words.

Indonesian hangs its endings on, so a word may be the beginning of a longer one (`sandi` finds `sandinya`). What nobody
has written is taken for a slip, and what is written much more often than something like it is looked for under that
misspelling as well, for those who write to a desk are in a hurry.
"""

from dataclasses import dataclass

from rapidfuzz.distance import OSA

from tickets.search.asked import Vocabulary
from tickets.search.spelling import is_corrected, keys_for, likely

_BEGINS_FROM = 3  # letters from which on a word may be the beginning of a longer one …
_DIGITS_BEGIN_FROM = 5  # … and digits
_MOST_ENDINGS = 40
_SLIPS_FROM = 6  # letters of a word whose misspellings are looked for too
_SLIPS_OF_ONE = 20  # how many times as often it must be written as they are
_MOST_SLIPS = 8
LONGEST = 80  # letters, as documents cut them


@dataclass(frozen=True, kw_only=True)
class Forms:
    words: tuple[str, ...]  # any of them counts
    instead: str | None = None  # what they are forms of, where nobody has written what was typed


def forms_of(word: str, known: Vocabulary) -> Forms:
    word = word[:LONGEST]
    written = _as_written(word, known)
    if written:
        return Forms(words=written)
    meant = likely(word, known.near(keys_for(word))) if is_corrected(word) else None
    return Forms(words=_as_written(meant, known), instead=meant) if meant else Forms(words=(word,))


def _as_written(word: str, known: Vocabulary) -> tuple[str, ...]:
    """Return the forms in which the word itself is written; none if it is not."""
    begins = len(word) >= (_DIGITS_BEGIN_FROM if any(letter.isdigit() for letter in word) else _BEGINS_FROM)
    longer = known.beginning(word, most=_MOST_ENDINGS) if begins else ()
    tickets = known.known((word,)).get(word, 0)
    own = (word,) if tickets else ()
    return tuple(dict.fromkeys((*own, *longer, *_slips(word, tickets, known))))


def _slips(word: str, tickets: int, known: Vocabulary) -> tuple[str, ...]:
    if len(word) < _SLIPS_FROM or tickets < _SLIPS_OF_ONE or not is_corrected(word):
        return ()
    near = known.near(keys_for(word))
    rare = (other for other, many in near.items() if many * _SLIPS_OF_ONE <= tickets)
    return tuple(sorted(other for other in rare if OSA.distance(word, other, score_cutoff=1) == 1))[
        :_MOST_SLIPS
    ]
