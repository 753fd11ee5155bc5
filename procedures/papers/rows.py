"""The rows of papers, read and written inside the writer's transaction."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import bindparam, select, update

from procedures.papers.tables import PaperRow
from tickets.actor import Actor, named
from tickets.ledger.news import News
from tickets.ledger.prepared import Prepared, Row, inserting
from tickets.ledger.tx import Tx

_PAPERS = PaperRow.__table__  # type: ignore[attr-defined]
_INSERT = inserting(PaperRow)
_BY_ID = Prepared(select(_PAPERS).where(_PAPERS.c.id == bindparam("id")))
_OF_CASE = Prepared(select(_PAPERS).where(_PAPERS.c.case == bindparam("case")).order_by(_PAPERS.c.id))
_CHANGED = tuple(name for name in _PAPERS.c.keys() if name not in {"id", "desk", "ticket", "case", "paper"})  # noqa: SIM118
_SAVE = Prepared(
    update(_PAPERS)
    .where(_PAPERS.c.id == bindparam("of_id"))
    .values({name: bindparam(f"to_{name}") for name in _CHANGED})
)
# What was discarded of a paper has no name any more; pictures that two papers have alike are one file.
_HOLDING = (
    Prepared(
        select(_PAPERS.c.id)
        .where(_PAPERS.c.sha256 == bindparam("sha256"), _PAPERS.c.name.is_not(None))
        .limit(1)
    ),
    Prepared(select(_PAPERS.c.id).where(_PAPERS.c.previews.contains(bindparam("sha256"))).limit(1)),
)


class State(StrEnum):
    """How a paper stands."""

    DRAFT = "draft"
    ISSUED = "issued"  # signed, taken in from outside, or made where nobody signs
    VOID = "void"
    REPLACED = "replaced"  # by a newer one of its case


class NoSuchPaperError(Exception):
    """There is no paper of that number."""

    def __init__(self, paper: int | str) -> None:
        super().__init__(f"there is no paper {paper}")
        self.paper = paper


@dataclass(frozen=True, kw_only=True)
class PaperNow:
    """One paper as it stands in this transaction."""

    id: int
    desk: str
    ticket: int
    case: int
    paper: str
    state: State
    token: str = field(repr=False)
    revision: int
    made_by: str
    made_at: datetime
    series: str | None = None
    year: int | None = None
    no: int | None = None
    number: str | None = None
    template: str | None = None
    content: Mapping[str, Any] = field(default_factory=dict, repr=False)
    edition: int = 1
    final_by: str | None = None
    final_at: datetime | None = None
    void_by: str | None = None
    void_at: datetime | None = None
    void_reason: str | None = None
    wanted: bool = False
    said: str | None = None
    message: int | None = None
    name: str | None = None
    type: str | None = None
    size: int | None = None
    sha256: str | None = None
    previews: tuple[str, ...] = ()
    due_at: datetime | None = None
    attempts: int = 0
    error: str | None = None

    @property
    def last_by(self) -> Actor:
        """Return who has made it what it is, as the history names them: without rights."""
        return named(self.final_by or self.made_by)

    @property
    def title(self) -> str:
        """Return what the paper is called."""
        return str(self.content.get("name") or self.paper)


def page_of(token: str) -> str:
    """Return the path of the page that says whether a paper is genuine."""
    return f"/paper/{token}"


def create(tx: Tx, **fields: Any) -> PaperNow:
    paper = PaperNow(id=tx.next_id("papers"), **fields)
    tx.run(_INSERT, **_columns(paper))
    _tell_if_due(tx, paper)
    return paper


def load(tx: Tx, id: int) -> PaperNow:  # noqa: A002  the column
    """Return a paper. Raises NoSuchPaperError."""
    row = tx.one(_BY_ID, id=id)
    if row is None:
        raise NoSuchPaperError(id)
    return paper_from(row)


def of_case(tx: Tx, case: int) -> tuple[PaperNow, ...]:
    """Return the papers of a case, the oldest first."""
    return tuple(paper_from(row) for row in tx.all(_OF_CASE, case=case))


def current(tx: Tx, case: int, paper: str) -> PaperNow | None:
    """Return the paper of that id which stands now: the newest that is neither void nor replaced."""
    standing = [
        each
        for each in of_case(tx, case)
        if each.paper == paper and each.state in {State.DRAFT, State.ISSUED}
    ]
    return standing[-1] if standing else None


def holds(tx: Tx, sha256: str) -> bool:
    """Whether that file is some paper's, or the picture of one of its pages."""
    return any(tx.one(statement, sha256=sha256) is not None for statement in _HOLDING)


def save(tx: Tx, paper: PaperNow) -> PaperNow:
    columns = _columns(paper)
    tx.run(_SAVE, of_id=paper.id, **{f"to_{name}": columns[name] for name in _CHANGED})
    _tell_if_due(tx, paper)
    return paper


def _tell_if_due(tx: Tx, paper: PaperNow) -> None:
    if paper.due_at is not None:
        tx.tell(News.PAPERS)


def paper_from(row: Row) -> PaperNow:
    fields = row._asdict()
    return PaperNow(
        **fields
        | {
            "state": State(row.state),
            "content": row.content or {},
            "previews": tuple(row.previews or ()),
        }
    )


def _columns(paper: PaperNow) -> dict[str, Any]:
    return vars(paper) | {
        "state": str(paper.state),
        "content": dict(paper.content),
        "previews": list(paper.previews),
    }
