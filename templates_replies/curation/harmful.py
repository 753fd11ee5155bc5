"""Examples that hurt: those that stand under two categories, read like another category, or say nothing.

Each example is asked of a matcher that has not seen it, so that it cannot speak for itself. What people have decided
about tickets helps to judge it.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from rapidfuzz import fuzz, process

from templates_replies.catalogue import Catalogue, Category
from templates_replies.cues import is_greeting, is_thanks
from templates_replies.curation.effect import FirstWords
from templates_replies.matcher import Matcher
from templates_replies.normalise import words

FOLDS = 5
SURE = 0.7  # score from which on it is worth a person's time that an example reads like another category
_NEAR = 55  # rapidfuzz token_sort_ratio from which on something of the other category says much the same
_FEWEST = 3  # examples of a category: with fewer, leaving one out leaves too little to judge by
_SHORTEST = 4  # letters of an example that says anything


class Harm(StrEnum):
    TWICE = "twice"  # the same words stand under another category too
    LIKE_ANOTHER = (
        "like_another"  # without it, it would be taken for another category, which has one much like it
    )
    SAYS_NOTHING = "says_nothing"  # a greeting, a letter or two


@dataclass(frozen=True, kw_only=True)
class Hurting:
    category: str
    example: str
    harm: Harm
    other: str | None = None  # the category that it stands under too, or reads like
    beside: str | None = None  # what of that category is most like it
    score: float = 1.0  # how sure it is


def hurting(catalogue: Catalogue, said: Sequence[FirstWords] = ()) -> tuple[Hurting, ...]:
    """Return the examples that hurt, the surest first. Takes as long as fitting a matcher five times."""
    empty = list(_saying_nothing(catalogue))
    twice = list(_standing_twice(catalogue))
    known = {(one.category, one.example) for one in (*empty, *twice)}
    alike = [one for one in _like_another(catalogue, said) if (one.category, one.example) not in known]
    return (*twice, *empty, *sorted(alike, key=lambda one: (-one.score, one.category, one.example)))


def _saying_nothing(catalogue: Catalogue) -> Iterator[Hurting]:
    for category in catalogue.offered:
        for example in category.examples:
            letters = sum(len(word) for word in words(example))
            if letters < _SHORTEST or is_greeting(example) or is_thanks(example):
                yield Hurting(category=category.id, example=example, harm=Harm.SAYS_NOTHING)


def _standing_twice(catalogue: Catalogue) -> Iterator[Hurting]:
    """Yield each example whose words stood under an earlier category."""
    first: dict[tuple[str, ...], tuple[str, str]] = {}
    for category in catalogue.offered:
        for example in category.examples:
            other, beside = first.setdefault(words(example), (category.id, example))
            if other != category.id:
                yield Hurting(
                    category=category.id, example=example, harm=Harm.TWICE, other=other, beside=beside
                )


def _like_another(catalogue: Catalogue, said: Sequence[FirstWords]) -> Iterator[Hurting]:
    taught = _with_decided(catalogue, said)
    for fold in range(FOLDS):
        held = {
            each.id: each.examples[fold::FOLDS] for each in catalogue.offered if len(each.examples) >= _FEWEST
        }
        if not any(held.values()):
            continue
        matcher = Matcher.fit(_without(taught, held))
        for category, examples in held.items():
            for example in examples:
                found = matcher.suggest(example, 3)
                own = next((one.score for one in found if one.category == category), 0.0)
                if found and found[0].category != category and found[0].score >= max(SURE, 2 * own):
                    other = found[0].category
                    beside, near = _nearest(example, taught.category(other))
                    if near < max(_NEAR, _nearest(example, taught.category(category))[1]):
                        continue  # a hard one, from which there is much to learn
                    yield Hurting(
                        category=category, example=example, harm=Harm.LIKE_ANOTHER, other=other, beside=beside,
                        score=found[0].score,
                    )  # fmt: skip


def _with_decided(catalogue: Catalogue, said: Sequence[FirstWords]) -> Catalogue:
    """Return the catalogue with the messages that people have put under a category as further examples."""
    decided: defaultdict[str, list[str]] = defaultdict(list)
    for one in said:
        if one.category is not None:
            decided[catalogue.merged.get(one.category, one.category)].append(one.text)
    return replace(
        catalogue,
        categories=tuple(
            replace(each, examples=(*each.examples, *decided[each.id])) for each in catalogue.categories
        ),
    )


def _without(catalogue: Catalogue, held: Mapping[str, Sequence[str]]) -> Catalogue:
    return replace(
        catalogue,
        categories=tuple(
            replace(each, examples=tuple(one for one in each.examples if one not in held.get(each.id, ())))
            for each in catalogue.categories
        ),
    )


def _nearest(example: str, category: Category | None) -> tuple[str | None, float]:
    """Return what of a category is most like an example, but for itself, and how much (0..100)."""
    if category is None:
        return None, 0.0
    phrases = [each for each in (*category.examples, *category.keywords, category.name) if each != example]
    said = [" ".join(words(phrase)) for phrase in phrases]
    near = process.extractOne(" ".join(words(example)), said, scorer=fuzz.token_sort_ratio)
    return (phrases[near[2]], near[1]) if near else (None, 0.0)
