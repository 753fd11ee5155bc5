"""Examples that hurt: those that stand under two categories, read like another category, mislead, or say nothing.

Every example, and every message whose category people have confirmed, is read by a matcher that has not seen it, so
that it cannot speak for itself. An example is suspected if it is read as another category itself, or if messages of
others are taken for its category and it is what they are most like there. What a suspected one does is then tried
(`proof`): whoever helps others to be read rightly is left in peace.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from rapidfuzz import fuzz, process

from templates_replies.catalogue import Category
from templates_replies.cues import is_greeting, is_thanks
from templates_replies.curation.known import Known
from templates_replies.curation.proof import Proof, messages_of, prove
from templates_replies.matcher import Example, Matcher, Suggestion
from templates_replies.normalise import words

FOLDS = 4
SURE = 0.7  # score from which on it is worth a person's time that an example reads like another category
MOST_TRIED = 12  # suspected examples; each is tried in a second or two
_MISLED = 2  # messages of others that an example must draw to its category before it is suspected …
_PROVEN = 2  # … and so many more must be read rightly without it
_NEIGHBOURS = 4  # categories that are tried with it
_NEAR = 55  # rapidfuzz token_sort_ratio from which on something of the other category says much the same
_FEWEST = 3  # examples of a category: with fewer, leaving one out leaves too little to judge by
_SHORTEST = 4  # letters of an example that says anything


class Harm(StrEnum):
    TWICE = "twice"  # the same words stand under another category too
    MISLEADS = "misleads"  # messages of others are taken for its category because of it
    LIKE_ANOTHER = (
        "like_another"  # without it, it would be taken for another category, which has one much like it
    )
    SAYS_NOTHING = "says_nothing"  # a greeting, a letter or two


@dataclass(frozen=True, kw_only=True)
class Hurting:
    category: str
    example: str
    harm: Harm
    other: str | None = None  # the category that it stands under too, reads like, or takes messages from
    beside: str | None = None  # what of that category is most like it
    score: float = 1.0  # how sure it is
    proof: Proof | None = None  # what it does to other messages; None where its fault is plain


@dataclass(frozen=True, kw_only=True)
class _Misread:
    message: Example
    found: tuple[Suggestion, ...]

    @property
    def taken_for(self) -> str:
        return self.found[0].category


def hurting(known: Known) -> tuple[Hurting, ...]:
    """Return the examples that hurt, the plain ones first, then those that harm most.

    Takes as long as fitting a matcher four times, and trying each suspected example among its neighbours.
    """
    plain = [*_standing_twice(known), *_saying_nothing(known)]
    seen = {(one.category, one.example) for one in plain}
    misread = list(_misread(known))
    suspected = {
        (one.category, one.example): one for one in (*_like_another(known, misread), *_misleading(known, misread))
    }  # fmt: skip
    to_try = sorted(
        (one for at, one in suspected.items() if at not in seen),
        key=lambda one: (one.harm is not Harm.MISLEADS, -one.score, one.category, one.example),
    )
    confused = _confused(misread)
    tried = [_tried(known, one, confused) for one in to_try[:MOST_TRIED]]
    proven = sorted(
        (one for one in tried if one.proof is not None and _stays_suspected(one.harm, one.proof)),
        key=lambda one: (-one.proof.gain if one.proof else 0, -one.score, one.category, one.example),
    )
    return (*plain, *proven)


def _stays_suspected(harm: Harm, proof: Proof) -> bool:
    return proof.gain >= (_PROVEN if harm is Harm.MISLEADS else 0)


def _tried(known: Known, one: Hurting, confused: Mapping[str, Counter[str]]) -> Hurting:
    near = [each for each, _ in confused[one.category].most_common(_NEIGHBOURS)]
    example = Example(label=one.category, text=one.example)
    return replace(one, proof=prove(known, example, to=one.other or one.category, near=near))


def _saying_nothing(known: Known) -> Iterator[Hurting]:
    for category in known.catalogue.offered:
        for example in category.examples:
            letters = sum(len(word) for word in words(example))
            if letters < _SHORTEST or is_greeting(example) or is_thanks(example):
                yield Hurting(category=category.id, example=example, harm=Harm.SAYS_NOTHING)


def _standing_twice(known: Known) -> Iterator[Hurting]:
    """Yield each example whose words stood under an earlier category."""
    first: dict[tuple[str, ...], tuple[str, str]] = {}
    for category in known.catalogue.offered:
        for example in category.examples:
            other, beside = first.setdefault(words(example), (category.id, example))
            if other != category.id:
                yield Hurting(
                    category=category.id, example=example, harm=Harm.TWICE, other=other, beside=beside
                )


# -- what is read wrongly by a matcher that has not seen it -----------------------------------------------------------


def _misread(known: Known) -> Iterator[_Misread]:
    catalogue = known.catalogue
    said = messages_of(known, [each.id for each in catalogue.offered if len(each.examples) >= _FEWEST])
    for fold in range(FOLDS):
        asked = said[fold::FOLDS]
        if not asked:
            continue
        matcher = _unseen(known, asked)
        for message in asked:
            found = matcher.suggest(message.text, 3)
            if found and found[0].category != message.label:
                yield _Misread(message=message, found=found)


def _unseen(known: Known, asked: Sequence[Example]) -> Matcher:
    """Fit on everything but some messages."""
    held: defaultdict[str, set[str]] = defaultdict(set)
    for each in asked:
        held[each.label].add(each.text)
    categories = tuple(
        replace(each, examples=tuple(one for one in each.examples if one not in held[each.id]))
        for each in known.catalogue.categories
    )
    learned = [each for each in known.learned if each.text not in held[each.label]]
    return Known(catalogue=replace(known.catalogue, categories=categories), learned=learned).fit()


def _confused(misread: Sequence[_Misread]) -> Mapping[str, Counter[str]]:
    """Return how often each category and another one are taken for each other."""
    found: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for one in misread:
        found[one.message.label][one.taken_for] += 1
        found[one.taken_for][one.message.label] += 1
    return found


def _misleading(known: Known, misread: Sequence[_Misread]) -> Iterator[Hurting]:
    """Yield the examples that messages of other categories are most like in the category that they are taken for."""
    of_category = {category.id: frozenset(category.examples) for category in known.catalogue.offered}
    drawn: defaultdict[tuple[str, str], list[Example]] = defaultdict(list)
    for one in misread:
        near = one.found[0].nearest
        if isinstance(near, str) and near in of_category[one.taken_for]:
            drawn[one.taken_for, near].append(one.message)
    for (category, example), messages in drawn.items():
        if len(messages) >= _MISLED:
            (other, _), *_ = Counter(message.label for message in messages).most_common(1)
            beside = next(message.text for message in messages if message.label == other)
            yield Hurting(
                category=category, example=example, harm=Harm.MISLEADS, other=other, beside=beside, score=float(len(messages)),
            )  # fmt: skip


def _like_another(known: Known, misread: Sequence[_Misread]) -> Iterator[Hurting]:
    for one in misread:
        category, example, best = one.message.label, one.message.text, one.found[0]
        own = next((each.score for each in one.found if each.category == category), 0.0)
        if one.message.source is None and best.score >= max(SURE, 2 * own):
            beside, near = _nearest(known, example, best.category)
            if near < max(_NEAR, _nearest(known, example, category)[1]):
                continue  # a hard one, from which there is much to learn
            yield Hurting(
                category=category, example=example, harm=Harm.LIKE_ANOTHER, other=best.category, beside=beside,
                score=best.score,
            )  # fmt: skip


def _nearest(known: Known, example: str, category: str) -> tuple[str | None, float]:
    """Return what of a category is most like an example, but for itself, and how much (0..100)."""
    there = known.catalogue.category(category)
    phrases = [each for each in (*_phrases(there), *_learned(known, category)) if each != example]
    said = [" ".join(words(phrase)) for phrase in phrases]
    near = process.extractOne(" ".join(words(example)), said, scorer=fuzz.token_sort_ratio)
    return (phrases[near[2]], near[1]) if near else (None, 0.0)


def _phrases(category: Category | None) -> Sequence[str]:
    return (*category.examples, *category.keywords, category.name) if category else ()


def _learned(known: Known, category: str) -> Sequence[str]:
    return [each.text for each in known.learned if each.label == category]
