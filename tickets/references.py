"""By which ids providers know what was sent, and how far each has come. One answer may be several, several may be one."""

from collections.abc import Collection, Sequence

from sqlalchemy import bindparam, delete, or_, select, update

from tickets.ledger.prepared import Prepared, Row, inserting_once
from tickets.ledger.tx import Tx
from tickets.message import Delivery, Sent
from tickets.parcels import Audience, Parcel
from tickets.tables import Message, Outbox, Reference

_OUTBOX = Outbox.__table__  # type: ignore[attr-defined]
_MESSAGES = Message.__table__  # type: ignore[attr-defined]
_REFERENCES = Reference.__table__  # type: ignore[attr-defined]
_ADD = inserting_once(Reference)
_SET_STATE = Prepared(
    update(_REFERENCES)
    .where(
        _REFERENCES.c.account == bindparam("of_account"),
        _REFERENCES.c.external_id == bindparam("of_external"),
        _REFERENCES.c.outbox == bindparam("of_outbox"),
    )
    .values(state=bindparam("state"))
)
_AT = Prepared(
    select(_REFERENCES).where(
        _REFERENCES.c.account == bindparam("account"), _REFERENCES.c.external_id == bindparam("external_id")
    )
)
# What its contact was sent of a message; that it stands in a topic, too, says nothing of how far it came.
_OF = Prepared(
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


def add(tx: Tx, parcel: Parcel, sent: Sent) -> bool:
    """Remember by which ids the provider knows what was sent; False if one of them was known."""
    news = [
        tx.run(
            _ADD, account=parcel.account, external_id=external_id, outbox=parcel.id,
            message=parcel.message, ticket=parcel.ticket, state=str(sent.state),
        )
        for external_id in sent.external_ids
    ]  # fmt: skip
    return all(news)


def add_early(tx: Tx, parcel: Row, external_id: str) -> None:
    """Remember what a callback told of a row of the outbox, before the send call returned."""
    tx.run(
        _ADD, account=parcel.account, external_id=external_id, outbox=parcel.id, message=parcel.message,
        ticket=parcel.ticket, state=str(Delivery.QUEUED),
    )  # fmt: skip


def at(tx: Tx, *, account: str, external_id: str) -> Sequence[Row]:
    """Return all that the provider knows by this id."""
    return tx.all(_AT, account=account, external_id=external_id)


def set_state(tx: Tx, reference: Row, state: Delivery) -> None:
    tx.run(
        _SET_STATE, of_account=reference.account, of_external=reference.external_id, of_outbox=reference.outbox,
        state=str(state),
    )  # fmt: skip


def states_of(tx: Tx, message: int) -> Sequence[Delivery]:
    """Return how far each part of a message came that its contact was sent."""
    return [Delivery(row.state) for row in tx.all(_OF, message=message) if row.state]


def is_past(tx: Tx, parcel: Parcel, sent: Sent) -> bool:
    """Whether the try is over and another one is to come (`parked`)."""
    return any(
        reference.outbox == parcel.id and reference.state is None
        for external_id in sent.external_ids
        for reference in at(tx, account=parcel.account, external_id=external_id)
    )


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
    return first_message(at(tx, account=account, external_id=external_id))


def parcel_at(tx: Tx, *, account: str, external_id: str) -> int | None:
    """Return the parcel that left under an id of the provider; of several the first."""
    return next((int(row.outbox) for row in at(tx, account=account, external_id=external_id)), None)


def first_message(references: Sequence[Row]) -> int | None:
    """Return the first message among what was sent as one; a card or a notice beside it is none."""
    return next((row.message for row in references if row.message is not None), None)
