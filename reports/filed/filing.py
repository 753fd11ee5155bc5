"""The archive of monthly reports: each that was made is kept as it was made, with who made it and when."""

import tempfile
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import Row, bindparam, select
from sqlmodel import Session

from later import Later
from reports.errors import UnwritableError
from reports.filed.tables import FiledReport
from reports.handed import Handed, Known
from reports.helper import Answers
from reports.part import WHOLE, Part
from reports.progress import Tell, unheard
from tickets.clocks import FIRST_RESPONSE, RESOLUTION
from tickets.desk import Desk
from tickets.ledger.blobs import BlobStore
from tickets.ledger.prepared import Prepared, inserting
from tickets.ledger.tx import Tx

if TYPE_CHECKING:
    from reports import monthly
else:
    monthly = Later("reports.monthly")

_FILED = FiledReport.__table__  # type: ignore[attr-defined]
_INSERT = inserting(FiledReport)
_ARRIVED = Prepared(
    select(_FILED.c.id)
    .where(
        _FILED.c.desk == bindparam("desk"),
        _FILED.c.month == bindparam("month"),
        _FILED.c.occasion == "arrived",
    )
    .limit(1)
)


_HOLDS = Prepared(
    select(_FILED.c.id)
    .where(_FILED.c.sha256 == bindparam("sha256"), _FILED.c.discarded_at.is_(None))
    .limit(1)
)


class Occasion(StrEnum):
    ASKED = "asked"  # somebody had it made
    CLOSED = "closed"  # the month was closed with it
    ARRIVED = "arrived"  # by itself, after the month


@dataclass(frozen=True, kw_only=True)
class Glance:
    """The few figures of a report that are told with its file."""

    tickets: int
    finished: int
    before: int  # tickets of the month before
    first_in_time: float | None  # shares of the promises
    solved_in_time: float | None
    breached: int
    uncategorised: int


@dataclass(frozen=True, kw_only=True)
class Printed:
    """The file of a report, which lies among the ledger's files, and what is filed of it."""

    desk: str
    month: str  # 2026-10
    language: str
    made_at: datetime
    asked: "monthly.Asked"
    name: str
    size: int
    sha256: str
    glance: Glance


@dataclass(frozen=True, kw_only=True)
class Made:
    """A report whose file lies among the ledger's files, not yet filed."""

    handed: Handed
    asked: "monthly.Asked"
    name: str
    size: int
    sha256: str

    @property
    def printed(self) -> Printed:
        report = self.handed.report
        return Printed(
            desk=report.desk, month=str(report.month), language=self.handed.language, made_at=report.made_at, asked=self.asked,
            name=self.name, size=self.size, sha256=self.sha256, glance=_glance(self.handed),
        )  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Filed:
    """A report in the archive."""

    id: int
    desk: str
    month: str
    format: str
    language: str
    part: Part
    identities: bool
    occasion: Occasion
    name: str
    size: int
    sha256: str
    made_by: str
    made_at: datetime
    told: int | None
    discarded_at: datetime | None  # when its file was deleted


def make(
    session: Session, asked: "monthly.Asked", blobs: BlobStore, *, desk: Desk, now: datetime, known: Known,
    tell: Tell = unheard, helper: Answers | None = None,
) -> Made:  # fmt: skip
    """Make a report and keep its file, and `tell` how far it has come. Raises ReportError."""
    try:
        with tempfile.TemporaryDirectory(prefix="tanggap-report-") as folder:
            path = Path(folder) / _name(asked, desk)
            found = monthly.write_month(
                session, asked, path, desk=desk, now=now, known=known, tell=tell, helper=helper
            )
            content = path.read_bytes()
            return Made(
                handed=found, asked=asked, name=path.name, size=len(content), sha256=blobs.put_unbounded(content)
            )  # fmt: skip
    except OSError as error:
        raise UnwritableError(f"the report cannot be kept: {error.strerror or error}") from error


def _glance(handed: Handed) -> Glance:
    report = handed.report
    return Glance(
        tickets=report.tickets, finished=report.finished, before=handed.before.tickets,
        first_in_time=report.promise(FIRST_RESPONSE).share, solved_in_time=report.promise(RESOLUTION).share,
        breached=len(report.breaches), uncategorised=len(report.uncategorised),
    )  # fmt: skip


def put_by(tx: Tx, made: Made, *, by: str, occasion: Occasion, told: int | None = None) -> int:
    """File a report under who had it made; its id."""
    return put(tx, made.printed, by=by, occasion=occasion, told=told)


def put(tx: Tx, printed: Printed, *, by: str, occasion: Occasion, told: int | None = None) -> int:
    """File a report of which nothing is at hand but its file; its id."""
    asked, part = printed.asked, printed.asked.part
    filed = tx.next_id("filed_reports")
    tx.run(
        _INSERT, id=filed, desk=printed.desk, month=printed.month, format=asked.format, language=printed.language,
        part=None if part.is_whole else {"team": part.team, "category": part.category}, identities=asked.identities,
        occasion=str(occasion), name=printed.name, size=printed.size, sha256=printed.sha256, made_by=by,
        made_at=printed.made_at, told=told, discarded_at=None,
    )  # fmt: skip
    return filed


def has_arrived(tx: Tx, desk: str, month: str) -> bool:
    """Whether the report of a month has come by itself."""
    return tx.one(_ARRIVED, desk=desk, month=month) is not None


def holds(tx: Tx, sha256: str) -> bool:
    """Whether some report in the archive has that file still."""
    return tx.one(_HOLDS, sha256=sha256) is not None


def filed(session: Session, desks: Collection[str], *, most: int, skipped: int = 0) -> list[Filed]:
    """Return what is in the archive of some desks, the newest first."""
    rows = session.execute(
        select(_FILED)
        .where(_FILED.c.desk.in_(sorted(desks)))
        .order_by(_FILED.c.id.desc())
        .limit(most)
        .offset(skipped)
    )
    return [_filed(row) for row in rows]


def one(session: Session, filed_id: int) -> Filed | None:
    row = session.execute(select(_FILED).where(_FILED.c.id == filed_id)).first()
    return None if row is None else _filed(row)


def _filed(row: Row[Any]) -> Filed:
    part = Part(**row.part) if row.part else WHOLE
    return Filed(**{**row._asdict(), "part": part, "occasion": Occasion(row.occasion)})


def _name(asked: "monthly.Asked", desk: Desk) -> str:
    """Return what the file is called: nothing but ids of the desk's files and our own words."""
    parts = (desk.slug, asked.month, asked.part.team, asked.part.category)
    return f"{'-'.join(_safe(part) for part in parts if part)}.{_safe(asked.format)}"


def _safe(word: str) -> str:
    return "".join(letter if letter.isalnum() and letter.isascii() else "-" for letter in word)[:60]
