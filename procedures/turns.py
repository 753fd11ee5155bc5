"""From one standing of a case to the next: which turns begin, end, wait, are passed over or dropped. Pure."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from procedures.cases import CaseNow, Turn
from procedures.definition import SKIPPED
from procedures.engine import Standing

DROPPED = "dropped"  # the outcome of a step that the end of its case cut short


def changed(case: CaseNow, after: Standing, *, at: datetime) -> tuple[Turn, ...]:
    """Return the turns that are other than before, beside the one that somebody ended, in the order they are to be told."""
    return (*_dropped(case, after, at), *_passed_over(case, after, at), *_begun(case, after, at))


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
