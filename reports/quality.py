"""How well the matcher does: pure sums over what it foretold, as it was scored before anybody said what is right.

What the figures mean is defined in docs/reports.md. A desk's gate is opened by the same rows.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo
from typing import TypeVar

from sqlmodel import Session

from templates_replies.gate import Judged, earned
from templates_replies.matcher import SCALE
from tickets.predictions import Decision, Outcome
from tickets.views.matching import PredictionView, predictions_between, settled_predictions

Key = TypeVar("Key")
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


def quality(session: Session, *, desk: str, start_at: datetime, end_at: datetime, tz: tzinfo) -> Quality:
    """Measure what was foretold at a desk in a span."""
    return measured(predictions_between(session, desk, start_at, end_at), tz=tz)


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


def measured(predictions: Sequence[PredictionView], *, tz: tzinfo) -> Quality:
    """Sum up predictions, by local week and by the category that was suggested first."""
    first = _grouped(predictions, _first)
    missed: defaultdict[str, int] = defaultdict(int)
    for each in predictions:
        if each.right is not None and each.right != _first(each):
            missed[each.right] += 1
    named = {category for category in first if category is not None} | set(missed)
    categories = (
        CategoryQuality(
            category=each, figures=summed(theirs), weeks=_by_week(theirs, tz), missed=missed[each]
        )
        for each in named
        for theirs in (first.get(each, []),)
    )
    return Quality(
        all=summed(predictions),
        weeks=_by_week(predictions, tz),
        categories=tuple(
            sorted(categories, key=lambda one: (-one.figures.suggested - one.missed, one.category))
        ),
    )


def summed(predictions: Iterable[PredictionView]) -> Figures:
    found = list(predictions)
    judged = [each for each in found if each.was_right is not None]
    sent = [each for each in found if each.decision is Decision.SENT]
    settled = [each for each in found if each.outcome not in {None, Outcome.DENIED}]
    outside = [each for each in settled if each.outcome is Outcome.REJECTED]
    return Figures(
        messages=len(found),
        suggested=sum(bool(each.suggestions) for each in found),
        judged=len(judged),
        right=sum(each.was_right is True for each in judged),
        sent=len(sent),
        sent_judged=sum(each.was_right is not None for each in sent),
        sent_right=sum(each.was_right is True for each in sent),
        settled=len(settled),
        out_of_scope=len(outside),
        out_of_scope_sent=sum(each.decision is Decision.SENT for each in outside),
    )


def _by_week(predictions: Iterable[PredictionView], tz: tzinfo) -> tuple[Week, ...]:
    weeks = _grouped(predictions, lambda each: _monday(each.at, tz))
    return tuple(Week(monday=monday, figures=summed(weeks[monday])) for monday in sorted(weeks))


def _grouped(
    predictions: Iterable[PredictionView], key: Callable[[PredictionView], Key]
) -> dict[Key, list[PredictionView]]:
    found: defaultdict[Key, list[PredictionView]] = defaultdict(list)
    for each in predictions:
        found[key(each)].append(each)
    return dict(found)


def _first(prediction: PredictionView) -> str | None:
    return prediction.suggestions[0][0] if prediction.suggestions else None


def _monday(at: datetime, tz: tzinfo) -> date:
    day = at.astimezone(tz).date()
    return day - timedelta(days=day.weekday())


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None
