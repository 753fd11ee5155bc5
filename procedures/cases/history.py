"""What the history is told of a case. The clocks of its steps follow from that."""

from typing import Any

from procedures.cases.happened import Happened, Moment
from procedures.cases.standards import promise
from procedures.cases.step_clock import subject_of
from tickets.actor import Kind
from tickets.ledger.events import append
from tickets.ledger.tx import Tx


def record(tx: Tx, happened: Happened) -> None:
    case, doing = happened.case, happened.doing
    append(
        tx, happened.moment, desk=case.desk, ticket=case.ticket, subject=case.id, at=doing.at, actor=doing.by.key,
        **_of_step(happened), **_of_moment(happened),
    )  # fmt: skip


def _of_step(happened: Happened) -> dict[str, Any]:
    turn = happened.turn
    if turn is None:
        return {}
    return {"turn": subject_of(happened.case.id, turn.step), "step": turn.step, "round": turn.round}


def _of_moment(happened: Happened) -> dict[str, Any]:
    case = happened.case
    match happened.moment:
        case Moment.CASE_BEGUN:
            return {"procedure": case.procedure, "revision": case.revision}
        case Moment.STEP_BEGUN:
            return {"revision": happened.doing.desk.revision, **_promised(happened)}
        case Moment.STEP_DONE:
            return {"way": happened.turn.outcome if happened.turn else None, **_instead(happened)}
        case Moment.CASE_ENDED:
            return {"end": case.ended}
    return {}


def _instead(happened: Happened) -> dict[str, Any]:
    """Say so where somebody of the desk has noted down what was the requester's to do."""
    procedure, step = happened.doing.procedure, happened.step
    role = procedure.acting(step) if step is not None else None
    is_theirs = role is not None and role.requester and not role.is_of_the_desk
    return {"noted_for": "requester"} if is_theirs and happened.doing.by.kind is Kind.STAFF else {}


def _promised(happened: Happened) -> dict[str, Any]:
    standard = happened.step.standard if happened.step else None
    calendar = happened.doing.desk.desk.calendar
    if standard is None:
        return {}
    case = happened.case
    span = promise(
        standard, happened.doing.at, calendar=calendar, answers=case.answers, ended=case.ended_steps
    )
    return {"promise": span.to_data()} if span else {}
