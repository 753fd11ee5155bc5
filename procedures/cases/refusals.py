"""What was refused of a turn stands in the history as well: who tried, and why not."""

from datetime import datetime
from enum import StrEnum

from procedures.cases.rows import CaseNow
from procedures.cases.step_clock import subject_of
from tickets.ledger.events import append
from tickets.ledger.writer import Tx

REFUSED = "step.refused"


class Why(StrEnum):
    """Why nothing came of it."""

    OVER = "step_over"  # the step had ended
    NOT_THEIRS = "not_theirs"  # it is somebody else's turn
    SENDER = "sender"  # a mail from another address than the one that was called
    FORGED = "forged"  # a mail that is not from its sender


def note_refusal(
    tx: Tx, case: CaseNow, step: str, round_: int, why: Why, *, by: str | None, at: datetime
) -> None:
    """Tell the history. `by` is an actor; None for somebody whom the desk does not know."""
    append(
        tx, REFUSED, desk=case.desk, ticket=case.ticket, subject=case.id, at=at, actor=by,
        turn=subject_of(case.id, step), step=step, round=round_, why=str(why),
    )  # fmt: skip
