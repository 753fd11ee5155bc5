"""When turns are called to mind, or lapse: noted as a step begins, done when the time has come and it is still under way."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, delete, select

from procedures.cases.happened import Happened
from procedures.cases.rows import Turn
from procedures.cases.standards import due_at
from procedures.cases.tables import TurnReminder
from procedures.definition.turn_terms import reminded_at
from tickets.hours import due
from tickets.ledger.prepared import Prepared, inserting_once
from tickets.ledger.tx import Tx

_TABLE = TurnReminder.__table__  # type: ignore[attr-defined]
_INSERT = inserting_once(TurnReminder)
_DUE = Prepared(
    select(_TABLE).where(_TABLE.c.at <= bindparam("now")).order_by(_TABLE.c.at).limit(bindparam("most"))
)
_DROP = Prepared(
    delete(_TABLE).where(
        *(_TABLE.c[name] == bindparam(f"of_{name}") for name in ("case", "step", "round", "at"))
    )
)


@dataclass(frozen=True, kw_only=True)
class Reminding:
    """A turn that is to be called to mind now, or lapses."""

    case: int
    step: str
    round: int
    at: datetime


def reminder_times(happened: Happened) -> Iterator[datetime]:
    """Yield when a turn that has begun is to be called to mind, and when it lapses."""
    step, turn = happened.step, happened.turn
    if step is None or turn is None or turn.begun_at is None:
        return
    calendar, case = happened.doing.desk.desk.calendar, happened.case
    falls_due = (
        due_at(step.standard, turn.begun_at, calendar=calendar, answers=case.answers, ended=case.ended_steps)
        if step.standard
        else None
    )
    yield from reminded_at(step.turn.reminds, turn.begun_at, falls_due, calendar=calendar)
    if step.turn.lapses is not None:
        yield due(calendar, turn.begun_at, step.turn.lapses.after)


def note_reminder(tx: Tx, happened: Happened, at: datetime) -> None:
    if happened.turn is not None:
        note(tx, happened.case.id, happened.turn, at)


def note(tx: Tx, case: int, turn: Turn, at: datetime) -> None:
    """Note that a turn is to be looked at then."""
    tx.run(_INSERT, case=case, step=turn.step, round=turn.round, at=at)


def take_due(tx: Tx, *, now: datetime, most: int) -> tuple[Reminding, ...]:
    """Return the turns that are to be called to mind, the longest due first; each is returned once."""
    found = tuple(Reminding(**row._asdict()) for row in tx.all(_DUE, now=now, most=most))
    for each in found:
        tx.run(_DROP, **{f"of_{name}": value for name, value in vars(each).items()})
    return found
