"""Labelled examples in, labels ranked for a text out: the committee, what was confirmed since, and the labels' names."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np

from templates_replies.matcher.committee import Committee, Reading
from templates_replies.matcher.features import seen_in, word_feature
from templates_replies.matcher.lately import Lately
from templates_replies.matcher.outside import OUTSIDE, Outside
from templates_replies.matcher.vectors import Floats

_ALIKE = 0.5  # in the inner space, from which on an example is worth showing as the nearest


@dataclass(frozen=True, kw_only=True)
class Example:
    """A text of which the label is known."""

    label: str  # OUTSIDE: it is of none
    text: str
    source: int | None = None  # the number of the ticket in which it was said


class Ranked(NamedTuple):
    label: str
    score: float  # 0..1; of the best one: how likely it is that it is right


@dataclass(frozen=True, kw_only=True)
class Answer:
    ranked: tuple[Ranked, ...]  # best first, as many as were asked for
    reading: Reading
    likeness: Floats  # of the wording, to each of the examples confirmed since the training


class Reader:
    """Immutable; `learn` returns another one, which shares the committee."""

    def __init__(
        self, examples: Sequence[Example], committee: Committee, lately: Lately, outside: Outside
    ) -> None:
        """Take a committee with its examples, in its order, and those confirmed since at their end."""
        self._examples = tuple(examples)
        self._committee = committee
        self._lately = lately
        self._outside = outside
        self._trained = len(self._examples) - len(lately.labels)
        self._labels = tuple(dict.fromkeys(each.label for each in self._examples[: self._trained]))
        self._numbers = {label: number for number, label in enumerate(self._labels)}

    @classmethod
    def of(cls, examples: Sequence[Example]) -> "Reader | None":
        """Train on examples; None where there are none of any label."""
        ordered = sorted((each for each in examples if each.label != OUTSIDE), key=lambda each: each.label)
        if not ordered:
            return None
        _, numbers = np.unique([each.label for each in ordered], return_inverse=True)
        committee = Committee.of([each.text for each in ordered], numbers)
        outside = Outside.of(committee.vocabulary, [each.text for each in examples if each.label == OUTSIDE])
        return cls(ordered, committee, Lately(), outside)

    def learn(self, example: Example) -> "Reader":
        """Return one that knows the example; nothing is learned, before training, of what it knows nothing of."""
        if example.label == OUTSIDE:
            outside = self._outside.with_one(example.text)
            return Reader(self._examples, self._committee, self._lately, outside)
        vectors = self._committee.vocabulary.vectors(seen_in([example.text]))
        if example.label not in self._numbers or not vectors.columns.size:
            return self
        lately = self._lately.with_one(vectors, self._numbers[example.label])
        return Reader((*self._examples, example), self._committee, lately, self._outside)

    def answer(self, texts: Sequence[str], limit: int | None = None) -> list[Answer | None]:
        """Rank labels for each text, all of them without a limit; None if nothing in it is known."""
        return [
            self._answer(text, reading, limit)
            for text, reading in zip(texts, self._committee.read(texts), strict=True)
        ]

    def _answer(self, text: str, reading: Reading, limit: int | None) -> Answer | None:
        if not reading.vectors.columns.size:
            return None
        likeness = self._lately.likeness(reading.vectors, len(self._committee.vocabulary))
        shares, sure = reading.shares, reading.sure
        order = np.argsort(-shares, kind="stable")
        if self._lately.labels:
            likeliest = order[0]
            shares, theirs = self._lately.drawn(shares, likeness)
            order = np.argsort(-shares, kind="stable")
            agreed = sure if order[0] == likeliest else 0.0
            sure = float((1 - theirs.sum()) * agreed + theirs[order[0]])
        best = order[0]
        scores = np.minimum(sure * shares / shares[best], 1 - sure)
        scores[best] = sure
        told = order[:limit]
        labels = (self._labels[at] for at in told.tolist())
        ranked = tuple(map(Ranked, labels, scores[told].tolist()))
        return self._without_outside(Answer(ranked=ranked, reading=reading, likeness=likeness), text)

    def _without_outside(self, answer: Answer, text: str) -> Answer:
        """Take away what speaks for its being of no label at all."""
        if not len(self._outside):
            return answer
        nearest = self.nearest(answer, answer.ranked[0].label)
        left = self._outside.left(text, nearest.text if nearest is not None else None)
        return replace(answer, ranked=tuple(each._replace(score=each.score * left) for each in answer.ranked))

    def nearest(self, answer: Answer, label: str) -> Example | None:
        """Return the example of a label that is most like the text, if any is like it."""
        number = self._numbers[label]
        likeness = self._committee.likeness(answer.reading.place, number)
        found = [(float(likeness.max()), self._committee.first_of(number) + int(likeness.argmax()))]
        found += [
            (float(alike), self._trained + at)
            for at, alike in enumerate(answer.likeness)
            if self._lately.labels[at] == number
        ]
        alike, at = max(found)
        return self._examples[at] if alike >= _ALIKE else None

    def weights(self, words: Sequence[str], label: str) -> list[float]:
        """Return how much each word by itself speaks for a label."""
        number = self._numbers[label]
        return [self._committee.weight(word_feature(word), number) for word in words]
