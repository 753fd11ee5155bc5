"""Labelled texts become one direction per label; a message is compared with all of them at once.

Each text is a vector of weighted features, weighted down by how many texts and how many labels share the feature, so
that common words weigh little. A label's direction is the mean of its texts. Immutable once built.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from templates_replies.matcher.features import features

#: Score of the best label from its similarity and its lead over the second: a logistic curve fitted on BANKING77,
#: CLINC150 with out-of-scope messages, and Indonesian xSID, each with 3, 10 and all examples, weighted alike.
_BY_SIMILARITY, _BY_LEAD, _BASE = 1.7, 22.1, -1.3


@dataclass(frozen=True, kw_only=True)
class Ranked:
    label: str
    score: float  # 0..1


class Index:
    def __init__(self, examples: Sequence[tuple[str, str]]) -> None:
        counted = [(label, features(text)) for label, text in examples]
        self._labels = tuple(sorted({label for label, _ in counted}))
        self._rarity = _rarity(counted)
        self._rarest = max(self._rarity.values(), default=1.0)
        self._postings = self._directions(counted)

    def rank(self, text: str) -> tuple[Ranked, ...]:
        """Return the labels that share anything with the text, best first, equal ones by name."""
        similarities = [0.0] * len(self._labels)
        for feature, weight in self._vector(features(text)).items():
            for label, share in self._postings.get(feature, ()):
                similarities[label] += weight * share
        ordered = sorted(zip(similarities, self._labels, strict=True), key=lambda each: (-each[0], each[1]))
        return _scored([(label, similarity) for similarity, label in ordered if similarity > 0])

    def weight_of(self, feature: str, label: str) -> float:
        """Return how much of the label's direction lies in a feature; 0 if the label never had it."""
        return next(
            (share for at, share in self._postings.get(feature, ()) if self._labels[at] == label), 0.0
        )

    def _vector(self, counted: Mapping[str, float]) -> dict[str, float]:
        vector = {
            feature: math.sqrt(count) * self._rarity.get(feature, self._rarest)
            for feature, count in counted.items()
        }
        length = math.sqrt(sum(weight * weight for weight in vector.values())) or 1.0
        return {feature: weight / length for feature, weight in vector.items()}

    def _directions(
        self, counted: Sequence[tuple[str, Mapping[str, float]]]
    ) -> Mapping[str, list[tuple[int, float]]]:
        sums: list[defaultdict[str, float]] = [defaultdict(float) for _ in self._labels]
        number_of = {label: number for number, label in enumerate(self._labels)}
        for label, features_of_text in counted:
            for feature, weight in self._vector(features_of_text).items():
                sums[number_of[label]][feature] += weight
        postings: defaultdict[str, list[tuple[int, float]]] = defaultdict(list)
        for number, total in enumerate(sums):
            length = math.sqrt(sum(weight * weight for weight in total.values())) or 1.0
            for feature, weight in total.items():
                postings[feature].append((number, weight / length))
        return dict(postings)


def _rarity(counted: Sequence[tuple[str, Mapping[str, float]]]) -> Mapping[str, float]:
    texts: Counter[str] = Counter()
    labels: defaultdict[str, set[str]] = defaultdict(set)
    for label, features_of_text in counted:
        texts.update(features_of_text.keys())
        for feature in features_of_text:
            labels[feature].add(label)
    all_texts, all_labels = len(counted), len({label for label, _ in counted})
    return {
        feature: 0.5 * math.log((all_texts + 1) / (count + 0.5))
        + math.log((all_labels + 1) / (len(labels[feature]) + 0.5))
        for feature, count in texts.items()
    }


def _scored(ranked: Sequence[tuple[str, float]]) -> tuple[Ranked, ...]:
    """Give the best label its score; the others theirs in proportion to their similarity."""
    if not ranked:
        return ()
    best = ranked[0][1]
    second = ranked[1][1] if len(ranked) > 1 else 0.0
    score = 1 / (1 + math.exp(-(_BY_SIMILARITY * best + _BY_LEAD * (best - second) + _BASE)))
    return tuple(Ranked(label=label, score=score * similarity / best) for label, similarity in ranked)
