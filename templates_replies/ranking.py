"""Which reply templates an agent will want for a ticket, best first: by its category, its words, and what was used before.

Three voices, each between 0 and 1. The catalogue says which reply answers a category; what agents chose for such
tickets lately outweighs it once there are a few of them; the words of the message find the reply that nobody has linked.
Whoever comes to speak of something else is answered about that: their newest words lead.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from functools import lru_cache
from typing import Protocol

from rapidfuzz import fuzz, process

from templates_replies.catalogue import Catalogue, Language, ReplyTemplate
from templates_replies.cues import is_courtesy
from templates_replies.matcher import Suggestion
from templates_replies.normalise import words as meant_words

BEST = 3  # so many are offered before the rest
HALF_LIFE = timedelta(days=30)  # what was chosen a month ago counts half

_CATEGORY, _HABIT, _WORDS = 0.4, 0.6, 0.35
_DOUBT = 3.0  # uses that a habit must outweigh
_FOREIGN = 0.9  # of the score is left to a reply that is not written in the contact's language
_OLDER = 0.5  # of what its words count is left to a message with each newer one
_ELSEWHERE = 0.6  # score from which on the newest words are plainly about something
_TITLE = 2.0  # a word of the title counts as so many of the body
_SHORTEST = 4  # letters of a word that says something
_LONGEST = 40  # letters of a word that may be misspelt
_TYPO = 85  # rapidfuzz ratio

Suggest = Callable[[str], Sequence[Suggestion]]
_Chosen = defaultdict[str, defaultdict[str, float]]  # category → reply → how often


class Reason(StrEnum):
    """Why a reply stands where it does."""

    CATEGORY = "category"  # the catalogue has it for the ticket's category
    USED = "used"  # agents chose it for such tickets
    WORDS = "words"  # the message speaks of it


# From which voice on each is worth being named: what is hardly likelier than another is no reason to a person.
_NOTABLE = {Reason.CATEGORY: 0.5 * _CATEGORY, Reason.USED: 0.2 * _HABIT, Reason.WORDS: 0.3 * _WORDS}


class Use(Protocol):
    """A reply that an agent gave."""

    @property
    def reply(self) -> str: ...
    @property
    def category(self) -> str | None: ...  # of the ticket, as it is now
    @property
    def at(self) -> datetime: ...


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """What is known of the ticket for which a reply is looked for."""

    category: str | None
    suggestions: Mapping[str, float]  # category → how likely; asked where there is no category yet
    said: Sequence[str]  # what the contact wrote, newest first
    language: Language
    newest: Mapping[str, float] = field(
        default_factory=dict
    )  # how likely, by words that nobody has categorised yet

    @property
    def likely(self) -> Mapping[str, float]:
        """Return what a reply may have to be about: what is newest comes first, if it is plainly about something."""
        before = {self.category: 1.0} if self.category else self.suggestions
        if max(self.newest.values(), default=0.0) < _ELSEWHERE:
            return before
        left = max(0.0, 1 - sum(self.newest.values()))
        return {
            each: self.newest.get(each, 0.0) + left * before.get(each, 0.0)
            for each in {**before, **self.newest}
        }


def read_newest(said: Iterable[str], suggest: Suggest) -> Mapping[str, float]:
    """Return what the first of some messages is about that says more than manners."""
    newest = next((text for text in said if not is_courtesy(text)), None)
    return {} if newest is None else {each.category: each.score for each in suggest(newest)}


@dataclass(frozen=True, kw_only=True)
class Ranked:
    reply: ReplyTemplate
    score: float  # 0..1: only its order says something
    reasons: tuple[Reason, ...]  # the strongest first


def ranked(catalogue: Catalogue, wanted: Wanted, uses: Iterable[Use], *, at: datetime) -> tuple[Ranked, ...]:
    """Return every reply that a desk offers, the likeliest first; where nothing speaks for any, in the catalogue's order."""
    likely = wanted.likely
    fits, habits = _fits(catalogue, likely), _habits(_chosen(uses, at=at), likely)
    said = _said_in(wanted.said, catalogue.offered_replies)
    found = [
        _ranked(
            reply,
            {
                Reason.CATEGORY: _CATEGORY * min(1.0, fits.get(reply.id, 0.0)),
                Reason.USED: _HABIT * min(1.0, habits.get(reply.id, 0.0)),
                Reason.WORDS: _WORDS * said.get(reply.id, 0.0),
            },
            is_foreign=wanted.language not in reply.body,
        )
        for reply in catalogue.offered_replies
    ]
    return tuple(sorted(found, key=lambda each: -each.score))


