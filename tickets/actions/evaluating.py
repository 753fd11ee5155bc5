"""Writing in the self-evaluation of a unit: each version stays, with who wrote it and when.

Whoever writes says which version they have read, so that nobody writes over what they have not seen.
"""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import bindparam, select

from tickets.actions.errors import ActError, UnknownValueError
from tickets.actions.rights import require
from tickets.actor import Actor, Role
from tickets.evaluation import LONGEST_TEXT, Section
from tickets.ledger.events import append
from tickets.ledger.prepared import Prepared, inserting
from tickets.ledger.tx import Tx
from tickets.tables import EvaluationText

WRITTEN = "evaluation.written"

_TEXTS = EvaluationText.__table__  # type: ignore[attr-defined]
_INSERT = inserting(EvaluationText)
_NEWEST = Prepared(
    select(_TEXTS.c.year, _TEXTS.c.number, _TEXTS.c.text, _TEXTS.c.by)
    .where(
        _TEXTS.c.desk == bindparam("desk"), _TEXTS.c.section == bindparam("section"), _TEXTS.c.year <= bindparam("year")
    )
    .order_by(_TEXTS.c.year.desc(), _TEXTS.c.number.desc())
    .limit(1)
)  # fmt: skip


class Version(NamedTuple):
    """Which text of a heading: the year for which it was written, and its number in that year, from 1."""

    year: int
    number: int


class WrittenMeanwhileError(ActError):
    """Somebody else has written the text since it was read."""

    code = "written_meanwhile"

    def __init__(self, section: Section, by: str) -> None:
        super().__init__(f"{by} has written the text of {section} meanwhile")
        self.section = section


def write(
    tx: Tx,
    desk: str,
    year: int,
    section: Section,
    text: str,
    *,
    read: Version | None,
    by: Actor,
    at: datetime,
) -> bool:
    """Write what stands under a heading from this year on; an empty text takes away what was carried over. For supervisors.

    `read` is the version they began from, None where there was none. Whether anything was written: what this year says
    already is not written again. Raises WrittenMeanwhileError, UnknownValueError for a text that is too long.
    """
    require(by, Role.SUPERVISOR, desk)
    said = text.strip()
    if len(said) > LONGEST_TEXT:
        raise UnknownValueError(
            f"a text has {LONGEST_TEXT} characters at most", field="text", value=said[:40]
        )
    newest = tx.one(_NEWEST, desk=desk, section=str(section), year=year)
    version = None if newest is None else Version(newest.year, newest.number)
    if said == ("" if newest is None else newest.text) and (version is None or version.year == year):
        return False
    if newest is not None and version != read:
        raise WrittenMeanwhileError(section, newest.by)
    number = version.number + 1 if version is not None and version.year == year else 1
    tx.run(
        _INSERT, desk=desk, section=str(section), year=year, number=number, text=said, by=by.key, at=at
    )  # fmt: skip
    append(tx, WRITTEN, desk=desk, actor=by.key, at=at, section=str(section), year=year)
    return True
