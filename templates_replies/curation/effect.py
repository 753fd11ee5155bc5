"""What a changed catalogue would have made of messages that came: which get another first suggestion or reply.

Two matchers are compared over the same messages, each fitted on everything that the desk's own would know: the
catalogue, and what people have confirmed. A message that was itself learned is asked of one that has not learned it,
so that it does not only say what it was taught. Where a person has said what a ticket was about, it also tells how
often each of both names that first.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass

from templates_replies.catalogue import Catalogue
from templates_replies.curation.known import Known
from templates_replies.gate import Auto, decide, is_word_for_word
from templates_replies.matcher import Matcher
from templates_replies.matters import read_requests
from templates_replies.scores import is_remark

SAMPLES = 20  # of each way that suggestions go
_FEW = 0.1  # part of what is known that may be left out at once, and still the rest speaks for the whole


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
class Answers:
    """Replies that would have gone out by themselves."""

    before: int
    after: int
    changed: int  # messages that would get another one, one more or one less
    samples: tuple[FirstWords, ...]  # of these


@dataclass(frozen=True, kw_only=True)
class Effect:
    messages: int
    changed: int
    shifts: tuple[Shift, ...]  # the most frequent first
    judged: int  # messages of which a person has said the category, as far as the change leaves that clear
    right_before: int
    right_after: int
    answers: Answers


@dataclass(frozen=True, kw_only=True)
class _Read:
    """How a matcher reads a message."""

    category: str | None
    reply: str | None  # that goes out by itself


def effect(before: Known, after: Known, said: Sequence[FirstWords], threshold: float | None = None) -> Effect:
    """Compare what both suggest; `threshold` is the score from which on the desk's replies go out by themselves.

    Takes as long as fitting two to six matchers and asking them everything.
    """
    groups = _groups(said, before, after)
    old, new = (_readings(known, groups, threshold) for known in (before, after))
    shifts: defaultdict[tuple[str | None, str | None], list[FirstWords]] = defaultdict(list)
    for words in said:
        was, becomes = old[words.ticket].category, new[words.ticket].category
        if was != becomes:
            shifts[was, becomes].append(words)
    divided = _divided(before.catalogue, after.catalogue)
    judged = [words for words in said if words.category is not None and words.category not in divided]
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
        right_before=_right(judged, old, before.catalogue),
        right_after=_right(judged, new, after.catalogue),
        answers=_answers(said, old, new),
    )


def _groups(
    said: Sequence[FirstWords], before: Known, after: Known
) -> Sequence[tuple[Collection[int], Sequence[FirstWords]]]:
    """Return messages that are asked together, with the tickets from which nothing may have been learned then."""
    taught = {each.source for known in (before, after) for each in known.learned}
    own = [words for words in said if words.ticket in taught]
    folds = 1 if len(own) <= _FEW * (len(after.learned) + _phrases(after.catalogue)) else 2
    apart = [own[fold::folds] for fold in range(folds)]
    others = [words for words in said if words.ticket not in taught]
    groups = [((), others), *(({words.ticket for words in group}, group) for group in apart)]
    return [(tickets, group) for tickets, group in groups if group]


def _phrases(catalogue: Catalogue) -> int:
    return sum(1 + len(each.keywords) + len(each.examples) for each in catalogue.offered)


def _readings(
    known: Known, groups: Sequence[tuple[Collection[int], Sequence[FirstWords]]], threshold: float | None
) -> Mapping[int, _Read]:
    """Return how each message is read, by its ticket."""
    found: dict[int, _Read] = {}
    for tickets, group in groups:
        matcher = known.without(tickets).fit()
        read = _reader(matcher, known.catalogue, threshold)
        found |= {words.ticket: read(words.text) for words in group}
    return found


def _reader(matcher: Matcher, catalogue: Catalogue, threshold: float | None) -> Callable[[str], _Read]:
    def read(text: str) -> _Read:
        suggestions = matcher.suggest(text, 3)
        best = catalogue.category(suggestions[0].category) if suggestions else None
        if best is None:
            return _Read(category=None, reply=None)
        same = is_word_for_word(text, best.id, catalogue)
        auto = decide(suggestions, best, threshold=threshold, word_for_word=same)
        sends = auto is Auto.SEND and not is_remark(text) and not read_requests(text, matcher.suggest).more
        return _Read(category=best.id, reply=best.reply if sends else None)

    return read


def _right(judged: Sequence[FirstWords], read: Mapping[int, _Read], catalogue: Catalogue) -> int:
    now = catalogue.merged
    return sum(now.get(one.category or "", one.category) == read[one.ticket].category for one in judged)


def _answers(said: Sequence[FirstWords], old: Mapping[int, _Read], new: Mapping[int, _Read]) -> Answers:
    changed = [words for words in said if old[words.ticket].reply != new[words.ticket].reply]
    return Answers(
        before=sum(one.reply is not None for one in old.values()),
        after=sum(one.reply is not None for one in new.values()),
        changed=len(changed),
        samples=tuple(changed[:SAMPLES]),
    )


def _divided(before: Catalogue, after: Catalogue) -> Collection[str]:
    """Return categories of which a new one takes examples: what people set no longer says which of both is right."""
    known = {each.id for each in before.categories}
    taken = {example for each in after.offered if each.id not in known for example in each.examples}
    return {each.id for each in before.categories if taken & set(each.examples)}
