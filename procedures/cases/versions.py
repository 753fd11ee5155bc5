"""From one version of a procedure to a newer one: what is other in it, and where a running case would stand. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from procedures.cases.engine import Standing, settled
from procedures.cases.rows import CaseNow, Turn
from procedures.cases.standards import due_at
from procedures.definition.procedure import Ending, Procedure, Step
from tickets.hours import Calendar


class NoPlaceError(Exception):
    """The case stands at a step that the newer version does not have, and nobody said where it is to stand instead."""

    def __init__(self, steps: tuple[str, ...]) -> None:
        super().__init__(f"the newer version has no step {', '.join(steps)}")
        self.steps = steps


@dataclass(frozen=True, kw_only=True)
class Stand:
    """A step whose turn it is, under either version."""

    turn: Turn
    before: Step
    after: Step | None  # None: the newer version does not have it
    due_before: datetime | None
    due_after: datetime | None  # of a step that stays


@dataclass(frozen=True, kw_only=True)
class Effect:
    """What moving a case to a newer version would do."""

    added: tuple[Step, ...]
    gone: tuple[Step, ...]
    changed: tuple[tuple[Step, Step], ...]  # before and after, of one id
    stands: tuple[Stand, ...]  # the steps whose turn it is

    @property
    def homeless(self) -> tuple[str, ...]:
        """Return the steps whose turn it is and that are gone: somebody must say where the case stands instead."""
        return tuple(one.before.id for one in self.stands if one.after is None)


def effect(
    case: CaseNow, before: Procedure, after: Procedure, *, calendar: Calendar, now: datetime
) -> Effect:
    """Compare two versions, and say what a case would find in the newer one."""
    old, new = ({step.id: step for step in each.steps} for each in (before, after))

    def due(step: Step | None, turn: Turn) -> datetime | None:
        if step is None or step.standard is None or turn.begun_at is None:
            return None
        return due_at(
            step.standard, turn.begun_at, calendar=calendar, answers=case.answers, ended=case.ended_steps
        )

    stands = []
    for turn in case.turns:
        if turn.is_open and turn.step in old:
            step, then = old[turn.step], new.get(turn.step)
            later = due(then, turn)
            if then is not None and later is not None and then.standard != step.standard:
                later = max(later, now)  # nothing is late before it was promised
            stands.append(
                Stand(turn=turn, before=step, after=then, due_before=due(step, turn), due_after=later)
            )
    return Effect(
        added=tuple(step for step in after.steps if step.id not in old),
        gone=tuple(step for step in before.steps if step.id not in new),
        changed=tuple(
            (step, new[step.id]) for step in before.steps if step.id in new and new[step.id] != step
        ),
        stands=tuple(stands),
    )


def placed(case: CaseNow, after: Procedure, stands: Mapping[str, str]) -> Standing:
    """Return where a case stands under a newer version; `stands` says it of steps that are gone: old id → new id.

    Raises NoPlaceError.
    """
    now = case.standing
    wanted = {step: step if after.step(step) else stands.get(step, "") for step in now.open}
    homeless = tuple(step for step, place in wanted.items() if after.step(place) is None)
    if homeless:
        raise NoPlaceError(homeless)
    open_ = tuple(dict.fromkeys(wanted.values()))
    fresh = {place: now.round(place) + 1 for step, place in wanted.items() if place not in now.open}
    held = tuple(step for step in now.held if after.step(step) and step not in open_)
    done = next((end.id for end in after.ends if end.ending is Ending.DONE), None)
    reached = now.reached if now.reached is None or after.end(now.reached) else done
    standing = replace(now, open=open_, held=held, rounds={**now.rounds, **fresh}, reached=reached)
    return settled(after, standing, case.answers)
