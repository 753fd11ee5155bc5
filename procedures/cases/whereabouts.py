"""Where a case stands, in words for whoever asked for it: the step, whose turn it is, until when."""

from datetime import datetime

from procedures.cases.rows import CaseNow, Turn
from procedures.cases.step_clock import clock_of
from procedures.definition.procedure import STOPPED, Procedure, Step
from templates_replies import request_phrases as phrases
from templates_replies.catalogue import Language
from templates_replies.moments import moment_in_words
from tickets.desk import DeskNow
from tickets.ledger.tx import Tx


def whereabouts(
    tx: Tx, case: CaseNow, procedure: Procedure, language: Language, *, desk: DeskNow, at: datetime
) -> str:
    """Say it in a line a step, by roles and never by people's names; of a case that is over, how it has ended."""
    if case.ended is not None:
        end = procedure.end(case.ended)
        name = phrases.stopped(language) if case.ended == STOPPED else end.name if end else None
        return phrases.has_ended(language, procedure=procedure.name, end=name)
    standing = [(turn, step) for turn in case.turns if turn.is_open and (step := procedure.step(turn.step))]
    return "\n".join(
        _line(step, procedure, language, due=_due(tx, case, turn, language, desk=desk, at=at))
        for turn, step in standing
    )


def _line(step: Step, procedure: Procedure, language: Language, *, due: str | None) -> str:
    role = procedure.role(step.role)
    whose = None if role is not None and role.requester else procedure.actor(step)
    return phrases.stands_at(language, step=step.does, role=whose, due=due)


def _due(tx: Tx, case: CaseNow, turn: Turn, language: Language, *, desk: DeskNow, at: datetime) -> str | None:
    clock = clock_of(tx, case.ticket, case=case.id, step=turn.step, round_=turn.round)
    if clock is None or clock.due_at <= at:
        return None  # whoever waits is told no time that has passed
    zone = desk.desk.calendar.tz
    return moment_in_words(clock.due_at.astimezone(zone), language, today=at.astimezone(zone).date())
