"""What becomes of a message of ours, as it stands on the message and in the history of its ticket."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import bindparam, case, func, select, update

from tickets import contacts, references
from tickets.ledger.events import append
from tickets.ledger.prepared import Prepared, Row
from tickets.ledger.tx import Tx
from tickets.message import Delivery, Refusal
from tickets.parcels import Parcel
from tickets.receipts import advance, overall
from tickets.tables import Clock, Message, Ticket

_MESSAGES = Message.__table__  # type: ignore[attr-defined]
_CLOCKS = Clock.__table__  # type: ignore[attr-defined]
_TICKETS = Ticket.__table__  # type: ignore[attr-defined]
_SAME = _TICKETS.alias("same")
_SET_DELIVERY = Prepared(
    update(_MESSAGES)
    .where(_MESSAGES.c.id == bindparam("key"))
    .values(delivery=bindparam("delivery"), delivery_error=bindparam("error"), attempts=bindparam("attempts"))
)
_IS_TRIED = Prepared(
    update(_MESSAGES)
    .where(_MESSAGES.c.id == bindparam("key"))
    .values(
        delivery=case(
            (func.coalesce(_MESSAGES.c.delivery, str(Delivery.QUEUED)) == str(Delivery.QUEUED), str(Delivery.SENDING)),
            else_=_MESSAGES.c.delivery,
        ),
        delivery_error=None,
        attempts=bindparam("tries"),
    )
)  # fmt: skip
_DELIVERY = Prepared(
    select(_MESSAGES.c.delivery, _MESSAGES.c.attempts, _MESSAGES.c.ticket, _MESSAGES.c.desk, _MESSAGES.c.author,
           _MESSAGES.c.participants, _MESSAGES.c.delivery_error, _MESSAGES.c.address)
    .where(_MESSAGES.c.id == bindparam("id"))
)  # fmt: skip
_SIBLINGS = (
    select(_TICKETS.c.number)
    .where(_TICKETS.c.contact == select(_SAME.c.contact).where(_SAME.c.number == bindparam("ticket")).scalar_subquery())
    .where(_TICKETS.c.number != bindparam("ticket"))
)  # fmt: skip
_ALSO_ANSWERED = Prepared(
    select(_CLOCKS.c.ticket, _CLOCKS.c.desk)
    .where(_CLOCKS.c.ticket.in_(_SIBLINGS), _CLOCKS.c.met_by == bindparam("message"))
    .distinct()
)
_SET_EXTERNAL_ID = Prepared(
    update(_MESSAGES).where(_MESSAGES.c.id == bindparam("key")).values(external_id=bindparam("external_id"))
)


def of(tx: Tx, message: int | None) -> Row | None:
    """Return how a message stands, with whose it is."""
    return None if message is None else tx.one(_DELIVERY, id=message)


def are_tried(tx: Tx, parcels: Iterable[Parcel]) -> None:
    """Note on the messages in parcels that they are being sent: no event, nobody reacts to it."""
    tx.run_many(_IS_TRIED, [{"key": each.message, "tries": each.attempts} for each in parcels])


def is_known_as(tx: Tx, message: int, external_id: str) -> None:
    """Note the first id by which its provider knows a message."""
    tx.run(_SET_EXTERNAL_ID, key=message, external_id=external_id)


def wait_again(tx: Tx, message: int, *, attempts: int, error: str) -> None:
    """Note on the message itself that it waits again: no event, nobody reacts to it."""
    row = of(tx, message)
    if row is not None:
        waits = row.delivery in {None, str(Delivery.SENDING)}
        moved = str(Delivery.QUEUED) if waits else row.delivery
        tx.run(_SET_DELIVERY, key=message, delivery=moved, error=error, attempts=attempts)


def begin_anew(tx: Tx, message: int) -> None:
    """Let it be as if nobody had tried to send it."""
    tx.run(_SET_DELIVERY, key=message, delivery=str(Delivery.QUEUED), error=None, attempts=0)


def remark(tx: Tx, message: int, row: Row, said: str) -> None:
    """Add what is to be known of it, and let it stand as it does; `row` is as it stood. Nothing is said twice."""
    noted = row.delivery_error or ""
    if said not in noted:
        tx.run(
            _SET_DELIVERY, key=message, delivery=row.delivery, error=f"{noted} {said}".strip()[:1000],
            attempts=row.attempts,
        )  # fmt: skip


def advance_to(
    tx: Tx, message: int, told: Delivery, *, error: str | None, at: datetime, why: Refusal | None = None
) -> None:
    """Let it come as far as was told, never backwards; the parts of one that is several come that far together."""
    parts = references.states_of(tx, message)
    row = of(tx, message)
    if row is None:
        return
    known = Delivery(row.delivery or "queued")
    state = advance(known, overall(parts) if parts and told is not Delivery.FAILED else told)
    if state is known:
        return
    kept_error = error if state in {Delivery.FAILED, Delivery.UNKNOWN} or told is Delivery.SENT else None
    tx.run(_SET_DELIVERY, key=message, delivery=str(state), error=kept_error, attempts=row.attempts)
    because = {} if why is None else {"why": str(why)}
    append(
        tx, f"delivery.{state}", desk=row.desk, ticket=row.ticket, at=at, subject=message, author=row.author,
        **because,
    )  # fmt: skip
    if why is Refusal.OPTED_OUT and row.address is not None:
        contacts.stop(tx, row.address, ticket=row.ticket, desk=row.desk, at=at)
    if state is Delivery.FAILED and row.ticket is not None:
        _take_back_elsewhere(tx, message, row, at=at)


def _take_back_elsewhere(tx: Tx, message: int, row: Row, *, at: datetime) -> None:
    """An answer may have answered several tickets of its contact: none of them was answered by what never arrived."""
    for other in tx.all(_ALSO_ANSWERED, ticket=row.ticket, message=str(message)):
        append(
            tx, "delivery.failed", desk=other.desk, ticket=other.ticket, at=at, subject=message, author=row.author
        )  # fmt: skip
