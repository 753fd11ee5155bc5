"""What a desk has kept for long enough: tickets that are over, and contacts who have not been heard of since."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, bindparam, exists, func, not_, or_, select, tuple_, update
from sqlmodel import Session

from tickets.ledger import bookmarks
from tickets.ledger.prepared import Prepared
from tickets.ledger.tx import Tx
from tickets.ledger.types import EPOCH
from tickets.tables import Address, Contact, Outbox, Ticket

_TICKETS, _OUTBOX = Ticket.__table__, Outbox.__table__  # type: ignore[attr-defined]
_CONTACTS, _ADDRESSES = Contact.__table__, Address.__table__  # type: ignore[attr-defined]
_KEPT = and_(_TICKETS.c.status == "closed", _TICKETS.c.erased_at.is_(None))
_OLD = and_(_TICKETS.c.desk == bindparam("desk"), _KEPT, _TICKETS.c.closed_at < bindparam("before"))
_DUE = (
    select(_TICKETS.c.number, _TICKETS.c.closed_at)
    .where(
        _OLD,
        tuple_(_TICKETS.c.closed_at, _TICKETS.c.number)
        > tuple_(bindparam("after_at", type_=_TICKETS.c.closed_at.type), bindparam("after_number")),
    )
    .order_by(_TICKETS.c.closed_at, _TICKETS.c.number)
    .limit(bindparam("most"))
)
_HAS_TICKETS = exists().where(_TICKETS.c.contact == _CONTACTS.c.id, _TICKETS.c.erased_at.is_(None))
_THEIRS = _ADDRESSES.c.contact == _CONTACTS.c.id
_HEARD_SINCE = exists().where(_THEIRS, _ADDRESSES.c.last_inbound_at >= bindparam("before"))
_REACHED = exists().where(_THEIRS, not_(_ADDRESSES.c.external_id.startswith("erased-")))
_KNOWN = or_(_REACHED, _CONTACTS.c.identity_name.is_not(None), _CONTACTS.c.identity_number.is_not(None))
_QUIET = (
    select(_CONTACTS.c.id)
    .where(
        _CONTACTS.c.desk == bindparam("desk"),
        _CONTACTS.c.created_at < bindparam("before"),
        _CONTACTS.c.id > bindparam("above"),
        not_(_HAS_TICKETS),
        not_(_HEARD_SINCE),
        _KNOWN,
    )
    .order_by(_CONTACTS.c.id)
    .limit(bindparam("most"))
)
_SOME = Prepared(
    select(_OUTBOX.c.id, _OUTBOX.c.created_at)
    .where(_OUTBOX.c.id > bindparam("above"))
    .order_by(_OUTBOX.c.id)
    .limit(bindparam("most"))
)
_EMPTY = Prepared(
    update(_OUTBOX)
    .where(
        _OUTBOX.c.id > bindparam("above"),
        _OUTBOX.c.id <= bindparam("last"),
        _OUTBOX.c.desk == bindparam("of_desk"),
        _OUTBOX.c.created_at < bindparam("before"),
        _OUTBOX.c.done_at.is_not(None),
    )
    .values(payload=bindparam("nothing"), error=None)
)


@dataclass(frozen=True, kw_only=True)
class Due:
    """A place in the list of tickets that are old enough."""

    closed_at: datetime
    number: int


def due(session: Session, desk: str, *, before: datetime, after: Due | None, most: int) -> Sequence[Due]:
    """Return tickets of a desk that closed before an instant and still have their words, the longest closed first."""
    first = after or Due(closed_at=EPOCH, number=0)
    values = {
        "desk": desk, "before": before, "after_at": first.closed_at, "after_number": first.number, "most": most,
    }  # fmt: skip
    return [Due(closed_at=row.closed_at, number=row.number) for row in session.execute(_DUE, values)]


def how_many(session: Session, desk: str, *, before: datetime) -> int:
    """Return how many tickets of a desk closed before an instant and still have their words."""
    statement = select(func.count()).select_from(_TICKETS).where(_OLD)
    return int(session.execute(statement, {"desk": desk, "before": before}).scalar_one())


def quiet(session: Session, desk: str, *, before: datetime, above: int, most: int) -> Sequence[int]:
    """Return contacts of a desk, above an id, of whom nothing is kept but who they are, and who were not heard since."""
    values = {"desk": desk, "before": before, "above": above, "most": most}
    return session.execute(_QUIET, values).scalars().all()


def empty_parcels(tx: Tx, desk: str, *, before: datetime, most: int) -> bool:
    """Empty some more of what left before an instant; False when there is no more of it."""
    name = f"retention:{desk}"
    above = int(bookmarks.read(tx, name) or 0)
    rows = [row for row in tx.all(_SOME, above=above, most=most) if row.created_at < before]
    if not rows:
        return False
    tx.run(_EMPTY, above=above, last=rows[-1].id, of_desk=desk, before=before, nothing={})
    bookmarks.save(tx, name, str(rows[-1].id))
    return len(rows) == most
