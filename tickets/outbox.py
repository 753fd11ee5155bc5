"""Everything that leaves the house waits here, in lines: an answer to a contact, a card for agents, an alert, a hook.

A row is queued in the same transaction as whatever caused it. The delivery worker claims the head of each line, tries
it, and settles the outcome: sent, deferred (surely not sent, later again), refused (surely not sent, never), or
unknown. An unknown outcome towards a contact is said to be unknown; it is never sent again by itself.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import IntEnum, StrEnum
from typing import Any

from sqlalchemy import (
    String,
    and_,
    bindparam,
    case,
    delete,
    exists,
    func,
    literal_column,
    or_,
    select,
    text,
    update,
)

from tickets import contacts, windows
from tickets.contacts import AddressNow
from tickets.ledger.events import append
from tickets.ledger.news import News
from tickets.ledger.prepared import Prepared, Row, inserting, inserting_once
from tickets.ledger.writer import Tx
from tickets.message import Delivery, Refusal, Sent, Told
from tickets.receipts import PEOPLE_WAIT, PROGRAMS_WAIT, advance, overall, wait_before_retry
from tickets.tables import Clock, Message, Outbox, Reference, Ticket


class Audience(StrEnum):
    CONTACT = "contact"
    STAFF = "staff"
    HOOK = "hook"


class Priority(IntEnum):
    """Who goes first where a budget is short."""

    ANSWER = 0
    INCOMING = 1  # a contact's message on its way to the agents
    ALERT = 2
    CARD = 3


@dataclass(frozen=True, kw_only=True)
class Parcel:
    """One claimed row of the outbox."""

    id: int
    account: str
    audience: Audience
    act: str
    order_key: str
    desk: str
    ticket: int | None
    message: int | None
    payload: Mapping[str, Any]
    attempts: int  # this one included
    created_at: datetime
    tried_at: datetime | None  # the attempt before this one
    budget: str | None = None  # of the place that counts calls, if it goes to one
    reached: AddressNow | None = (
        None  # a contact's address as it was when this was claimed, where there is a window
    )


_OUTBOX = Outbox.__table__  # type: ignore[attr-defined]
_MESSAGES = Message.__table__  # type: ignore[attr-defined]
_REFERENCES = Reference.__table__  # type: ignore[attr-defined]
_CLOCKS = Clock.__table__  # type: ignore[attr-defined]
_TICKETS = Ticket.__table__  # type: ignore[attr-defined]
_SAME = _TICKETS.alias("same")
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
    )
    .limit(100)
    .with_for_update(skip_locked=True)
)
_RENEW_LEASE = Prepared(
    update(_OUTBOX).where(_OUTBOX.c.id == bindparam("key")).values(lease_until=bindparam("lease_until"))
)
SENT_AS = "sent_as"  # in the payload: the approved template that was chosen when it left
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
LONGEST_REACTION = 16  # letters: an emoji may be made of several
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
_ADD_REFERENCE = inserting_once(Reference)
_STATE_REFERENCE = Prepared(
    update(_REFERENCES)
    .where(
        _REFERENCES.c.account == bindparam("of_account"),
        _REFERENCES.c.external_id == bindparam("of_external"),
        _REFERENCES.c.outbox == bindparam("of_outbox"),
    )
    .values(state=bindparam("state"))
)
_REFERENCES_AT = Prepared(
    select(_REFERENCES).where(
        _REFERENCES.c.account == bindparam("account"), _REFERENCES.c.external_id == bindparam("external_id")
    )
)
# What its contact was sent of a message; that it stands in a topic, too, says nothing of how far it came.
_REFERENCES_OF = Prepared(
    select(_REFERENCES.c.state)
    .join(_OUTBOX, _OUTBOX.c.id == _REFERENCES.c.outbox)
    .where(_REFERENCES.c.message == bindparam("message"), _OUTBOX.c.audience == str(Audience.CONTACT))
)
_OF_PARCEL = select(_MESSAGES.c.address).where(_MESSAGES.c.id == bindparam("message")).scalar_subquery()
# What an earlier try of the same parcel is known as has no state any more.
_KNOWN_BESIDE = Prepared(
    select(_REFERENCES.c.external_id)
    .join(_MESSAGES, _MESSAGES.c.id == _REFERENCES.c.message)
    .where(
        _MESSAGES.c.address == _OF_PARCEL,
        _REFERENCES.c.account == bindparam("account"),
        or_(_REFERENCES.c.outbox != bindparam("parcel"), _REFERENCES.c.state.is_(None)),
    )
)
_KNOWN_AS = Prepared(
    select(_REFERENCES.c.external_id)
    .join(_OUTBOX, _OUTBOX.c.id == _REFERENCES.c.outbox)
    .where(_REFERENCES.c.message == bindparam("message"), _OUTBOX.c.audience == str(Audience.CONTACT))
)
_FORGET = Prepared(
    delete(_REFERENCES).where(
        _REFERENCES.c.account == bindparam("of_account"),
        _REFERENCES.c.external_id == bindparam("of_external"),
    )
)
_COPIES_OF = Prepared(
    select(_REFERENCES.c.external_id)
    .where(_REFERENCES.c.message == bindparam("message"), _REFERENCES.c.account == bindparam("account"))
    .order_by(_REFERENCES.c.outbox)
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
    answers = [each for each in parcels if each.message is not None and each.audience is Audience.CONTACT]
    tx.run_many(_IS_TRIED, [{"key": each.message, "tries": each.attempts} for each in answers])
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


def expired(tx: Tx, *, now: datetime, lease: timedelta, everything: bool = False) -> list[Parcel]:
    """Take over what somebody claimed and never settled: its sender died on the way.

    It is ours for another lease: were two processes to settle it, one might send again what the other just sent.
    With `everything` running leases are taken over too.
    """
    before = now + 2 * lease if everything else now
    parcels = [parcel_of(row, again=False) for row in tx.all(_EXPIRED, now=before)]
    tx.run_many(_RENEW_LEASE, [{"key": parcel.id, "lease_until": now + lease} for parcel in parcels])
    return parcels


def settle_sent(tx: Tx, parcel: Parcel, sent: Sent, *, at: datetime) -> None:
    """The provider took it over; a callback that came before may have said already that it did not pass after all."""
    known_before = not add_references(tx, parcel, sent)
    if known_before and _is_past(tx, parcel, sent):
        return
    move(tx, parcel.id, state="sent", error=sent.detail, not_before=at, done_at=at)
    tx.tell(_news_of(parcel.audience, parcel.budget))
    if parcel.message is not None and parcel.audience is Audience.CONTACT:
        if sent.external_ids:
            tx.run(_SET_EXTERNAL_ID, key=parcel.message, external_id=sent.external_ids[0])
        _update_message(tx, parcel.message, sent.state, error=sent.detail, at=at)


def add_references(tx: Tx, parcel: Parcel, sent: Sent) -> bool:
    """Remember by which ids the provider knows what was sent; False if one of them was known."""
    news = [
        tx.run(
            _ADD_REFERENCE, account=parcel.account, external_id=external_id, outbox=parcel.id,
            message=parcel.message, ticket=parcel.ticket, state=str(sent.state),
        )
        for external_id in sent.external_ids
    ]  # fmt: skip
    return all(news)


def _is_past(tx: Tx, parcel: Parcel, sent: Sent) -> bool:
    """Whether the try is over and another one is to come (`parked`)."""
    return any(
        reference.outbox == parcel.id and reference.state is None
        for external_id in sent.external_ids
        for reference in tx.all(_REFERENCES_AT, account=parcel.account, external_id=external_id)
    )


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
        _move_back(tx, parcel.message, error=reason, attempts=parcel.attempts)
    return False


def settle_failed(tx: Tx, parcel: Parcel, *, reason: str, at: datetime, why: Refusal | None = None) -> None:
    """Surely not sent, and it never will be like this."""
    if not _settle(tx, parcel, "failed", at=at, error=reason):
        return
    if parcel.message is not None and parcel.audience is Audience.CONTACT:
        _update_message(tx, parcel.message, Delivery.FAILED, error=reason, at=at, why=why)


def settle_unknown(tx: Tx, parcel: Parcel, *, reason: str, at: datetime) -> None:
    """It may have been sent: a person decides what to do."""
    if not _settle(tx, parcel, "unknown", at=at, error=reason):
        return
    if parcel.message is not None and parcel.audience is Audience.CONTACT:
        _update_message(tx, parcel.message, Delivery.UNKNOWN, error=reason, at=at)


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


def hear(tx: Tx, told: Told, *, at: datetime) -> int | None:
    """Take in what the provider tells of a message of ours; the message it was about, if we know it."""
    if told.reaction is not None:
        return _hear_reaction(tx, told, at=at)
    if told.state is None:
        return None
    references = (
        []
        if told.external_id is None
        else tx.all(_REFERENCES_AT, account=told.account, external_id=told.external_id)
    )
    if not references and told.delivery is not None:
        references = _early_reference(tx, told)
    for reference in references:
        if reference.state is None:
            continue  # of a try that is over
        state = advance(Delivery(reference.state), told.state)
        tx.run(
            _STATE_REFERENCE, of_account=told.account, of_external=reference.external_id, of_outbox=reference.outbox,
            state=str(state),
        )  # fmt: skip
        if reference.message is not None:
            _update_message(tx, reference.message, told.state, error=told.error, at=at, why=told.why)
    return _first_message(references)


def _hear_reaction(tx: Tx, told: Told, *, at: datetime) -> int | None:
    """Note what a contact answered to a message of ours with a sign alone; empty: they took it away."""
    references = tx.all(_REFERENCES_AT, account=told.account, external_id=told.external_id or "")
    # What somebody of the desk does to the copy in a topic is none of the contact's.
    of_contact = [
        each for each in references if (sent := row_of(tx, each.outbox)) and sent.audience == Audience.CONTACT
    ]
    message = _first_message(of_contact)
    row = tx.one(_DELIVERY, id=message) if message is not None else None
    if row is not None:
        append(
            tx, "message.reacted", desk=row.desk, ticket=row.ticket, at=at, subject=message, actor="contact",
            reaction=(told.reaction or "")[:LONGEST_REACTION],
        )  # fmt: skip
    return message


def hear_of_copy(tx: Tx, *, account: str, external_id: str, recipients: Collection[str], remark: str) -> bool:
    """Note at a mail of ours that copies of it did not arrive; whether all `recipients` were to have one.

    It counts as delivered as it did before: the contact has it.
    """
    message = message_at(tx, account=account, external_id=external_id)
    row = tx.one(_DELIVERY, id=message) if message is not None else None
    if row is None or not recipients or not set(recipients) <= set(row.participants or ()):
        return False
    noted = row.delivery_error or ""
    if remark not in noted:
        tx.run(
            _SET_DELIVERY, key=message, delivery=row.delivery, error=f"{noted} {remark}".strip()[:1000],
            attempts=row.attempts,
        )  # fmt: skip
    return True


def _early_reference(tx: Tx, told: Told) -> list[Row]:
    """A callback may come before the send call returned: our delivery id in its URL names the row."""
    row = row_of(tx, told.delivery)
    if row is None or row.account != told.account:
        return []
    tx.run(
        _ADD_REFERENCE, account=told.account, external_id=told.external_id or "", outbox=row.id, message=row.message,
        ticket=row.ticket, state=str(Delivery.QUEUED),
    )  # fmt: skip
    if row.state in {"sending", "unknown"} and told.state is not Delivery.FAILED:
        move(tx, row.id, state="sent", error=None, not_before=row.not_before, done_at=told.told_at)
    if row.message is not None and told.external_id is not None:
        tx.run(_SET_EXTERNAL_ID, key=row.message, external_id=told.external_id)
    return tx.all(_REFERENCES_AT, account=told.account, external_id=told.external_id or "")


def try_again(tx: Tx, message: int, *, at: datetime) -> bool:
    """Queue an answer anew of which nobody knows whether it was sent; False if that is known, or it waits already."""
    if not tx.run(_TRY_AGAIN, of_message=f"message:{message}", at=at):
        return False
    tx.run(_SET_DELIVERY, key=message, delivery=str(Delivery.QUEUED), error=None, attempts=0)
    tx.tell(News.PARCELS)
    return True


def known_as(tx: Tx, message: int) -> tuple[str, ...]:
    """Return the ids by which the provider knows what its contact was sent of a message."""
    return tuple(row.external_id for row in tx.all(_KNOWN_AS, message=message))


def known_beside(tx: Tx, parcel: Parcel) -> frozenset[str]:
    """Return the ids by which the provider knows whatever else the contact of a parcel was sent."""
    rows = tx.all(_KNOWN_BESIDE, message=parcel.message, account=parcel.account, parcel=parcel.id)
    return frozenset(row.external_id for row in rows)


def forget(tx: Tx, external_ids: Collection[str], *, account: str) -> None:
    """Know what was sent by these ids no more: it was taken away from where it stood."""
    for external_id in external_ids:
        tx.run(_FORGET, of_account=account, of_external=external_id)


def copies_of(tx: Tx, message: int, *, account: str) -> tuple[str, ...]:
    """Return the ids by which a provider knows what of a message went through this account, to whomever, oldest first."""
    return tuple(row.external_id for row in tx.all(_COPIES_OF, message=message, account=account))


def message_at(tx: Tx, *, account: str, external_id: str) -> int | None:
    """Return our message that the provider knows by this id."""
    return _first_message(tx.all(_REFERENCES_AT, account=account, external_id=external_id))


def parcel_at(tx: Tx, *, account: str, external_id: str) -> int | None:
    """Return the parcel that left under an id of the provider; of several the first."""
    return next(
        (int(row.outbox) for row in tx.all(_REFERENCES_AT, account=account, external_id=external_id)), None
    )


def _first_message(references: Sequence[Row]) -> int | None:
    """Return the first message among what was sent as one; a card or a notice beside it is none."""
    return next((row.message for row in references if row.message is not None), None)


def _settle(tx: Tx, parcel: Parcel, state: str, *, at: datetime, error: str) -> bool:
    tx.tell(_news_of(parcel.audience, parcel.budget))  # what comes behind in its line may leave
    return bool(tx.run(_SETTLE_SENDING, key=parcel.id, state=state, error=error, not_before=at, done_at=at))


def _update_message(
    tx: Tx, message: int, told: Delivery, *, error: str | None, at: datetime, why: Refusal | None = None
) -> None:
    parts = [Delivery(row.state) for row in tx.all(_REFERENCES_OF, message=message) if row.state]
    row = tx.one(_DELIVERY, id=message)
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


def _move_back(tx: Tx, message: int, *, attempts: int, error: str) -> None:
    """Note on the message itself that it waits again: no event, nobody reacts to it."""
    row = tx.one(_DELIVERY, id=message)
    if row is not None:
        waits = row.delivery in {None, str(Delivery.SENDING)}
        moved = str(Delivery.QUEUED) if waits else row.delivery
        tx.run(_SET_DELIVERY, key=message, delivery=moved, error=error, attempts=attempts)


def parcel_of(row: Row, *, again: bool = True, reached: AddressNow | None = None) -> Parcel:
    """Return a row as it is claimed."""
    return Parcel(
        id=row.id, account=row.account, audience=Audience(row.audience), act=row.act, order_key=row.order_key,
        desk=row.desk, ticket=row.ticket, message=row.message, payload=row.payload or {},
        attempts=row.attempts + 1 if again else row.attempts, created_at=row.created_at, tried_at=row.tried_at,
        budget=row.budget, reached=reached,
    )  # fmt: skip
