"""What is to be typeset, and what came of it, inside the writer's transaction."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from sqlalchemy import bindparam, select, update

from procedures.papers import rows
from procedures.papers.rows import PaperNow, paper_from
from procedures.papers.sending import hand_over, say_without
from procedures.papers.tables import PaperRow
from tickets import revisions
from tickets.actor import SYSTEM
from tickets.binary_texts import as_bytes
from tickets.ledger.blobs import Stored
from tickets.ledger.events import append
from tickets.ledger.prepared import Prepared
from tickets.ledger.tx import Tx

TYPESET, FAILED = "paper.typeset", "paper.failed"
MOST, TRIES = 5, 5
LEASE = timedelta(minutes=2)  # for whoever typesets it
LONGEST_ERROR = 500

_PAPERS = PaperRow.__table__  # type: ignore[attr-defined]
_DUE = Prepared(
    select(_PAPERS)
    .where(_PAPERS.c.due_at <= bindparam("now"))
    .order_by(_PAPERS.c.due_at)
    .limit(bindparam("most"))
)
_LEASE = Prepared(
    update(_PAPERS)
    .where(_PAPERS.c.id == bindparam("key"))
    .values(due_at=bindparam("until"), attempts=_PAPERS.c.attempts + 1)
)


@dataclass(frozen=True, kw_only=True)
class Order:
    """A paper to be typeset, with the files that its template may see."""

    paper: PaperNow
    files: Mapping[str, bytes] = field(repr=False)


def claim(tx: Tx, *, now: datetime) -> list[Order]:
    """Take what is due; whoever took it is not asked twice within the lease."""
    orders = []
    for row in tx.all(_DUE, now=now, most=MOST):
        tx.run(_LEASE, key=row.id, until=now + LEASE)
        found = revisions.numbered(tx, row.desk, row.revision)
        texts = found.files if found else {}
        files = {name: as_bytes(text) for name, text in texts.items() if name.startswith("papers/")}
        orders.append(Order(paper=paper_from(row), files=files))
    return orders


def keep(tx: Tx, order: PaperNow, file: Stored, previews: tuple[str, ...], *, at: datetime) -> None:
    """Keep the file of a paper, and send it where it is wanted; one that has changed meanwhile is typeset again."""
    paper = rows.load(tx, order.id)
    if paper.edition != order.edition or paper.due_at is None:
        return
    done = replace(
        paper, name=file.name, type=file.type, size=file.size, sha256=file.sha256, previews=previews, due_at=None,
        error=None,
    )  # fmt: skip
    rows.save(tx, hand_over(tx, done, by=done.last_by, at=at))
    _tell(tx, done, TYPESET, at)


def give_up(tx: Tx, order: PaperNow, error: str, *, at: datetime) -> None:
    """Note why a paper cannot be typeset; a person may ask for it again. What waits for it is said without it."""
    paper = rows.load(tx, order.id)
    if paper.edition == order.edition and paper.due_at is not None:
        failed = replace(paper, due_at=None, error=error[:LONGEST_ERROR])
        rows.save(tx, say_without(tx, failed, at=at))
        _tell(tx, paper, FAILED, at)


def _tell(tx: Tx, paper: PaperNow, kind: str, at: datetime) -> None:
    append(
        tx, kind, desk=paper.desk, ticket=paper.ticket, subject=paper.id, at=at, actor=SYSTEM.key, case=paper.case,
        paper=paper.paper, edition=paper.edition,
    )  # fmt: skip
