"""The requester's answer to what somebody whose turn it is has asked them."""

from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import bindparam, select

from procedures.cases import rows as cases
from procedures.cases.step_clock import subject_of
from procedures.cases.tables import Case, CaseTurn
from tickets.actor import CONTACT
from tickets.ledger.events import append
from tickets.ledger.prepared import Prepared
from tickets.ledger.tx import Tx

HEARD = "step.heard"
_CASES = Case.__table__  # type: ignore[attr-defined]
_TURNS = CaseTurn.__table__  # type: ignore[attr-defined]
_WAITING = Prepared(
    select(_CASES.c.id, _TURNS.c.step, _TURNS.c.asked_by)
    .join(_TURNS, _TURNS.c.case == _CASES.c.id)
    .where(
        _CASES.c.ticket == bindparam("ticket"), _TURNS.c.asked_by.is_not(None), _TURNS.c.ended_at.is_(None)
    )
)


@dataclass(frozen=True, kw_only=True)
class Waiting:
    """Somebody waits for the requester's answer."""

    case: int
    step: str
    asked_by: str  # actor


def waiting(tx: Tx, ticket: int) -> tuple[Waiting, ...]:
    """Return who waits for an answer of the requester on a ticket."""
    return tuple(
        Waiting(case=row.id, step=row.step, asked_by=row.asked_by) for row in tx.all(_WAITING, ticket=ticket)
    )


def hear(tx: Tx, waits: Waiting, message: int, *, at: datetime) -> None:
    """Note that the requester has answered; whoever asked waits no more."""
    case = cases.load(tx, waits.case)
    turn = case.turn(waits.step)
    if turn is not None:
        cases.save(tx, case, (replace(turn, asked_by=None),))
        append(
            tx, HEARD, desk=case.desk, ticket=case.ticket, subject=case.id, at=at, actor=CONTACT.key,
            turn=subject_of(case.id, turn.step), step=turn.step, round=turn.round, message=message,
        )  # fmt: skip
