"""Writing in the self-evaluation of a unit: each version stays, with who wrote it and when."""

from datetime import datetime

from sqlalchemy import bindparam, func, select

from tickets.actions.errors import UnknownValueError
from tickets.actions.rights import require
from tickets.actor import Actor, Role
from tickets.evaluation import LONGEST_TEXT, Section
from tickets.ledger.events import append
from tickets.ledger.prepared import Prepared, inserting
from tickets.ledger.writer import Tx
from tickets.tables import EvaluationText

WRITTEN = "evaluation.written"

_TEXTS = EvaluationText.__table__  # type: ignore[attr-defined]
_INSERT = inserting(EvaluationText)
_VERSIONS = Prepared(
    select(func.count().label("many")).where(
        _TEXTS.c.desk == bindparam("desk"), _TEXTS.c.section == bindparam("section"), _TEXTS.c.year == bindparam("year")
    )
)  # fmt: skip


def write(tx: Tx, desk: str, year: int, section: Section, text: str, *, by: Actor, at: datetime) -> None:
    """Write what stands under a heading from this year on; an empty text takes away what was carried over. For supervisors."""
    require(by, Role.SUPERVISOR, desk)
    said = text.strip()
    if len(said) > LONGEST_TEXT:
        raise UnknownValueError(
            f"a text has {LONGEST_TEXT} characters at most", field="text", value=said[:40]
        )
    row = tx.one(_VERSIONS, desk=desk, section=str(section), year=year)
    number = 1 if row is None else int(row.many) + 1
    tx.run(
        _INSERT, desk=desk, section=str(section), year=year, number=number, text=said, by=by.key, at=at
    )  # fmt: skip
    append(tx, WRITTEN, desk=desk, actor=by.key, at=at, section=str(section), year=year)