def _ranked(reply: ReplyTemplate, voices: Mapping[Reason, float], *, is_foreign: bool) -> Ranked:
    notable = [reason for reason, voice in voices.items() if voice >= _NOTABLE[reason]]
    score = sum(voices.values()) / (_CATEGORY + _HABIT + _WORDS) * (_FOREIGN if is_foreign else 1.0)
    return Ranked(
        reply=reply, score=round(score, 4), reasons=tuple(sorted(notable, key=lambda each: -voices[each]))
    )


def _fits(catalogue: Catalogue, likely: Mapping[str, float]) -> Mapping[str, float]:
    """Return for each reply how likely the ticket is of a category that it answers."""
    fits: defaultdict[str, float] = defaultdict(float)
    for category, probability in likely.items():
        found = catalogue.category(category)
        if found is not None and found.reply is not None:
            fits[found.reply] += probability
    return fits


def _chosen(uses: Iterable[Use], *, at: datetime) -> _Chosen:
    """Return for each category how often each reply was given for it, what is long past counting less."""
    chosen: _Chosen = defaultdict(lambda: defaultdict(float))
    for use in uses:
        if use.category is not None:
            age = max(at - use.at, timedelta(0)) / HALF_LIFE
            chosen[use.category][use.reply] += 0.5**age
    return chosen


def _habits(chosen: _Chosen, likely: Mapping[str, float]) -> Mapping[str, float]:
    """Return for each reply how much of what was given for such tickets it was."""
    habits: defaultdict[str, float] = defaultdict(float)
    for category, probability in likely.items():
        if category in chosen:
            in_all = sum(chosen[category].values()) + _DOUBT
            for reply, often in chosen[category].items():
                habits[reply] += probability * often / in_all
    return habits


# -- words ------------------------------------------------------------------------------------------------------------


def _said_in(said: Sequence[str], replies: Sequence[ReplyTemplate]) -> Mapping[str, float]:
    """Return for each reply how much of what is said stands in it; words that many replies have say little."""
    written = _written(tuple((reply.title, *reply.body.values()) for reply in replies))
    weights: dict[str, float] = {}
    for age, text in enumerate(said):
        for word in _known(_telling(meant_words(text)), written) - weights.keys():
            weights[word] = math.log(1 + len(replies) / written.holders[word]) * _OLDER**age
    most = sum(weights.values()) * _TITLE
    if not most:
        return {}
    return {
        reply.id: sum(weight * vocabulary.get(word, 0.0) for word, weight in weights.items()) / most
        for reply, vocabulary in zip(replies, written.vocabularies, strict=True)
    }


@dataclass(frozen=True, kw_only=True, eq=False)
class _Written:
    """The words of a desk's replies; one is made for them, and only it is equal to itself."""

    vocabularies: Sequence[Mapping[str, float]]  # of each reply: its words, and how much each counts
    holders: Mapping[str, int]  # in how many replies each word stands
    words: Sequence[str]


@lru_cache(maxsize=64)  # of few desks, read at every view of a ticket
def _written(texts: tuple[tuple[str, ...], ...]) -> _Written:
    vocabularies = [
        dict.fromkeys((word for text in bodies for word in _telling(meant_words(text))), 1.0)
        | dict.fromkeys(_telling(meant_words(title)), _TITLE)
        for title, *bodies in texts
    ]
    holders = Counter(word for vocabulary in vocabularies for word in vocabulary)
    return _Written(vocabularies=vocabularies, holders=holders, words=tuple(holders))


def _known(said: Iterable[str], written: _Written) -> frozenset[str]:
    """Return the replies' own words that a message says, misspelt ones among them."""
    near = (
        word if word in written.holders else _meant(word, written)
        for word in dict.fromkeys(said)
        if word in written.holders or len(word) <= _LONGEST
    )
    return frozenset(word for word in near if word is not None)


@lru_cache(maxsize=16_384)  # what a ticket says is read again at each view of it
def _meant(word: str, written: _Written) -> str | None:
    """Return the replies' own word that a misspelt one means; None if it means none."""
    found = process.extractOne(word, written.words, scorer=fuzz.ratio, score_cutoff=_TYPO)
    return found[0] if found is not None else None


def _telling(words: Iterable[str]) -> frozenset[str]:
    return frozenset(word for word in words if len(word) >= _SHORTEST and not word.isdigit())
