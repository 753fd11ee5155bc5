"""The matcher of a desk: fitted on its catalogue and what it has learned, it suggests categories and says why."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from weakref import WeakValueDictionary

from templates_replies.catalogue import Catalogue, Category
from templates_replies.cues import is_filler, is_greeting, is_thanks, says_more
from templates_replies.matcher.once import Once, made
from templates_replies.matcher.outside import OUTSIDE
from templates_replies.matcher.own_words import OwnWords
from templates_replies.matcher.reader import Answer, Example, Reader
from templates_replies.normalise import Word, read, words

_UNSAID = 0.25  # the most to be scored where no word of the likeliest category is said
_MOST_MATCHED = 6
_TELLING = 0.25  # of what the strongest word weighs, from which on another one is worth being shown

_readers: WeakValueDictionary[tuple[Example, ...], Reader] = WeakValueDictionary()


Vocabularies = Mapping[str, OwnWords]  # the words meant in what is known of each category


@dataclass(frozen=True, kw_only=True)
class Suggestion:
    category: str  # its id
    score: float  # 0..1: how often such a suggestion is right
    # Why it, of the best one alone: of the others nobody asks.
    matched: tuple[str, ...] = ()  # words of the message, as written, that speak for it; the strongest first
    # What is most like the message: the catalogue's own line, or the ticket of a confirmed one.
    nearest: str | int | None = None


@dataclass(frozen=True, kw_only=True)
class _Trained:
    reader: Reader | None  # None: there is no category to suggest
    vocabulary: Vocabularies


class Matcher:
    """Immutable: a changed catalogue is fitted anew, and a learned example gives another matcher at once.

    It is trained when it is first asked, which takes a part of a second and tens of MB: whoever opens a desk and never
    asks about a message has none of that.
    """

    def __init__(self, trained: Once[_Trained]) -> None:
        self._trained = trained

    @classmethod
    def fit(cls, catalogue: Catalogue, learned: Sequence[Example] = ()) -> "Matcher":
        """Fit on the categories offered, on what people have confirmed of them, and on what they found to fit none."""
        return cls(Once(partial(_trained, catalogue, tuple(learned))))

    @property
    def is_trained(self) -> bool:
        return self._trained.is_made

    def train(self) -> None:
        """Be trained now, if it is not yet: on a thread, for it takes a part of a second."""
        self._trained()

    def learn(self, example: Example) -> "Matcher":
        """Return a matcher that knows one more example, at once."""
        trained = self._trained()
        reader, vocabulary = trained.reader, trained.vocabulary
        if reader is None:
            return self
        if example.label == OUTSIDE:
            return Matcher(made(_Trained(reader=reader.learn(example), vocabulary=vocabulary)))
        if example.label not in vocabulary:
            return self
        known = vocabulary[example.label].with_more(words(example.text))
        return Matcher(
            made(_Trained(reader=reader.learn(example), vocabulary={**vocabulary, example.label: known}))
        )

    def suggest(self, text: str, limit: int = 3) -> tuple[Suggestion, ...]:
        """Return the likeliest categories, best first; none for a mere greeting, thanks, or words nobody knows."""
        return self.suggest_all([text], limit)[0]

    def suggest_all(self, texts: Sequence[str], limit: int = 3) -> list[tuple[Suggestion, ...]]:
        """Return the same of several texts, which costs far less than to ask about each."""
        asking = [at for at, text in enumerate(texts) if _asks(text)]
        found: list[tuple[Suggestion, ...]] = [()] * len(texts)
        trained = self._trained() if asking else None
        if trained is None or trained.reader is None:
            return found
        answers = trained.reader.answer([texts[at] for at in asking], limit)
        for at, answer in zip(asking, answers, strict=True):
            if answer is not None:
                found[at] = _suggestions(texts[at], answer, trained.reader, trained.vocabulary)
        return found


def _asks(text: str) -> bool:
    return says_more(text) or not (is_greeting(text) or is_thanks(text))


def _suggestions(
    text: str, answer: Answer, reader: Reader, vocabulary: Vocabularies
) -> tuple[Suggestion, ...]:
    best, *others = answer.ranked
    said = dict.fromkeys(read(text))  # a long mail says its words many times
    spoken = _spoken(said, vocabulary[best.label])
    nearest = reader.nearest(answer, best.label)
    most = 1.0 if spoken else _UNSAID
    return (
        Suggestion(
            category=best.label,
            score=min(best.score, most),
            matched=_telling(spoken, best.label, reader),
            nearest=_named(nearest) if nearest else None,
        ),
        *(Suggestion(category=each.label, score=min(each.score, most)) for each in others),
    )


def _trained(catalogue: Catalogue, learned: Sequence[Example]) -> _Trained:
    offered = {category.id for category in catalogue.offered}
    examples = [
        Example(label=category.id, text=phrase)
        for category in catalogue.offered
        for phrase in _phrases_of(category)
    ]
    examples += [each for each in learned if each.label in offered or each.label == OUTSIDE]
    vocabulary: dict[str, set[str]] = {category: set() for category in offered}
    for each in examples:
        if each.label != OUTSIDE:
            vocabulary[each.label].update(words(each.text))
    return _Trained(
        reader=_reader_of(tuple(examples)),
        vocabulary={category: OwnWords(known) for category, known in vocabulary.items()},
    )


def _spoken(said: Iterable[Word], own: OwnWords) -> Sequence[tuple[str, str]]:
    """Return the words that are of a category, as written and as the category knows them."""
    return [(word.written, known) for word in said if (known := own.meant(word.meant)) is not None]


def _telling(spoken: Sequence[tuple[str, str]], category: str, reader: Reader) -> tuple[str, ...]:
    """Return those of the category's words that speak for it, the strongest first."""
    said = [(written, known) for written, known in spoken if not is_filler(known)]
    weights: dict[str, float] = {}
    for (written, _), weight in zip(
        said, reader.weights([known for _, known in said], category), strict=True
    ):
        if weight > 0:
            weights[written] = max(weight, weights.get(written, 0.0))
    least = _TELLING * max(weights.values(), default=0.0)
    telling = (written for written, weight in weights.items() if weight >= least)
    return tuple(sorted(telling, key=lambda written: (-weights[written], written))[:_MOST_MATCHED])


def _reader_of(examples: tuple[Example, ...]) -> Reader | None:
    """Train, if nobody has a reader of the same examples any more."""
    reader = _readers.get(examples) or Reader.of(examples)
    if reader is not None:
        _readers[examples] = reader
    return reader


def _named(example: Example) -> str | int:
    return example.text if example.source is None else example.source


def _phrases_of(category: Category) -> tuple[str, ...]:
    return (category.name, *category.keywords, *category.examples)
