"""A running case moved to the newest version of its procedure, by a supervisor who has seen what that does."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime

from procedures.cases import rows as cases
from procedures.cases.engine import Standing
from procedures.cases.happened import Doing, Happened, Moment
from procedures.cases.history import record
from procedures.cases.naming import named_for
from procedures.cases.repromising import repromise
from procedures.cases.rows import CaseNow
from procedures.cases.turns import DROPPED, Move, moment_of, moved
from procedures.cases.versions import NoPlaceError, placed
from procedures.definition.procedure import Procedure
from procedures.running.effects import follow_up
from tickets.actions.errors import RuleError, UnknownValueError
from tickets.actions.rights import require
from tickets.actor import Actor, Role
from tickets.desk import DeskNow
from tickets.ledger.events import append
from tickets.ledger.tx import Tx


def move_to_newest(
    tx: Tx, case_id: int, *, before: Procedure, after: Procedure, stands: Mapping[str, str], desk: DeskNow,
    by: Actor, at: datetime,
) -> CaseNow:  # fmt: skip
    """Let a case go on by the desk's newest version. `stands`: where it stands instead of steps that are gone.

    Clocks of steps that stay are reckoned anew from their start. Raises RuleError where there is nothing newer or the
    case is over, UnknownValueError where a step is gone and `stands` does not say where else.
    """
    case = cases.load(tx, case_id)
    require(by, Role.SUPERVISOR, case.desk)
    if case.ended is not None:
        raise RuleError(f"case {case_id} is over", ticket=case.ticket)
    if before == after or case.revision >= desk.revision:
        raise RuleError(f"there is no newer version of {after.id}", ticket=case.ticket)
    try:
        standing = placed(case, after, stands)
    except NoPlaceError as error:
        raise UnknownValueError(str(error), field="stands", value=", ".join(error.steps)) from error
    doing = Doing(procedure=after.held_for(case.answers), desk=desk, by=by, at=at)
    append(
        tx, "case.revised", desk=case.desk, ticket=case.ticket, subject=case.id, at=at, actor=by.key,
        before=case.revision, revision=desk.revision,
    )  # fmt: skip
    move = _moved(replace(case, revision=desk.revision), standing, doing)
    happened = tuple(_happened(move, before, doing))
    for each in happened:
        record(tx, each)
    repromise(tx, move.case, case, doing)
    cases.save(tx, move.case, move.turns)
    follow_up(tx, happened)
    return move.case


def _moved(case: CaseNow, standing: Standing, doing: Doing) -> Move:
    """Drop the turns of steps that the case stands at no more, and begin those that it stands at now."""
    stays = {*standing.open, *standing.held}
    gone = tuple(
        replace(turn, ended_at=doing.at, outcome=DROPPED)
        for turn in case.turns
        if turn.ended_at is None and turn.step not in stays
    )
    kept = {(turn.step, turn.round): turn for turn in (*case.turns, *gone)}
    case = replace(case, turns=tuple(kept.values()))
    move = moved(case, standing, over=None, named=named_for(doing.procedure, case.named), at=doing.at)
    return replace(move, turns=(*gone, *move.turns))


def _happened(move: Move, before: Procedure, doing: Doing) -> Iterator[Happened]:
    for turn in move.turns:
        moment = moment_of(turn)
        step = doing.procedure.step(turn.step) or before.step(turn.step)
        if moment is not None and step is not None:
            yield Happened(moment=moment, case=move.case, doing=doing, step=step, turn=turn)
    if move.case.ended is not None:
        yield Happened(moment=Moment.CASE_ENDED, case=move.case, doing=doing)
