"""From one standing of a case to the next: which turns begin, end, wait, are passed over or dropped. Pure."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from procedures.cases.engine import Standing
from procedures.cases.happened import Moment
from procedures.cases.rows import CaseNow, Turn
from procedures.definition.procedure import SKIPPED

DROPPED = "dropped"  # the outcome of a step that the end of its case cut short


@dataclass(frozen=True, kw_only=True)
class Move:
    """What one move has made of a case."""

    case: CaseNow  # as it stands after it
    turns: tuple[Turn, ...]  # those that are other than before, in the order in which they are told


def moved(
    before: CaseNow, after: Standing, *, over: Turn | None, named: Mapping[str, str], at: datetime
) -> Move:
    """Return a case as it stands after a move that somebody made by ending a turn, or without ending one.

    `named` says of steps who was named to act in them.
    """
    case = _with(before, (over,) if over else ())
    others = tuple(_held(turn, named) for turn in _placed(case, _changed(case, after, at=at)))
    ended_at = at if after.ended is not None else None
    case = replace(_with(case, others), reached=after.reached, ended=after.ended, ended_at=ended_at)
    return Move(case=case, turns=((over, *others) if over else others))


def _held(turn: Turn, named: Mapping[str, str]) -> Turn:
    return replace(turn, holder=named.get(turn.step)) if turn.is_open else turn


def moment_of(turn: Turn) -> Moment | None:
    """Return what has happened to a turn that nobody ended; None where it waits for its branches, or did."""
    if turn.begun_at is None:
        return None
    if turn.is_open:
        return Moment.STEP_BEGUN
    return Moment.STEP_PASSED if turn.outcome == SKIPPED else Moment.STEP_DROPPED


def _changed(case: CaseNow, after: Standing, *, at: datetime) -> tuple[Turn, ...]:
    """Return the turns that are other than before, beside the one that somebody ended."""
    return (*_dropped(case, after, at), *_passed_over(case, after, at), *_begun(case, after, at))


def _with(case: CaseNow, turns: tuple[Turn, ...]) -> CaseNow:
    """Return a case in which these turns stand in the place of those of the same step and round."""
    named = {(turn.step, turn.round) for turn in turns}
    kept = (turn for turn in case.turns if (turn.step, turn.round) not in named)
    return replace(case, turns=tuple(sorted((*kept, *turns), key=lambda turn: turn.place)))


def _placed(case: CaseNow, turns: tuple[Turn, ...]) -> tuple[Turn, ...]:
    """Number the new turns on from those that the case has had."""
    first = max((turn.place for turn in case.turns), default=0)
    return tuple(
        turn if turn.place else replace(turn, place=first + at) for at, turn in enumerate(turns, start=1)
    )


def _dropped(case: CaseNow, after: Standing, at: datetime) -> Iterator[Turn]:
    if after.ended is not None:
        for turn in case.turns:
            if turn.ended_at is None:
                yield replace(turn, ended_at=at, outcome=DROPPED)


def _passed_over(case: CaseNow, after: Standing, at: datetime) -> Iterator[Turn]:
    known = {(turn.step, turn.round) for turn in case.turns if turn.ended_at}
    for past in after.past:
        if past.outcome == SKIPPED and (past.step, past.round) not in known:
            yield replace(_turn_of(case, past.step, past.round), begun_at=at, ended_at=at, outcome=SKIPPED)


def _begun(case: CaseNow, after: Standing, at: datetime) -> Iterator[Turn]:
    open_before = {(turn.step, turn.round) for turn in case.turns if turn.is_open}
    held_before = {turn.step for turn in case.turns if turn.begun_at is None and turn.ended_at is None}
    for step in after.open:
        if (step, after.round(step)) not in open_before:
            yield replace(_turn_of(case, step, after.round(step)), begun_at=at)
    for step in after.held:
        if step not in held_before:
            yield _turn_of(case, step, after.round(step) + 1)


def _turn_of(case: CaseNow, step: str, round_: int) -> Turn:
    """Return the turn that waited for its branches, or a new one."""
    held = next((turn for turn in case.turns if (turn.step, turn.round) == (step, round_)), None)
    return held or Turn(step=step, round=round_, place=0)
