"""What a provider took over and could not bring after all, as it tells later: whether it is tried once more.

Where the window was found closed, a person's answer waits for its contact, and what the house says by itself goes again
with the knowledge that free text does not pass. What failed for a reason that may pass goes back into its line, and the
window is asked anew when it leaves. Of a message in parts nothing is sent twice.
"""

from datetime import datetime, timedelta

from sqlalchemy import bindparam, select, update

from tickets import parked
from tickets.ledger.news import News
from tickets.ledger.prepared import Prepared, Row, inserting_once
from tickets.ledger.tx import Tx
from tickets.message import Delivery, Template, Told
from tickets.outbox import row_of
from tickets.parcels import SENT_AS, Audience, Parcel, parcel_of
from tickets.receipts import PEOPLE_WAIT, wait_before_retry
from tickets.tables import Message, Outbox, Reference

_OUTBOX = Outbox.__table__  # type: ignore[attr-defined]
_MESSAGES = Message.__table__  # type: ignore[attr-defined]
_REFERENCES = Reference.__table__  # type: ignore[attr-defined]
_ROW_OF = Prepared(
    select(_OUTBOX)
    .join(_REFERENCES, _REFERENCES.c.outbox == _OUTBOX.c.id)
    .where(
        _REFERENCES.c.account == bindparam("account"),
        _REFERENCES.c.external_id == bindparam("external_id"),
        _REFERENCES.c.state.is_not(None),
    )
)
_AGAIN = Prepared(
    update(_OUTBOX)
    .where(_OUTBOX.c.id == bindparam("key"))
    .values(
        state="queued", payload=bindparam("payload"), error=bindparam("error"), not_before=bindparam("not_before"),
        lease_until=None, done_at=None,
    )
)  # fmt: skip
_FAIL = Prepared(
    update(_OUTBOX).where(_OUTBOX.c.id == bindparam("key")).values(state="failed", error=bindparam("error"))
)
_EARLY = inserting_once(Reference)
_PARTS = Prepared(
    select(_REFERENCES.c.external_id, _REFERENCES.c.state).where(
        _REFERENCES.c.outbox == bindparam("outbox"), _REFERENCES.c.state.is_not(None)
    )
)
_SUPERSEDE = Prepared(
    update(_REFERENCES).where(_REFERENCES.c.outbox == bindparam("of_outbox")).values(state=None)
)
_SET_DELIVERY = Prepared(
    update(_MESSAGES)
    .where(_MESSAGES.c.id == bindparam("key"))
    .values(delivery=str(Delivery.QUEUED), delivery_error=bindparam("error"))
)
_ARRIVED = {str(Delivery.DELIVERED), str(Delivery.READ)}


def hear_closed(tx: Tx, told: Told, *, at: datetime) -> bool:
    """Take in that the provider found the window closed; False if that changes nothing."""
    row = _still_open(tx, told)
    if row is None or row.payload.get("template") or row.payload.get("closed"):
        return False
    if any(part.state in _ARRIVED for part in tx.all(_PARTS, outbox=row.id)):
        return False
    _end_try(tx, row, told)
    if parked.can_wait(row.payload, audience=row.audience, act=row.act):
        parked.park_row(tx, row, at=at)
    else:
        _send_again(tx, row, {**row.payload, "closed": True}, error=None, not_before=at)
    return True


def hear_passing(tx: Tx, told: Told, wait: timedelta, *, at: datetime) -> bool:
    """Take in a failure that may pass; False if it is final: nobody knows of it, or it was tried for a day.

    A message in parts is not tried again, for the others may have arrived.
    """
    row = _still_open(tx, told)
    if row is None or at - row.created_at > PEOPLE_WAIT.gives_up_after:
        return False
    if any(part.external_id != told.external_id for part in tx.all(_PARTS, outbox=row.id)):
        return False
    if any(part.state in _ARRIVED for part in tx.all(_PARTS, outbox=row.id)):
        return False
    _end_try(tx, row, told)
    _send_again(tx, row, row.payload, error=told.error, not_before=at + wait_before_retry(row.attempts, wait))
    return True


def template_of(tx: Tx, told: Told) -> Template | None:
    """Return the approved template that went out as what the provider tells of."""
    row = _row_of(tx, told)
    payload = row.payload or {} if row is not None and row.account == told.account else {}
    sent = payload.get(SENT_AS) or payload.get("template")
    return Template(**sent) if sent else None


def lost_to_staff(tx: Tx, told: Told) -> Parcel | None:
    """Return what somebody of the desk was told and, as it turns out, was not; they may have another way."""
    row = _still_open(tx, told)
    if row is None or row.audience != Audience.STAFF or "ways" not in row.payload:
        return None
    tx.run(_FAIL, key=row.id, error=told.error)
    return parcel_of(row, again=False)


def _still_open(tx: Tx, told: Told) -> Row | None:
    row = _row_of(tx, told)
    known = row is not None and row.account == told.account and row.payload is not None
    return row if known and row is not None and row.state in {"sent", "sending", "unknown"} else None


def _row_of(tx: Tx, told: Told) -> Row | None:
    found = (
        tx.one(_ROW_OF, account=told.account, external_id=told.external_id)
        if told.external_id is not None
        else None
    )
    if found is None and told.delivery is not None:
        found = row_of(tx, told.delivery)
        found = found if found is not None and found.state in {"sending", "unknown"} else None
    return found


def _end_try(tx: Tx, row: Row, told: Told) -> None:
    """Let nothing that is still told of this try count."""
    if row.state == "sending":  # its call has not returned yet: what that brings is of the past
        tx.run(_EARLY, account=told.account, external_id=told.external_id or "", outbox=row.id, message=row.message,
               ticket=row.ticket, state=None)  # fmt: skip
    tx.run(_SUPERSEDE, of_outbox=row.id)


def _send_again(
    tx: Tx, row: Row, payload: dict[str, object], *, error: str | None, not_before: datetime
) -> None:
    tx.run(_AGAIN, key=row.id, payload=payload, error=error, not_before=not_before)
    if row.message is not None:
        tx.run(_SET_DELIVERY, key=row.message, error=error)
    tx.tell(News.PARCELS)
