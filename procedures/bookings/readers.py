"""Who reads the calendar of bookings: each reader has an address of their own, which is taken back without troubling the others."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import bindparam, select, update
from sqlmodel import Session

from procedures.bookings.tables import CalendarReader
from procedures.bookings.taking import resource_of
from tickets.actions.errors import RuleError
from tickets.actions.rights import require
from tickets.actor import Actor, Role
from tickets.desk import DeskNow
from tickets.ledger.events import append
from tickets.ledger.prepared import Prepared, inserting
from tickets.ledger.tx import Tx

MOST = 200  # readers of a desk
_LOOKED_EVERY = timedelta(hours=1)
_READERS = CalendarReader.__table__  # type: ignore[attr-defined]
_INSERT = inserting(CalendarReader)
_OF_DESK = Prepared(
    select(_READERS.c.id).where(_READERS.c.desk == bindparam("desk"), _READERS.c.revoked_at.is_(None))
)
_REVOKE = Prepared(
    update(_READERS)
    .where(_READERS.c.id == bindparam("of_id"), _READERS.c.desk == bindparam("of_desk"))
    .where(_READERS.c.revoked_at.is_(None))
    .values(revoked_at=bindparam("revoked_at"))
)
_LOOKED = Prepared(
    update(_READERS).where(_READERS.c.id == bindparam("of_id")).values(read_at=bindparam("read_at"))
)


@dataclass(frozen=True, kw_only=True)
class Reader:
    """One reader of a desk's calendar, or of one resource in it."""

    id: int
    desk: str
    resource: str | None
    name: str
    made_by: str
    made_at: datetime
    read_at: datetime | None = None
    revoked_at: datetime | None = None

    def looked_long_ago(self, now: datetime) -> bool:
        """Whether it is time to write down again that they read it."""
        return self.read_at is None or now - self.read_at >= _LOOKED_EVERY


def share(
    tx: Tx, *, name: str, resource: str | None, desk: DeskNow, by: Actor, at: datetime
) -> Reader:  # fmt: skip
    """Let somebody read the calendar; supervisors do. Raises RuleError where there is no name, or enough readers."""
    require(by, Role.SUPERVISOR, desk.slug)
    if not name.strip():
        raise RuleError("expected a name for the reader")
    if len(tx.all(_OF_DESK, desk=desk.slug)) >= MOST:
        raise RuleError(f"{desk.slug} has {MOST} readers; take some back first")
    if resource is not None:
        resource_of(desk.desk, resource)
    reader = Reader(
        id=tx.next_id("calendar_readers"), desk=desk.slug, resource=resource, name=name.strip(), made_by=by.key, made_at=at
    )  # fmt: skip
    tx.run(_INSERT, **vars(reader))
    append(tx, "calendar.shared", desk=desk.slug, subject=reader.id, at=at, actor=by.key, resource=resource)
    return reader


def take_back(tx: Tx, id_: int, *, desk: DeskNow, by: Actor, at: datetime) -> None:
    """Let an address lead nowhere from now on; twice is once."""
    require(by, Role.SUPERVISOR, desk.slug)
    if tx.run(_REVOKE, of_id=id_, of_desk=desk.slug, revoked_at=at):
        append(tx, "calendar.taken_back", desk=desk.slug, subject=id_, at=at, actor=by.key)


def looked(tx: Tx, id_: int, *, at: datetime) -> None:
    tx.run(_LOOKED, of_id=id_, read_at=at)


def reader(session: Session, id_: int) -> Reader | None:
    """Return a reader who may still read; None for one that there is not, or not any more."""
    row = session.execute(
        select(_READERS).where(_READERS.c.id == id_, _READERS.c.revoked_at.is_(None))
    ).one_or_none()
    return Reader(**row._asdict()) if row is not None else None


def readers_of(session: Session, desk: str) -> list[Reader]:
    """Return who may read a desk's calendar, the newest first."""
    rows = session.execute(
        select(_READERS)
        .where(_READERS.c.desk == desk, _READERS.c.revoked_at.is_(None))
        .order_by(_READERS.c.id.desc())
    )
    return [Reader(**row._asdict()) for row in rows]
