"""Everything that leaves the house waits here, in lines: an answer to a contact, a card for agents, an alert, a hook.

A row is queued in the same transaction as whatever caused it. The delivery worker claims the head of each line, tries
it, and settles the outcome: sent, deferred (surely not sent, later again), refused (surely not sent, never), or
unknown. An unknown outcome towards a contact is said to be unknown; it is never sent again by itself.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import (
    String,
    and_,
    bindparam,
    exists,
    literal_column,
    select,
    text,
    update,
)

from tickets import contacts, deliveries, references, windows
from tickets.contacts import AddressNow
from tickets.ledger.news import News
from tickets.ledger.prepared import Prepared, Row, inserting, inserting_once
from tickets.ledger.tx import Tx
from tickets.message import Delivery, Refusal, Sent
from tickets.parcels import SENT_AS, Audience, Parcel, Priority, parcel_of
from tickets.receipts import PEOPLE_WAIT, PROGRAMS_WAIT, wait_before_retry
from tickets.tables import Message, Outbox

_OUTBOX = Outbox.__table__  # type: ignore[attr-defined]
_MESSAGES = Message.__table__  # type: ignore[attr-defined]
_BEFORE = _OUTBOX.alias("before")

# Conditions of partial indexes stand as literals: with a parameter in their place the index is not used.
_QUEUED: Any = literal_column("'queued'")
_ADD, _ADD_ONCE = inserting(Outbox), inserting_once(Outbox)
_ROW = Prepared(select(_OUTBOX).where(_OUTBOX.c.id == bindparam("id")))
_HOOK: Any = literal_column("'hook'")
_SPACE: Any = literal_column("' '")
# Accounts with spaces around them. What goes to staff is claimed all the same: it may have another way.
_RESTS = and_(
    _OUTBOX.c.audience != literal_column("'staff'"),
    bindparam("resting", type_=String).contains(_SPACE.concat(_OUTBOX.c.account).concat(_SPACE)),
)


def _claiming(whose: Any) -> Prepared:
    return Prepared(
        select(_OUTBOX)
        .where(
            _OUTBOX.c.state == _QUEUED,
            _OUTBOX.c.budget.is_(None),
            _OUTBOX.c.not_before <= bindparam("now"),
            whose,
            ~_RESTS,
            ~exists().where(
                and_(
                    _BEFORE.c.order_key == _OUTBOX.c.order_key,
                    text("before.state IN ('queued', 'sending')"),
                    _BEFORE.c.id < _OUTBOX.c.id,
                )
            ),
        )
        .order_by(_OUTBOX.c.priority, _OUTBOX.c.id)
        .limit(bindparam("most"))
        .with_for_update(skip_locked=True)
    )


_CLAIM, _CLAIM_HOOKS = _claiming(_OUTBOX.c.audience != _HOOK), _claiming(_OUTBOX.c.audience == _HOOK)
_MARK_SENDING = Prepared(
    update(_OUTBOX)
    .where(_OUTBOX.c.id == bindparam("key"))
    .values(
        state="sending",
        lease_until=bindparam("lease_until"),
        tried_at=bindparam("tried_at"),
        attempts=_OUTBOX.c.attempts + 1,
    )
)
_SETTLING = (
    update(_OUTBOX)
    .where(_OUTBOX.c.id == bindparam("key"))
    .values(
        state=bindparam("state"), error=bindparam("error"), not_before=bindparam("not_before"),
        done_at=bindparam("done_at"), lease_until=None,
    )
)  # fmt: skip
_SETTLE = Prepared(_SETTLING)
# What says that it was not sent, or may not have been, gives way to a callback that said meanwhile that it was.
_SETTLE_SENDING = Prepared(_SETTLING.where(_OUTBOX.c.state == "sending"))
_EXPIRED = Prepared(
    select(_OUTBOX)
    .where(
        text("outbox.state IN ('queued', 'sending')"),
        _OUTBOX.c.state == literal_column("'sending'"),
        _OUTBOX.c.lease_until < bindparam("now"),
        _OUTBOX.c.id > bindparam("after"),
    )
    .order_by(_OUTBOX.c.id)
    .limit(100)
    .with_for_update(skip_locked=True)
)
_RENEW_LEASE = Prepared(
    update(_OUTBOX).where(_OUTBOX.c.id == bindparam("key")).values(lease_until=bindparam("lease_until"))
)
_NOTE = Prepared(update(_OUTBOX).where(_OUTBOX.c.id == bindparam("key")).values(payload=bindparam("payload")))
_SAY_WHY = Prepared(
    update(_MESSAGES)
    .where(
        _MESSAGES.c.id.in_(
            select(_OUTBOX.c.message).where(
                _OUTBOX.c.state == _QUEUED,
                _OUTBOX.c.account == bindparam("of_account"),
                _OUTBOX.c.audience == str(Audience.CONTACT),
            )
        )
    )
    .values(delivery_error=bindparam("reason"))
)
_HASTEN = Prepared(
    update(_OUTBOX)
    .where(
        _OUTBOX.c.state == _QUEUED,
        _OUTBOX.c.account == bindparam("of_account"),
        _OUTBOX.c.error == bindparam("reason"),
    )
    .values(not_before=bindparam("at"))
)
_TRY_AGAIN = Prepared(
    update(_OUTBOX)
    .where(_OUTBOX.c.dedup == bindparam("of_message"), _OUTBOX.c.state == "unknown")
    .values(state="queued", error=None, not_before=bindparam("at"), created_at=bindparam("at"), done_at=None)
)


def enqueue(
    tx: Tx,
    *,
    dedup: str,
    account: str,
    audience: Audience,
    act: str,
    order_key: str,
    priority: Priority,
    desk: str,
    at: datetime,
    payload: Mapping[str, Any],
    ticket: int | None = None,
    message: int | None = None,
    not_before: datetime | None = None,
    budget: str | None = None,
    fresh: bool = False,
) -> int | None:
    """Queue one thing to send; None if something under the same `dedup` was queued before, which cannot be if it is `fresh`.

    With `budget` it goes to a place that counts calls (`tickets.budgets`) and waits until that bears it.
    """
    parcel = tx.next_id("outbox")
    row = {
        "id": parcel, "dedup": dedup, "account": account, "audience": str(audience), "act": act, "order_key": order_key,
        "priority": int(priority), "desk": desk, "ticket": ticket, "message": message, "payload": dict(payload),
        "state": "queued", "not_before": not_before or at, "created_at": at, "budget": budget,
    }  # fmt: skip
    tx.tell(_news_of(audience, budget))
    if fresh:
        tx.add(_ADD, **row)
        return parcel
    return parcel if tx.run(_ADD_ONCE, **row) else None


def _news_of(audience: Audience, budget: str | None) -> News:
    if budget is not None:
        return News.LOADS
    return News.CALLS if audience is Audience.HOOK else News.PARCELS


def row_of(tx: Tx, parcel: int | None) -> Row | None:
    """Return a row as it stands, whatever became of it."""
    return tx.one(_ROW, id=parcel)


def move(
    tx: Tx, parcel: int, *, state: str, error: str | None, not_before: datetime, done_at: datetime | None
) -> None:
    """Let a row be in another state, whatever it was in; nobody has a lease on it any more."""
    tx.run(_SETTLE, key=parcel, state=state, error=error, not_before=not_before, done_at=done_at)
    tx.tell(News.PARCELS)  # it, or what comes behind in its line, may leave


def claim(
    tx: Tx, *, now: datetime, most: int, lease: timedelta, hooks: bool = False, resting: Collection[str] = ()
) -> list[Parcel]:
    """Take the heads of the lines that are due, and mark them as being sent: those to people, or `hooks`.

    What would go to a contact through one of the accounts that are `resting` stays where it is.
    """
    found = tx.all(_CLAIM_HOOKS if hooks else _CLAIM, now=now, most=most, resting=f" {' '.join(resting)} ")
    parcels = [parcel_of(row, reached=_reached(tx, row)) for row in found]
    mark_sending(tx, parcels, now=now, lease=lease)
    deliveries.are_tried(
        tx, (each for each in parcels if each.message is not None and each.audience is Audience.CONTACT)
    )
    return parcels


def _reached(tx: Tx, row: Row) -> AddressNow | None:
    """Return where it goes if it matters when they last wrote: so nobody has to look it up while it is carried out."""
    place = (row.payload or {}).get("place") if row.audience == Audience.CONTACT else None
    if place is None or not windows.has_one(place["channel"]):
        return None
    return contacts.address_at(tx, account=row.account, external_id=place["address"])


def mark_sending(tx: Tx, parcels: Sequence[Parcel], *, now: datetime, lease: timedelta) -> None:
    """Note that parcels are being sent, and until when they are surely nobody else's."""
    tx.run_many(
        _MARK_SENDING,
        [{"key": parcel.id, "lease_until": now + lease, "tried_at": now} for parcel in parcels],
    )


