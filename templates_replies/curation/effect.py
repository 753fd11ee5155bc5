"""What a changed catalogue would have made of messages that came: how many get another first suggestion, and which.

Two matchers are compared over the same messages. Where a person has said what a ticket was about, it also tells how
often each of them names that first.
"""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from templates_replies.catalogue import Catalogue
from templates_replies.matcher import Matcher

SAMPLES = 3  # of each way that suggestions go


@dataclass(frozen=True, kw_only=True)
class FirstWords:
    """What a ticket began with."""

    ticket: int
    text: str
    category: str | None = None  # that a person set


@dataclass(frozen=True, kw_only=True)
class Shift:
    """Tickets that would be suggested another category first."""

    before: str | None  # None: no category was suggested
    after: str | None
    count: int
    samples: tuple[FirstWords, ...]


@dataclass(frozen=True, kw_only=True)
class Effect:
    messages: int
    changed: int
    shifts: tuple[Shift, ...]  # the most frequent first
    judged: int  # messages of which a person has said the category, as far as the change leaves that clear
    right_before: int
    right_after: int


def effect(before: Catalogue, after: Catalogue, said: Sequence[FirstWords]) -> Effect:
    """Compare what both catalogues suggest. Takes as long as fitting two matchers and asking them everything."""
    old, new = _firsts(before, said), _firsts(after, said)
    shifts: defaultdict[tuple[str | None, str | None], list[FirstWords]] = defaultdict(list)
    for words, was, becomes in zip(said, old, new, strict=True):
        if was != becomes:
            shifts[was, becomes].append(words)
    divided = _divided(before, after)
    judged = [
        (words.category, was, becomes)
        for words, was, becomes in zip(said, old, new, strict=True)
        if words.category is not None and words.category not in divided
    ]
    return Effect(
        messages=len(said),
        changed=sum(len(moved) for moved in shifts.values()),
        shifts=tuple(
            Shift(before=was, after=becomes, count=len(moved), samples=tuple(moved[:SAMPLES]))
            for (was, becomes), moved in sorted(
                shifts.items(), key=lambda each: (-len(each[1]), each[0][0] or "", each[0][1] or "")
            )
        ),
        judged=len(judged),
        right_before=sum(before.merged.get(right, right) == was for right, was, _ in judged),
        right_after=sum(after.merged.get(right, right) == becomes for right, _, becomes in judged),
    )


def _firsts(catalogue: Catalogue, said: Sequence[FirstWords]) -> list[str | None]:
    matcher = Matcher.fit(catalogue)
    return [next((one.category for one in matcher.suggest(each.text, 1)), None) for each in said]


def _divided(before: Catalogue, after: Catalogue) -> Collection[str]:
    """Return categories of which a new one takes examples: what people set no longer says which of both is right."""
    known = {each.id for each in before.categories}
    taken = {example for each in after.offered if each.id not in known for example in each.examples}
    return {each.id for each in before.categories if taken & set(each.examples)}
