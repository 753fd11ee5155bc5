"""How well the matcher does: pure sums over what it foretold, as it was scored before anybody said what is right.

What the figures mean is defined in docs/reports.md. A desk's gate is opened by the same rows.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from itertools import chain
from typing import NamedTuple

from sqlmodel import Session

from templates_replies.gate import Judged, earned
from templates_replies.matcher import SCALE
from tickets.predictions import Decision, Outcome
from tickets.views.matching import WAS_RIGHT, Guess, guesses_between, settled_predictions

NEWEST_JUDGED = 2_000  # open the gate: what was foretold long ago, another catalogue foretold


@dataclass(frozen=True, kw_only=True)
class Figures:
    """What was foretold of some messages that say a matter, and what became of it."""

    messages: int  # also those for which nothing could be suggested
    suggested: int
    judged: int  # of those with a suggestion
    right: int
    sent: int  # answered by itself
    sent_judged: int
    sent_right: int
    settled: int  # judged, also those without a suggestion
    out_of_scope: int  # of these: no category fits
    out_of_scope_sent: int  # and of these: answered by itself all the same

    @property
    def precision(self) -> float | None:
        """Of the first suggestions that were judged, the share that was right; None where none was."""
        return _share(self.right, self.judged)

    @property
    def sent_precision(self) -> float | None:
        """The same of the automatic answers alone."""
        return _share(self.sent_right, self.sent_judged)

    @property
    def coverage(self) -> float | None:
        """The share of all messages that was answered by itself."""
        return _share(self.sent, self.messages)

    @property
    def out_of_scope_share(self) -> float | None:
        return _share(self.out_of_scope, self.settled)


@dataclass(frozen=True, kw_only=True)
class Week:
    monday: date  # of the desk's own calendar; the first week of a span may begin before it
    figures: Figures


@dataclass(frozen=True, kw_only=True)
class CategoryQuality:
    category: str
    figures: Figures  # of the messages for which it was suggested first
    weeks: tuple[Week, ...]  # of the same; oldest first
    missed: int  # messages that were of it, and for which another or nothing was suggested first


@dataclass(frozen=True, kw_only=True)
class Quality:
    """A span of a desk's matcher."""

    all: Figures
    weeks: tuple[Week, ...]  # oldest first
    categories: tuple[CategoryQuality, ...]  # most often suggested or missed first


@dataclass(frozen=True, kw_only=True)
class Gate:
    """How a desk's automatic answers stand."""

    threshold: float | None  # score from which on they go out; None: not earned yet
    judged: int  # suggestions that speak for or against it
    right: int = 0  # of them

    @property
    def share_right(self) -> float | None:
        return _share(self.right, self.judged)


class _Kind(NamedTuple):
    """What is the same of very many guesses."""

    is_suggested: bool
    decision: str
    outcome: str | None

    @property
    def is_judged(self) -> bool:
        return self.is_suggested and self.outcome is not None

    @property
    def is_right(self) -> bool:
        return self.is_suggested and self.outcome in WAS_RIGHT

    @property
    def is_sent(self) -> bool:
        return self.decision == Decision.SENT

    @property
    def is_outside(self) -> bool:
        return self.outcome == Outcome.REJECTED


def quality(session: Session, *, desk: str, start_at: datetime, end_at: datetime, tz: tzinfo) -> Quality:
    """Measure what was foretold at a desk in a span."""
    guesses = (guesses_between(session, desk, since, until) for since, until in _weeks(start_at, end_at, tz))
    return measured(chain.from_iterable(guesses), tz=tz)


def _weeks(start_at: datetime, end_at: datetime, tz: tzinfo) -> Iterator[tuple[datetime, datetime]]:
    """Part a span where local weeks begin."""
    since = start_at
    while since < end_at:
        today = since.astimezone(tz).date()
        monday = datetime.combine(today + timedelta(days=7 - today.weekday()), time(), tz).astimezone(UTC)
        until = min(monday, end_at)
        yield since, until
        since = until


def gate_of(session: Session, desk: str) -> Gate:
    """Work out what a desk's automatic answers have earned by now.

    Suggestions of an earlier fit count like those of the newest: the score is the likelihood of being right to both.
    Those of an earlier version of the program count no more where that has changed what the score says.
    """
    judged = [
        Judged(score=each.score, lead=each.lead, right=each.was_right)
        for each in reversed(settled_predictions(session, desk, scale=SCALE, most=NEWEST_JUDGED))
        if each.was_right is not None
    ]
    return Gate(threshold=earned(judged), judged=len(judged), right=sum(each.right for each in judged))


def measured(guesses: Iterable[Guess], *, tz: tzinfo) -> Quality:
    """Sum up what was foretold, by local week and by the category that was suggested first."""
    counts: defaultdict[tuple[str | None, date], Counter[_Kind]] = defaultdict(Counter)
    missed: Counter[str] = Counter()
    mondays: dict[date, date] = {}
    for each in guesses:
        day = each.at.astimezone(tz).date()
        monday = mondays.get(day) or mondays.setdefault(day, day - timedelta(days=day.weekday()))
        counts[each.first, monday][_kind(each)] += each.many
        if each.right is not None and each.right != each.first:
            missed[each.right] += each.many
    named = {category for category, _ in counts if category is not None} | set(missed)
    categories = (
        CategoryQuality(
            category=each, figures=_of(theirs.values()), weeks=_by_week(theirs), missed=missed[each]
        )
        for each in named
        for theirs in ({key: kinds for key, kinds in counts.items() if key[0] == each},)
    )
    return Quality(
        all=_of(counts.values()),
        weeks=_by_week(counts),
        categories=tuple(
            sorted(categories, key=lambda one: (-one.figures.suggested - one.missed, one.category))
        ),
    )


def summed(guesses: Iterable[Guess]) -> Figures:
    """Sum up what was foretold."""
    return _of(Counter({_kind(each): each.many}) for each in guesses)


def _kind(guess: Guess) -> _Kind:
    return _Kind(guess.first is not None, guess.decision, guess.outcome)


def _of(counted: Iterable[Counter[_Kind]]) -> Figures:
    counts: Counter[_Kind] = Counter()
    for each in counted:
        counts.update(each)

    def many(holds: Callable[[_Kind], bool]) -> int:
        return sum(count for kind, count in counts.items() if holds(kind))

    return Figures(
        messages=counts.total(),
        suggested=many(lambda kind: kind.is_suggested),
        judged=many(lambda kind: kind.is_judged),
        right=many(lambda kind: kind.is_right),
        sent=many(lambda kind: kind.is_sent),
        sent_judged=many(lambda kind: kind.is_sent and kind.is_judged),
        sent_right=many(lambda kind: kind.is_sent and kind.is_right),
        settled=many(lambda kind: kind.outcome not in {None, Outcome.DENIED}),
        out_of_scope=many(lambda kind: kind.is_outside),
        out_of_scope_sent=many(lambda kind: kind.is_outside and kind.is_sent),
    )


def _by_week(counts: Mapping[tuple[str | None, date], Counter[_Kind]]) -> tuple[Week, ...]:
    weeks: defaultdict[date, list[Counter[_Kind]]] = defaultdict(list)
    for (_, monday), kinds in counts.items():
        weeks[monday].append(kinds)
    return tuple(Week(monday=monday, figures=_of(weeks[monday])) for monday in sorted(weeks))


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None