def expired(
    tx: Tx, *, now: datetime, lease: timedelta, everything: bool = False, after: int = 0
) -> list[Parcel]:
    """Take over what somebody claimed and never settled, for its sender died on the way: at most 100 behind `after`.

    It is ours for another lease: were two processes to settle it, one might send again what the other just sent.
    With `everything` running leases are taken over too, whatever clock they were given by.
    """
    before = datetime.max.replace(tzinfo=UTC) if everything else now
    parcels = [parcel_of(row, again=False) for row in tx.all(_EXPIRED, now=before, after=after)]
    tx.run_many(_RENEW_LEASE, [{"key": parcel.id, "lease_until": now + lease} for parcel in parcels])
    return parcels


def settle_sent(tx: Tx, parcel: Parcel, sent: Sent, *, at: datetime) -> None:
    """The provider took it over; a callback that came before may have said already that it did not pass after all."""
    known_before = not references.add(tx, parcel, sent)
    if known_before and references.is_past(tx, parcel, sent):
        return
    move(tx, parcel.id, state="sent", error=sent.detail, not_before=at, done_at=at)
    tx.tell(_news_of(parcel.audience, parcel.budget))
    if parcel.message is not None and parcel.audience is Audience.CONTACT:
        if sent.external_ids:
            deliveries.is_known_as(tx, parcel.message, sent.external_ids[0])
        deliveries.advance_to(tx, parcel.message, sent.state, error=sent.detail, at=at)


