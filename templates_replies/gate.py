"""May the reply of a category go out by itself? A pure decision over the matcher's suggestions.

A desk's gate is closed until it is earned: it opens above the lowest score above which past suggestions were right often
enough that luck does not explain it, and so often that hardly any hundred answers in a row holds more than five wrong
ones. What counts are suggestions that somebody has judged since, as they were scored when the message came in, before
anything was learned from it. From the first day on one thing may be answered: a message that says word for word what
the catalogue gives as an example of one category.
"""

from bisect import insort
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from itertools import count, groupby
from statistics import NormalDist

from templates_replies.catalogue import LONGEST_LINE, AutoReply, Catalogue, Category
from templates_replies.matcher import Suggestion
from templates_replies.normalise import words

PRECISION = 0.95  # so often must what goes out by itself be right …
CONFIDENCE = 0.95  # … and so sure must that be, one-sided: that it is more often right does no harm
# So many of them were right: with a bound alone, every third hundred would hold more than five wrong ones.
EXPECTED = 0.98
# Of the newest so many were wrong at the most: then the next hundred bears some more. Measured on streams that learn as
# they go (docs/performance.md): with two, seven hundreds in a thousand held more than five wrong ones, with one none.
NEWEST, BEARABLE = 100, 1
LOWEST = 0.7  # no threshold lies below: what the matcher itself doubts so much is not answered by luck
LEAST = 30  # judged suggestions before the gate opens at all
MARGIN = 0.25  # to the second suggestion: a message about two matters goes to a person
# What counts as sure where nothing goes out, as in the choice of a desk. Measured with half of CLINC150 as a desk: 97 in
# 100 messages of which one is sure come to their desk; of those of no desk at all, one is sure of 4 to 9 in 100.
THRESHOLD = 0.93
_FEWEST_WORDS = 2  # of an example that may be answered word for word
_Z = NormalDist().inv_cdf(CONFIDENCE)


class Auto(StrEnum):
    NONE = "none"  # nothing happens by itself
    SUGGEST = "suggest"  # the reply is offered to the agent
    SEND = "send"  # the reply goes to the contact


@dataclass(frozen=True, kw_only=True)
class Judged:
    """A suggestion of the past, and whether it was right."""

    score: float
    lead: float  # over the second
    right: bool


def decide(
    suggestions: Sequence[Suggestion],
    category: Category | None,
    *,
    threshold: float | None,  # that the desk has earned; None: its gate is closed
    word_for_word: bool = False,  # the message is an example of this category
    margin: float = MARGIN,
) -> Auto:
    """Decide about the best suggestion; `category` is the catalogue's entry for it, None if it is not there any more."""
    if not suggestions or category is None or category.reply is None or category.auto is AutoReply.NEVER:
        return Auto.NONE
    best = suggestions[0]
    if best.category != category.id:
        return Auto.NONE
    second = suggestions[1].score if len(suggestions) > 1 else 0.0
    is_sure = word_for_word or (threshold is not None and best.score >= threshold)
    may_send = category.auto is AutoReply.SEND and is_sure and best.score - second >= margin
    return Auto.SEND if may_send else Auto.SUGGEST


def earned(past: Iterable[Judged], *, margin: float = MARGIN) -> float | None:
    """Return the lowest score above which past suggestions were right often enough; None while there is none.

    `past` has the oldest first. Often enough: EXPECTED of them at least, and the lower bound of Wilson's interval is at
    least PRECISION, over at least LEAST of them, and no more than BEARABLE of the NEWEST were wrong. The interval is
    one-sided at 95 % confidence (z = 1.645): thirty suggestions, all of them right, are not yet enough, 52 are. The bound
    alone would, with hundreds of them, be content with a share so near PRECISION that many a hundred falls below it. The
    threshold is the score of one that was right, so that no mistake opens the gate wider. What the margin would hold back
    anyway is left out.
    """
    sure = [
        (each.score, at, each.right)
        for at, each in enumerate(past)
        if each.lead >= margin and each.score >= LOWEST
    ]
    seen: list[tuple[int, bool]] = []  # when, and whether it was right
    right, lowest = 0, None
    for score, alike in groupby(sorted(sure, reverse=True), key=lambda each: each[0]):
        outcomes = [(at, was_right) for _, at, was_right in alike]
        for each in outcomes:
            insort(seen, each)
        here = sum(was_right for _, was_right in outcomes)
        right += here
        wrong_lately = sum(not was_right for _, was_right in seen[-NEWEST:])
        if here and is_often_enough(right, len(seen)) and wrong_lately <= BEARABLE:
            lowest = score
    return lowest


def is_often_enough(right: int, of: int) -> bool:
    return of >= LEAST and right >= EXPECTED * of and lower_bound(right, of) >= PRECISION


def lower_bound(right: int, of: int) -> float:
    """Return how often suggestions are right at the least, having seen some of them; Wilson's bound, one-sided."""
    if of == 0:
        return 0.0
    share, z2 = right / of, _Z * _Z
    spread = _Z * (share * (1 - share) / of + z2 / (4 * of * of)) ** 0.5
    bound: float = (share + z2 / (2 * of) - spread) / (1 + z2 / of)
    return max(0.0, bound)


def is_word_for_word(text: str, category: str, catalogue: Catalogue) -> bool:
    """Whether a text is an example or keyword of this category and of no other, as far as words go."""
    if len(text) > 2 * LONGEST_LINE:
        return False  # no example is so long, and a long mail need not be read for it
    return _spoken(catalogue.categories).get(words(text)) == category


def flawless_needed() -> int:
    """Return how many suggestions in a row, all of them right, open the gate."""
    return next(of for of in count(LEAST) if lower_bound(of, of) >= PRECISION)


@lru_cache(maxsize=64)
def _spoken(categories: tuple[Category, ...]) -> dict[tuple[str, ...], str | None]:
    """Return whose example each sequence of words is; None for what several categories claim."""
    found: dict[tuple[str, ...], str | None] = {}
    for category in categories:
        if category.retired:
            continue
        for phrase in (category.name, *category.keywords, *category.examples):
            said = words(phrase)
            if len(said) >= _FEWEST_WORDS:
                found[said] = category.id if found.get(said, category.id) == category.id else None
    return found
