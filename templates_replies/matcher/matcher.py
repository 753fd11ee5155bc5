"""The matcher of a desk: fitted on its catalogue, it suggests categories for a message and says why."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from templates_replies.catalogue import Catalogue, Category
from templates_replies.cues import is_greeting, is_thanks
from templates_replies.matcher.features import word_feature
from templates_replies.matcher.index import Index
from templates_replies.normalise import Word, read, words

_TYPO = 80  # rapidfuzz ratio from which on an unknown word counts as a misspelt known one
_SHORTEST_TYPO = 4
_MOST_MATCHED = 6
_LIKE = 60  # token_set_ratio from which on an example is worth showing as the nearest


@dataclass(frozen=True, kw_only=True)
class Suggestion:
    category: str  # its id
    score: float  # 0..1: how often such a suggestion is right
    matched: tuple[str, ...]  # words of the message, as written, that speak for it; the strongest first
    nearest: str | None  # the catalogue's own example, keyword or name that is most like the message


class Matcher:
    """Immutable: a changed catalogue is fitted anew, which takes milliseconds."""

    def __init__(self, index: Index, phrases: Mapping[str, Sequence[str]]) -> None:
        self._index = index
        self._phrases = phrases
        self._comparable = {
            category: [" ".join(words(phrase)) for phrase in said] for category, said in phrases.items()
        }
        self._vocabulary = {
            category: tuple(dict.fromkeys(word for phrase in said for word in phrase.split()))
            for category, said in self._comparable.items()
        }

    @classmethod
    def fit(cls, catalogue: Catalogue) -> "Matcher":
        phrases = {category.id: _phrases_of(category) for category in catalogue.offered}
        examples = [(category, phrase) for category, said in phrases.items() for phrase in said]
        return cls(Index(examples), phrases)

    def suggest(self, text: str, limit: int = 3) -> tuple[Suggestion, ...]:
        """Return the likeliest categories, best first; none for a mere greeting, thanks, or words nobody knows."""
        if is_greeting(text) or is_thanks(text):
            return ()
        said = read(text)
        return tuple(
            Suggestion(
                category=ranked.label,
                score=ranked.score,
                matched=self._matched(said, ranked.label),
                nearest=self._nearest(said, ranked.label),
            )
            for ranked in self._index.rank(text)[:limit]
        )

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
