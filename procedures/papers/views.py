"""Papers as they are read: for pages and programs."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlmodel import Session

from procedures.papers.rows import PaperNow, paper_from
from procedures.papers.tables import PaperRow

_PAPERS = PaperRow.__table__  # type: ignore[attr-defined]


def paper(session: Session, id: int) -> PaperNow | None:  # noqa: A002  the column
    """Return a paper; None if there is none of that number."""
    row = session.execute(select(_PAPERS).where(_PAPERS.c.id == id)).one_or_none()
    return None if row is None else paper_from(row)


def by_token(session: Session, token: str) -> PaperNow | None:
    """Return the paper whose public page it is."""
    row = session.execute(select(_PAPERS).where(_PAPERS.c.token == token)).one_or_none()
    return None if row is None else paper_from(row)


def of_cases(session: Session, cases: Sequence[int]) -> tuple[PaperNow, ...]:
    """Return the papers of some cases, the oldest first."""
    if not cases:
        return ()
    rows = session.execute(select(_PAPERS).where(_PAPERS.c.case.in_(cases)).order_by(_PAPERS.c.id))
    return tuple(paper_from(row) for row in rows)
