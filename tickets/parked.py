"""What waits for a contact to write: answers that may not be sent while the window of their channel is closed.

A parked row of the outbox keeps its place and holds nobody up. It is released in the transaction that takes in the
contact's next message, in the order in which it was written, and then goes the way of everything that leaves. An
agent may withdraw it; after `windows.WAITS_FOR_CONTACT` it is given up.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, literal_column, select, update

from tickets import contacts, outbox, windows
from tickets.actor import Actor
from tickets.contacts import AddressNow
from tickets.ledger.events import append
from tickets.ledger.prepared import Prepared, Row
from tickets.ledger.tx import Tx
from tickets.message import Delivery
from tickets.parcels import Audience, Parcel
from tickets.tables import Event, Message, Outbox, Ticket

WITHDRAWN = "Ditarik kembali sebelum terkirim. / Withdrawn before it was sent."
_IS_ANY = "parked"  # under this a transaction remembers whether anything is
GIVEN_UP = "Kontak tidak menulis lagi selama 30 hari. / The contact has not written for 30 days."

_OUTBOX = Outbox.__table__  # type: ignore[attr-defined]
_MESSAGES = Message.__table__  # type: ignore[attr-defined]
_EVENTS = Event.__table__  # type: ignore[attr-defined]
_TICKETS = Ticket.__table__  # type: ignore[attr-defined]
_SAME = _TICKETS.alias("same")
_PARKED: Any = literal_column("'parked'")  # as the partial index has it
_HERE = (_OUTBOX.c.id, _OUTBOX.c.message, _OUTBOX.c.ticket, _OUTBOX.c.desk)
_OF_LINE = Prepared(
    select(*_HERE)
    .where(_OUTBOX.c.state == _PARKED, _OUTBOX.c.order_key == bindparam("line"))
    .order_by(_OUTBOX.c.id)
)
_ANY = Prepared(select(_OUTBOX.c.id).where(_OUTBOX.c.state == _PARKED).limit(1))
_OF_TICKET = Prepared(
    select(*_HERE)
    .where(_OUTBOX.c.state == _PARKED, _OUTBOX.c.ticket == bindparam("ticket"))
    .order_by(_OUTBOX.c.id)
)
_OLD = Prepared(
    select(*_HERE)
    .where(_OUTBOX.c.state == _PARKED, _OUTBOX.c.created_at < bindparam("before"))
    .order_by(_OUTBOX.c.id)
    .limit(bindparam("most"))
)
_RELEASE = Prepared(
    update(_OUTBOX)
    .where(_OUTBOX.c.id == bindparam("key"))
    # Whether it is given up is reckoned from now on, and it does not count as unsent for the days that it waited.
    .values(
        state="queued",
        error=None,
        not_before=bindparam("at"),
        created_at=bindparam("at"),
        done_at=None,
        order_key=bindparam("line"),
        payload=bindparam("content"),
    )
)
_AUTHOR = Prepared(select(_MESSAGES.c.author, _MESSAGES.c.delivery).where(_MESSAGES.c.id == bindparam("id")))
_SET_DELIVERY = Prepared(
    update(_MESSAGES)
    .where(_MESSAGES.c.id == bindparam("key"))
    .values(delivery=bindparam("delivery"), delivery_error=bindparam("error"))
)
_ANSWERED_BY_IT = Prepared(
    select(_EVENTS.c.ticket, _EVENTS.c.desk)
    .where(
        _EVENTS.c.ticket.in_(
            select(_TICKETS.c.number).where(
                _TICKETS.c.contact
                == select(_SAME.c.contact).where(_SAME.c.number == bindparam("ticket")).scalar_subquery()
            )
        ),
        _EVENTS.c.kind == "message.answered",
        _EVENTS.c.subject == bindparam("message"),
        _EVENTS.c.ticket != bindparam("ticket"),
    )
    .distinct()
)


def can_wait(payload: Mapping[str, Any], *, audience: str, act: str) -> bool:
    """Whether it is something that a person wrote to a contact: what a machine says is out of date by then."""
    written = audience == Audience.CONTACT and act == "message"
    return written and not payload.get("automatic") and not payload.get("template")


def park(tx: Tx, parcel: Parcel, *, at: datetime) -> None:
    """Let an answer wait for its contact; one who has written since it was tried gets it at once."""
    row = outbox.row_of(tx, parcel.id)
    if row is not None and row.state == "sending":
        park_row(tx, row, at=at)


def release(tx: Tx, address: AddressNow, others: Sequence[int], *, at: datetime) -> None:
    """Let go what waits for this contact, who has just written, to where they wrote: under whichever id it waited."""
    if not _is_any(tx):
        return
    waiting = [row for each in (address.id, *others) for row in tx.all(_OF_LINE, line=f"contact:{each}")]
    for row in sorted(waiting, key=lambda each: each.id):
        payload = outbox.row_of(tx, row.id).payload  # type: ignore[union-attr]
        place = payload["place"] | {"address": address.external_id}
        tx.run(_RELEASE, key=row.id, at=at, line=f"contact:{address.id}", content=payload | {"place": place})
        tx.run(_SET_DELIVERY, key=row.message, delivery=str(Delivery.QUEUED), error=None)
        _tell(tx, row, "delivery.released", at=at)


def _is_any(tx: Tx) -> bool:
    """Whether anything is parked, asked once a transaction until it parks something: nearly always nothing is."""
    if _IS_ANY not in tx.memo:
        tx.memo[_IS_ANY] = tx.one(_ANY) is not None
    found: bool = tx.memo[_IS_ANY]
    return found


def withdraw(tx: Tx, ticket: int, *, by: Actor, at: datetime) -> tuple[int, ...]:
    """Take back what waits on a ticket; the messages."""
    rows = tx.all(_OF_TICKET, ticket=ticket)
    for row in rows:
        _end(tx, row, error=WITHDRAWN, at=at, actor=by.key, why="withdrawn")
    return tuple(row.message for row in rows)


def give_up(tx: Tx, *, now: datetime, most: int) -> int:
    """End what has waited for too long; how many there were."""
    rows = tx.all(_OLD, before=now - windows.WAITS_FOR_CONTACT, most=most)
    for row in rows:
        _end(tx, row, error=GIVEN_UP, at=now, why="window")
    return len(rows)


def waiting_on(tx: Tx, ticket: int) -> int:
    """Return how many answers wait on a ticket."""
    return len(tx.all(_OF_TICKET, ticket=ticket))


def park_row(tx: Tx, row: Row, *, at: datetime) -> None:
    """Let a row wait for its contact, unless they have written since it was tried."""
    place = row.payload["place"]
    address = contacts.address_at(tx, account=place["account"], external_id=place["address"])
    heard_at = address.last_inbound_at if address is not None else None
    if heard_at is not None and row.tried_at is not None and heard_at > row.tried_at:
        outbox.move(tx, row.id, state="queued", error=None, not_before=at, done_at=None)
        tx.run(_SET_DELIVERY, key=row.message, delivery=str(Delivery.QUEUED), error=None)
        return
    tx.memo[_IS_ANY] = True
    outbox.move(tx, row.id, state="parked", error=windows.WAITS, not_before=at, done_at=None)
    tx.run(_SET_DELIVERY, key=row.message, delivery=str(Delivery.QUEUED), error=windows.WAITS)
    _tell(tx, row, "delivery.parked", at=at)


def _end(tx: Tx, row: Row, *, error: str, at: datetime, actor: str | None = None, **why: str) -> None:
    outbox.move(tx, row.id, state="failed", error=error, not_before=at, done_at=at)
    tx.run(_SET_DELIVERY, key=row.message, delivery=str(Delivery.FAILED), error=error)
    _tell(tx, row, "delivery.failed", at=at, actor=actor, **why)


def _tell(tx: Tx, row: Row, kind: str, *, at: datetime, actor: str | None = None, **data: str) -> None:
    """Write it down on its ticket, and on those of the same contact that the same message answers."""
    written = tx.one(_AUTHOR, id=row.message)
    author = written.author if written is not None else None
    others: Sequence[Row] = () if row.ticket is None else tx.all(
        _ANSWERED_BY_IT, ticket=row.ticket, message=str(row.message)
    )  # fmt: skip
    for number, desk in ((row.ticket, row.desk), *((each.ticket, each.desk) for each in others)):
        append(
            tx, kind, desk=desk, ticket=number, at=at, subject=row.message, actor=actor, author=author, **data
        )
