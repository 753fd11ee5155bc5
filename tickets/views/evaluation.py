"""What people have written in the self-evaluation of a unit, as it holds for a year."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import select
from sqlmodel import Session

from tickets.evaluation import Section
from tickets.tables import EvaluationText

_TEXTS = EvaluationText.__table__  # type: ignore[attr-defined]


@dataclass(frozen=True, kw_only=True)
class WrittenText:
    """A version of a text."""

    year: int  # for which it was written
    number: int  # of its versions in that year
    text: str = field(repr=False)
    by: str  # actor's key
    at: datetime


def evaluation_texts(session: Session, desk: str, year: int) -> Mapping[Section, tuple[WrittenText, ...]]:
    """Return the versions of each text up to a year, the one that holds first; those of earlier years are carried over."""
    rows = session.execute(
        select(_TEXTS)
        .where(_TEXTS.c.desk == desk, _TEXTS.c.year <= year)
        .order_by(_TEXTS.c.year.desc(), _TEXTS.c.number.desc())
    )
    found: dict[Section, list[WrittenText]] = {section: [] for section in Section}
    for row in rows:
        found[Section(row.section)].append(
            WrittenText(year=row.year, number=row.number, text=row.text, by=row.by, at=row.at)
        )
    return {section: tuple(versions) for section, versions in found.items()}