def settle_deferred(tx: Tx, parcel: Parcel, *, reason: str, wait: timedelta | None, at: datetime) -> bool:
    """Surely not sent: back into its line; True if it was given up, after a day (after some days, to a program)."""
    patience = PROGRAMS_WAIT if parcel.audience is Audience.HOOK else PEOPLE_WAIT
    if at - parcel.created_at > patience.gives_up_after:
        settle_failed(tx, parcel, reason=reason, at=at)
        return True
    not_before = at + wait_before_retry(parcel.attempts, wait, patience)
    if not tx.run(
        _SETTLE_SENDING, key=parcel.id, state="queued", error=reason, not_before=not_before, done_at=None
    ):
        return False
    if parcel.message is not None and parcel.audience is Audience.CONTACT:
        deliveries.wait_again(tx, parcel.message, error=reason, attempts=parcel.attempts)
    return False


def settle_failed(tx: Tx, parcel: Parcel, *, reason: str, at: datetime, why: Refusal | None = None) -> None:
    """Surely not sent, and it never will be like this."""
    if not _settle(tx, parcel, "failed", at=at, error=reason):
        return
    if parcel.message is not None and parcel.audience is Audience.CONTACT:
        deliveries.advance_to(tx, parcel.message, Delivery.FAILED, error=reason, at=at, why=why)


def settle_unknown(tx: Tx, parcel: Parcel, *, reason: str, at: datetime) -> None:
    """It may have been sent: a person decides what to do."""
    if not _settle(tx, parcel, "unknown", at=at, error=reason):
        return
    if parcel.message is not None and parcel.audience is Audience.CONTACT:
        deliveries.advance_to(tx, parcel.message, Delivery.UNKNOWN, error=reason, at=at)


def note_template(tx: Tx, parcel: Parcel, template: Mapping[str, Any]) -> None:
    """Remember as which approved template a parcel leaves, for what its provider tells of it later."""
    tx.run(_NOTE, key=parcel.id, payload={**parcel.payload, SENT_AS: dict(template)})


def say_why(tx: Tx, account: str, *, reason: str) -> None:
    """Note for what the answers wait that are to leave through an account."""
    tx.run(_SAY_WHY, of_account=account, reason=reason)


def hasten(tx: Tx, account: str, *, reason: str, at: datetime) -> None:
    """Let what was deferred for a reason that is gone leave now."""
    tx.run(_HASTEN, of_account=account, reason=reason, at=at)
    tx.tell(News.PARCELS)


def put_back(tx: Tx, parcel: Parcel, *, at: datetime) -> None:
    """Queue it again although it may have been sent: right for cards and hooks, which may be repeated."""
    tx.run(_SETTLE_SENDING, key=parcel.id, state="queued", error=None, not_before=at, done_at=None)
    tx.tell(_news_of(parcel.audience, parcel.budget))


def try_again(tx: Tx, message: int, *, at: datetime) -> bool:
    """Queue an answer anew of which nobody knows whether it was sent; False if that is known, or it waits already."""
    if not tx.run(_TRY_AGAIN, of_message=f"message:{message}", at=at):
        return False
    deliveries.begin_anew(tx, message)
    tx.tell(News.PARCELS)
    return True


def _settle(tx: Tx, parcel: Parcel, state: str, *, at: datetime, error: str) -> bool:
    tx.tell(_news_of(parcel.audience, parcel.budget))  # what comes behind in its line may leave
    return bool(tx.run(_SETTLE_SENDING, key=parcel.id, state=state, error=error, not_before=at, done_at=at))
