"""The files that were made, as whoever asked for them sees them; and where they lie."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Row, select
from sqlmodel import Session

from reports.files import TYPES
from reports.making.order import Order
from reports.making.queue import State
from reports.making.tables import MakingRow
from reports.progress import Progress, Stage
from tickets.ledger.blobs import BlobStore

FOLDER = "made"
AT_ANY_TIME = datetime.max.replace(tzinfo=UTC)
_MAKINGS = MakingRow.__table__  # type: ignore[attr-defined]


@dataclass(frozen=True, kw_only=True)
class Making:
    """A file that somebody asked for."""

    id: int
    desk: str
    asked_by: str  # actor
    asked_at: datetime
    order: Order
    state: State
    progress: Progress | None  # of one that is being made
    ended_at: datetime | None
    failure: str | None  # which refusal, by name
    failed_why: str | None
    about: dict[str, str]  # what the refusal names
    name: str | None
    size: int | None
    report: int | None  # the filed report that it became
    expires_at: datetime | None

    @property
    def is_under_way(self) -> bool:
        return self.state in (State.WAITING, State.RUNNING)

    @property
    def type(self) -> str:
        return TYPES[self.order.format]


def makings(session: Session, asked_by: Collection[str], *, now: datetime, most: int) -> list[Making]:
    """Return somebody's, under any key of theirs, the newest first, without those whose time is over."""
    statement = (
        select(_MAKINGS)
        .where(
            _MAKINGS.c.asked_by.in_(sorted(asked_by)),
            (_MAKINGS.c.expires_at.is_(None)) | (_MAKINGS.c.expires_at > now),
        )
        .order_by(_MAKINGS.c.id.desc())
        .limit(most)
    )
    return [_making(row) for row in session.execute(statement)]


def making(session: Session, key: int, *, now: datetime) -> Making | None:
    row = session.execute(select(_MAKINGS).where(_MAKINGS.c.id == key)).first()
    if row is None or (row.expires_at is not None and row.expires_at <= now):
        return None
    return _making(row)


def path_of(blobs: BlobStore, key: int, format: str) -> Path:  # noqa: A002  the word of the order
    """Return where the file of a making is written; `bring` then takes it to where everybody has it."""
    return blobs.workshop(FOLDER) / f"{key}.{format}"


def key_of(key: int, format: str) -> str:  # noqa: A002
    """Return under which key the file of a making lies, beside the files that are kept by what they contain."""
    return f"{FOLDER}/{key}.{format}"


def bring(blobs: BlobStore, path: Path) -> None:
    """Take a file to where everybody has it. Raises OSError."""
    blobs.made.bring(f"{FOLDER}/{path.name}", path)


def remove(blobs: BlobStore, key: int) -> None:
    """Delete what is there of a making: the file, and what a broken-off one has left. Raises OSError."""
    shop = blobs.workshop(FOLDER)
    for path in (*shop.glob(f"{key}.*"), *shop.glob(f".{key}.*.part")):
        path.unlink(missing_ok=True)
    for each in TYPES:
        blobs.made.drop(key_of(key, each), unless_since=AT_ANY_TIME)


def _making(row: Row[Any]) -> Making:
    stage = Progress(what=Stage(row.stage), done=row.done, of=row.of) if row.stage else None
    return Making(
        id=row.id, desk=row.desk, asked_by=row.asked_by, asked_at=row.asked_at, order=Order.from_data(row.ordered),
        state=State(row.state), progress=stage if row.state == State.RUNNING else None, ended_at=row.ended_at,
        failure=row.failure, failed_why=row.failed_why, about=row.about or {}, name=row.name, size=row.size, report=row.report,
        expires_at=row.expires_at,
    )  # fmt: skip
