"""The browsers on which people want to be told of their tickets, as rows: kept, found, forgotten."""

import hashlib
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import bindparam, delete, select, update
from sqlmodel import Session

from tickets.ledger.prepared import Prepared, Row, inserting
from tickets.ledger.tx import Tx
from tickets.outbox import enqueue
from tickets.parcels import Audience, Priority
from tickets.tables import Device, Staff

ACT = "push"  # of a parcel that goes to a device
MOST = 10  # of one person; the longest there gives way

_DEVICES = Device.__table__  # type: ignore[attr-defined]
_STAFF = Staff.__table__  # type: ignore[attr-defined]
_INSERT = inserting(Device)
_ONE = Prepared(select(_DEVICES).where(_DEVICES.c.id == bindparam("id")))
_AT_ENDPOINT = Prepared(select(_DEVICES).where(_DEVICES.c.endpoint_hash == bindparam("endpoint_hash")))
_THEIRS = select(_DEVICES).where(_DEVICES.c.email == bindparam("email")).order_by(_DEVICES.c.id.desc())
_OF_PERSON = Prepared(_THEIRS)
_OF_STAFF = Prepared(
    select(_DEVICES)
    .join(_STAFF, _STAFF.c.email == _DEVICES.c.email)
    .where(
        _STAFF.c.desk == bindparam("desk"), _STAFF.c.id == bindparam("staff"), _STAFF.c.disabled_at.is_(None)
    )
    .order_by(_DEVICES.c.id)
)
_RENEW = Prepared(
    update(_DEVICES)
    .where(_DEVICES.c.id == bindparam("of_id"))
    .values({name: bindparam(name) for name in ("p256dh", "auth", "session", "language", "browser")})
)
_FORGET = Prepared(delete(_DEVICES).where(_DEVICES.c.id == bindparam("of_id")))
_FORGET_OF = Prepared(
    delete(_DEVICES).where(_DEVICES.c.id == bindparam("of_id"), _DEVICES.c.email == bindparam("of_email"))
)
_GOES_ALONG = Prepared(
    update(_DEVICES).where(_DEVICES.c.session == bindparam("before")).values(session=bindparam("after"))
)
_FARED = Prepared(
    update(_DEVICES)
    .where(_DEVICES.c.id == bindparam("of_id"))
    .values(told_at=bindparam("told_at"), failing_since=bindparam("failing_since"))
)


@dataclass(frozen=True, kw_only=True)
class DeviceNow:
    """A browser that wants to be told."""

    id: int
    endpoint: str = field(repr=False)
    p256dh: str = field(repr=False)
    auth: str = field(repr=False)
    email: str
    session: str
    language: str
    browser: str
    added_at: datetime
    told_at: datetime | None
    failing_since: datetime | None


def keep(
    tx: Tx, *, endpoint: str, p256dh: str, auth: str, email: str, session: str, language: str, browser: str,
    at: datetime,
) -> bool:  # fmt: skip
    """Tell a browser from now on; whoever wanted it there before does so no longer. False: it was theirs already."""
    hashed = hashlib.sha256(endpoint.encode()).hexdigest()
    now = {"p256dh": p256dh, "auth": auth, "session": session, "language": language, "browser": browser}
    before = tx.one(_AT_ENDPOINT, endpoint_hash=hashed)
    if before is not None and before.email == email:
        tx.run(_RENEW, of_id=before.id, **now)
        return False
    if before is not None:
        tx.run(_FORGET, of_id=before.id)
    tx.run(
        _INSERT, id=tx.next_id("devices"), endpoint_hash=hashed, endpoint=endpoint, email=email, added_at=at,
        told_at=None, failing_since=None, **now,
    )  # fmt: skip
    for surplus in tx.all(_OF_PERSON, email=email)[MOST:]:
        tx.run(_FORGET, of_id=surplus.id)
    return True


def find(tx: Tx, id: int) -> DeviceNow | None:  # noqa: A002  the column
    row = tx.one(_ONE, id=id)
    return None if row is None else _value(row)


def of_staff(tx: Tx, desk: str, staff: str) -> tuple[DeviceNow, ...]:
    """Return the devices of somebody who works at a desk now."""
    return tuple(_value(row) for row in tx.all(_OF_STAFF, desk=desk, staff=staff))


def of_person(session: Session, email: str) -> tuple[DeviceNow, ...]:
    """Return somebody's devices, the newest first."""
    return tuple(_value(row) for row in session.execute(_THEIRS, {"email": email}))


def forget(tx: Tx, id: int) -> None:  # noqa: A002
    tx.run(_FORGET, of_id=id)


def forget_of(tx: Tx, email: str, id: int) -> bool:  # noqa: A002
    """Tell one of somebody's devices nothing any more; False if it is none of theirs."""
    return bool(tx.run(_FORGET_OF, of_id=id, of_email=email))


def goes_along(tx: Tx, before: str, after: str) -> None:
    """Let what belongs to a session belong to the one that goes on in its place."""
    tx.run(_GOES_ALONG, before=before, after=after)


def fared(tx: Tx, device: DeviceNow, *, well: bool, at: datetime) -> None:
    """Note how a try went."""
    failing_since = None if well else device.failing_since or at
    tx.run(_FARED, of_id=device.id, told_at=at if well else device.told_at, failing_since=failing_since)


def queue(
    tx: Tx, device: int, *, dedup: str, desk: str, at: datetime, payload: dict[str, object],
    ticket: int | None = None, not_before: datetime | None = None,
) -> None:  # fmt: skip
    """Queue something to tell a device."""
    enqueue(
        tx, dedup=f"{ACT}:{dedup}:{device}", account=f"{desk}/{ACT}", audience=Audience.HOOK, act=ACT,
        order_key=line_of(device, ticket), priority=Priority.ALERT, desk=desk, ticket=ticket, at=at,
        payload={"device": device, **payload}, not_before=not_before,
    )  # fmt: skip


def line_of(device: int, ticket: int | None) -> str:
    """Return the line in which what is told of a ticket on a device waits."""
    return f"{ACT}:{device}:{ticket or 0}"


def _value(row: Row) -> DeviceNow:
    return DeviceNow(
        id=row.id, endpoint=row.endpoint, p256dh=row.p256dh, auth=row.auth, email=row.email, session=row.session,
        language=row.language, browser=row.browser, added_at=row.added_at, told_at=row.told_at,
        failing_since=row.failing_since,
    )  # fmt: skip
