"""The clocks of steps under way, reckoned anew: another version of the procedure, or another date, promises something else."""

from procedures.cases.happened import Doing
from procedures.cases.rows import CaseNow, Turn
from procedures.cases.standards import promise
from procedures.cases.step_clock import STEP, subject_of
from tickets.hours import Span
from tickets.ledger.events import append, clocks_of
from tickets.ledger.tx import Tx


def repromise(tx: Tx, case: CaseNow, before: CaseNow, doing: Doing) -> None:
    """Tell the history what the clocks of steps that go on are promised now, where that is other than it was."""
    clocks = {clock.key: clock for clock in clocks_of(tx, case.ticket)}
    for turn in before.turns:
        if turn.begun_at is None or not turn.is_open or case.turn(turn.step) != turn:
            continue
        span = _promised(case, turn, doing)
        key = (STEP, subject_of(case.id, turn.step), turn.round)
        clock = clocks.get(key)
        if span == (clock.promise if clock else None):
            continue
        append(
            tx, "clock.repromised", desk=case.desk, ticket=case.ticket, subject=case.id, at=doing.at, actor=doing.by.key,
            clock=STEP, about=key[1], cycle=turn.round, since=turn.begun_at.isoformat(), revision=doing.desk.revision,
            promise=span.to_data() if span else None,
        )  # fmt: skip


def _promised(case: CaseNow, turn: Turn, doing: Doing) -> Span | None:
    step = doing.procedure.step(turn.step)
    if step is None or step.standard is None or turn.begun_at is None:
        return None
    calendar = doing.desk.desk.calendar
    return promise(
        step.standard, turn.begun_at, calendar=calendar, answers=case.answers, ended=case.ended_steps
    )
