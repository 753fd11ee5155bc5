"""What was foretold of messages, and what became of it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import String, bindparam, case, cast, func, select
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement
from sqlmodel import Session

from tickets.predictions import Decision, Outcome
from tickets.tables import DeskRevision, Prediction, Ticket

_PREDICTIONS = Prediction.__table__  # type: ignore[attr-defined]
_REVISIONS = DeskRevision.__table__  # type: ignore[attr-defined]
_TICKETS = Ticket.__table__  # type: ignore[attr-defined]
_OF_TICKET = (
    select(_PREDICTIONS)
    .where(_PREDICTIONS.c.ticket == bindparam("ticket"))
    .order_by(_PREDICTIONS.c.id.desc())
    .limit(1)
)
WAS_RIGHT = (Outcome.ACCEPTED, Outcome.CONFIRMED)
_SETTLED = (_PREDICTIONS.c.outcome.is_not(None), _TICKETS.c.spam_at.is_(None))


@dataclass(frozen=True, kw_only=True)
class PredictionView:
    ticket: int
    message: int
    desk: str
    at: datetime
    suggestions: Sequence[tuple[str, float]]  # best first
    matched: Sequence[str]  # words of the message that spoke for the best
    nearest: Mapping[str, Any] | None  # {"ticket": n} or {"text": …}
    decision: Decision
    outcome: Outcome | None
    right: str | None

    @property
    def score(self) -> float:
        return self.suggestions[0][1] if self.suggestions else 0.0

    @property
    def lead(self) -> float:
        """How far the best suggestion is ahead of the second."""
        return self.score - (self.suggestions[1][1] if len(self.suggestions) > 1 else 0.0)

    @property
    def was_right(self) -> bool | None:
        """Whether the best suggestion was right; None while nobody has judged it, or nothing was suggested."""
        if self.outcome is None or not self.suggestions:
            return None
        return self.outcome in WAS_RIGHT


class Guess(NamedTuple):
    """The matter that was foretold of messages, in short: a month has a hundred thousand of them, of a few hundred kinds."""

    at: datetime
    first: str | None  # the category that was suggested first; None: nothing was suggested
    decision: str  # a Decision
    outcome: str | None  # an Outcome; None: nobody has judged it
    right: str | None
    many: int = 1  # messages of which all of it is true


class _First(FunctionElement[str]):
    """The category that was suggested first."""

    type = String()
    inherit_cache = True


@compiles(_First, "sqlite")
def _first_on_sqlite(element: _First, compiler: Any, **kw: Any) -> str:
    return f"json_extract({compiler.process(element.clauses, **kw)}, '$[0][0]')"


@compiles(_First, "postgresql")
def _first_on_postgresql(element: _First, compiler: Any, **kw: Any) -> str:
    return f"(CAST({compiler.process(element.clauses, **kw)} AS json) #>> '{{0,0}}')"


def last_settled_at(session: Session) -> dict[str, datetime]:
    """Return when a prediction was last judged, by the desk whose it is."""
    desks = select(_REVISIONS.c.desk).distinct().subquery()
    newest = (
        select(func.max(_PREDICTIONS.c.settled_at))
        .where(_PREDICTIONS.c.desk == desks.c.desk, _PREDICTIONS.c.outcome.is_not(None))
        .scalar_subquery()
    )
    return {desk: at for desk, at in session.execute(select(desks.c.desk, newest)).all() if at is not None}


def settled_predictions(session: Session, desk: str, *, scale: int, most: int) -> list[PredictionView]:
    """Return the predictions of a desk, scored on a scale, that were judged last, newest first. Spam is left out."""
    statement = (
        select(_PREDICTIONS)
        .join(_TICKETS, _TICKETS.c.number == _PREDICTIONS.c.ticket)
        .where(_PREDICTIONS.c.desk == desk, _PREDICTIONS.c.scale == scale, *_SETTLED)
        .order_by(_PREDICTIONS.c.settled_at.desc(), _PREDICTIONS.c.id.desc())
        .limit(most)
    )
    return [_view(row) for row in session.execute(statement)]


_FIRST = _First(_PREDICTIONS.c.suggestions).label("first")
_GUESSES = (
    select(
        _FIRST, _PREDICTIONS.c.decision, _PREDICTIONS.c.outcome,
        _PREDICTIONS.c.right, func.count(),
    )
    .join(_TICKETS, _TICKETS.c.number == _PREDICTIONS.c.ticket)
    .where(
        _PREDICTIONS.c.desk == bindparam("desk"), _PREDICTIONS.c.at >= bindparam("since"),
        _PREDICTIONS.c.at < bindparam("until"), _TICKETS.c.spam_at.is_(None),
    )
    .group_by(_FIRST, _PREDICTIONS.c.decision, _PREDICTIONS.c.outcome, _PREDICTIONS.c.right)
)  # fmt: skip


def guesses_between(session: Session, desk: str, since: datetime, until: datetime) -> Iterator[Guess]:
    """Count what was foretold at a desk in a time, judged or not, as of its beginning. Spam is left out."""
    for first, decision, outcome, right, many in session.execute(
        _GUESSES, {"desk": desk, "since": since, "until": until}
    ):
        yield Guess(since, first, decision, outcome, right, many)


def judged_between(session: Session, desk: str, since: datetime, until: datetime) -> tuple[int, int]:
    """Return of how many first suggestions of a time somebody has said whether they were right, and how many were. Spam is left out."""
    right = _PREDICTIONS.c.outcome.in_([str(each) for each in WAS_RIGHT])
    statement = (
        select(func.count(), func.count(case((right, 1))))
        .select_from(_PREDICTIONS.join(_TICKETS, _TICKETS.c.number == _PREDICTIONS.c.ticket))
        .where(
            _PREDICTIONS.c.desk == desk, _PREDICTIONS.c.at >= since, _PREDICTIONS.c.at < until, *_SETTLED,
            cast(_PREDICTIONS.c.suggestions, String).not_in(("[]", "null")),
        )
    )  # fmt: skip
    judged, were_right = session.execute(statement).one()
    return judged, were_right


def prediction_of(session: Session, ticket: int) -> PredictionView | None:
    """Return what was foretold of the words that say the matter of a ticket."""
    row = session.execute(_OF_TICKET, {"ticket": ticket}).first()
    return None if row is None else _view(row)


def _view(row: Any) -> PredictionView:
    return PredictionView(
        ticket=row.ticket, message=row.message, desk=row.desk, at=row.at,
        suggestions=[(category, score) for category, score in row.suggestions or ()],
        matched=tuple(row.matched or ()), nearest=row.nearest, decision=Decision(row.decision),
        outcome=Outcome(row.outcome) if row.outcome else None, right=row.right,
    )  # fmt: skip
