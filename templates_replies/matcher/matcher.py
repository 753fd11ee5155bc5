"""The matcher of a desk: fitted on its catalogue, it suggests categories for a message and says why."""

from collections.abc import Mapping, Sequence
from copy import copy
from dataclasses import dataclass, replace

from rapidfuzz import fuzz, process

from templates_replies.catalogue import Catalogue, Category
from templates_replies.cues import is_greeting, is_thanks
from templates_replies.matcher.features import word_feature
from templates_replies.matcher.index import Index, Ranked
from templates_replies.normalise import Word, read, words

_TYPO = 80  # rapidfuzz ratio from which on an unknown word counts as a misspelt known one
_SHORTEST_TYPO = 4
_MOST_MATCHED = 6
_SAME = 90  # token_sort_ratio from which on a message says what a confirmed one said
_CONFIRMED = 0.9  # the score of what it said: suggested first, and too little for a reply to go by itself
_LIKE = 60  # token_set_ratio from which on an example is worth showing as the nearest


@dataclass(frozen=True, kw_only=True)
class Suggestion:
    category: str  # its id
    score: float  # 0..1: how often such a suggestion is right
    matched: tuple[str, ...]  # words of the message, as written, that speak for it; the strongest first
    nearest: str | None  # the catalogue's own example, keyword or name that is most like the message


@dataclass(frozen=True, kw_only=True)
class Example:
    """A message of which a person has said what it is about."""

    label: str  # id of a category
    text: str
    source: int | None = None  # number of its ticket


class Matcher:
    """Immutable: what is learned makes another one."""

    def __init__(self, index: Index, phrases: Mapping[str, Sequence[str]]) -> None:
        self._index = index
        self._phrases = phrases
        self._confirmed: tuple[tuple[str, str], ...] = ()  # learned since: comparable words, category
        self._comparable = {
            category: [" ".join(words(phrase)) for phrase in said] for category, said in phrases.items()
        }
        self._vocabulary = {
            category: tuple(dict.fromkeys(word for phrase in said for word in phrase.split()))
            for category, said in self._comparable.items()
        }

    @classmethod
    def fit(cls, catalogue: Catalogue, learned: Sequence[Example] = ()) -> "Matcher":
        """Fit on the catalogue, and on the confirmed messages of its categories."""
        phrases = {category.id: _phrases_of(category) for category in catalogue.offered}
        examples = [(category, phrase) for category, said in phrases.items() for phrase in said]
        examples += [(each.label, each.text) for each in learned if each.label in phrases]
        return cls(Index(examples), phrases)

    def learn(self, example: Example) -> "Matcher":
        """Return one that knows a confirmed message beside what it was fitted on."""
        if example.label not in self._phrases:
            return self
        taught = copy(self)
        said = " ".join(words(example.text))
        taught._confirmed = (*self._confirmed, (said, example.label))  # noqa: SLF001  of its own copy
        return taught

    def suggest(self, text: str, limit: int = 3) -> tuple[Suggestion, ...]:
        """Return the likeliest categories, best first; none for a mere greeting, thanks, or words nobody knows."""
        if is_greeting(text) or is_thanks(text):
            return ()
        said = read(text)
        ranked_now = self._with_confirmed(said, self._index.rank(text))
        return tuple(
            Suggestion(
                category=ranked.label,
                score=ranked.score,
                matched=self._matched(said, ranked.label),
                nearest=self._nearest(said, ranked.label),
            )
            for ranked in ranked_now[:limit]
        )

    def _with_confirmed(self, said: Sequence[Word], ranked: Sequence[Ranked]) -> Sequence[Ranked]:
        """Put the category first under which the same words were confirmed last."""
        meant = " ".join(word.meant for word in said)
        near = process.extractOne(
            meant, [words for words, _ in reversed(self._confirmed)], scorer=fuzz.token_sort_ratio, score_cutoff=_SAME
        )  # fmt: skip
        if near is None:
            return ranked
        label = self._confirmed[-1 - near[2]][1]
        others = [
            replace(each, score=each.score * (1 - _CONFIRMED)) for each in ranked if each.label != label
        ]
        return (Ranked(label=label, score=_CONFIRMED), *others)

    def _matched(self, said: Sequence[Word], category: str) -> tuple[str, ...]:
        weights: dict[str, float] = {}
        for word in said:
            known = self._known(word.meant, category)
            weight = self._index.weight_of(word_feature(known), category) if known else 0.0
            if weight > 0:
                weights[word.written] = max(weight, weights.get(word.written, 0.0))
        return tuple(sorted(weights, key=lambda written: (-weights[written], written))[:_MOST_MATCHED])

    def _known(self, word: str, category: str) -> str | None:
        """Return the category's own word for it: the same, or the one it is a misspelling of."""
        vocabulary = self._vocabulary[category]
        if word in vocabulary:
            return word
        if len(word) < _SHORTEST_TYPO:
            return None
        near = process.extractOne(word, vocabulary, scorer=fuzz.ratio, score_cutoff=_TYPO)
        return near[0] if near else None

    def _nearest(self, said: Sequence[Word], category: str) -> str | None:
        meant = " ".join(word.meant for word in said)
        near = process.extractOne(
            meant, self._comparable[category], scorer=fuzz.token_set_ratio, score_cutoff=_LIKE
        )
        return self._phrases[category][near[2]] if near else None


def _phrases_of(category: Category) -> tuple[str, ...]:
    return (category.name, *category.keywords, *category.examples)
