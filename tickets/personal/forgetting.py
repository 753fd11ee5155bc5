"""How who a contact is, and how they are reached, is erased; inside the writer's transaction. It may be run again.

The address goes first: whoever writes from it afterwards is somebody whom the desk does not know.
"""

from datetime import datetime

from sqlalchemy import bindparam, delete, not_, null, or_, select, update

from tickets import contacts, joins
from tickets.erasure import Thing
from tickets.ledger.events import append
from tickets.ledger.prepared import Prepared
from tickets.ledger.tx import Tx
from tickets.personal.wiping import Wiped
from tickets.tables import (
    Address,
    Code,
    Contact,
    HeldMessage,
    Join,
    Lookup,
    Outbox,
    Proof,
    ScopedNumber,
    SurveyInvitation,
    Ticket,
    Verification,
)

ERASED = "contact.erased"

_CONTACTS, _ADDRESSES = Contact.__table__, Address.__table__  # type: ignore[attr-defined]
_CODES, _PROOFS, _LOOKUPS = Code.__table__, Proof.__table__, Lookup.__table__  # type: ignore[attr-defined]
_VERIFICATIONS, _JOINS, _HELD = Verification.__table__, Join.__table__, HeldMessage.__table__  # type: ignore[attr-defined]
_INVITED, _SCOPED = SurveyInvitation.__table__, ScopedNumber.__table__  # type: ignore[attr-defined]
_OUTBOX, _TICKETS = Outbox.__table__, Ticket.__table__  # type: ignore[attr-defined]
_OF_CONTACT = (
    Prepared(delete(_CODES).where(_CODES.c.contact == bindparam("of_contact"))),
    Prepared(delete(_LOOKUPS).where(_LOOKUPS.c.contact == bindparam("of_contact"))),
    Prepared(
        update(_VERIFICATIONS)
        .where(_VERIFICATIONS.c.contact == bindparam("of_contact"))
        .values(claim=null(), compared=null(), listed=null(), entry=null(), reason=null())
    ),
)
_REMARKS = Prepared(
    update(_INVITED)
    .where(_INVITED.c.contact == bindparam("of_contact"), _INVITED.c.remark.is_not(None))
    .values(remark=null())
)
_JOINED = Prepared(
    select(_JOINS.c.id, _JOINS.c.moved).where(
        or_(_JOINS.c.kept == bindparam("contact"), _JOINS.c.joined == bindparam("contact"))
    )
)
_UNJOIN = Prepared(
    update(_JOINS).where(_JOINS.c.id == bindparam("of_id")).values(reason=null(), moved=bindparam("content"))
)
_OF_ADDRESS = (
    Prepared(delete(_PROOFS).where(_PROOFS.c.address == bindparam("of_address"))),
    Prepared(delete(_CODES).where(_CODES.c.address == bindparam("of_address"))),
    Prepared(delete(_HELD).where(_HELD.c.address == bindparam("of_address"))),
)
_SCOPED_TO = Prepared(
    delete(_SCOPED).where(
        _SCOPED.c.account == bindparam("of_account"),
        or_(_SCOPED.c.external_id == bindparam("place"), _SCOPED.c.number == bindparam("place")),
    )
)
_UNKNOWN = {"name": None, "handle": None, "stopped_at": None, "block_reason": None, "knock": None}
_NOBODY = ("language", "identity_name", "identity_number", "identity_unit", "identity_email")
_THEIRS = or_(
    _OUTBOX.c.ticket.in_(select(_TICKETS.c.number).where(_TICKETS.c.contact == bindparam("of_contact"))),
    _OUTBOX.c.ticket.is_(None),
)
_AMONG = (
    _OUTBOX.c.id > bindparam("above"),
    _OUTBOX.c.id <= bindparam("last"),
    _OUTBOX.c.desk == bindparam("of_desk"),
)
_IN_TICKETS = _OUTBOX.c.ticket.is_not(None)
_WAITS = or_(_OUTBOX.c.state == "queued", _OUTBOX.c.state == "parked")
_CANCEL = Prepared(
    update(_OUTBOX)
    .where(*_AMONG, _THEIRS, _IN_TICKETS, _WAITS)
    .values(state="failed", done_at=bindparam("at"), lease_until=null())
)
_EMPTY = Prepared(
    update(_OUTBOX)
    .where(*_AMONG, _THEIRS, not_(or_(_WAITS, _OUTBOX.c.state == "sending")))
    .values(payload=bindparam("nothing"), error=null())
)
_LEAVING = Prepared(
    select(_OUTBOX.c.id).where(*_AMONG, _THEIRS, _IN_TICKETS, _OUTBOX.c.state == "sending").limit(1)
)
_LAST = Prepared(select(_OUTBOX.c.id).order_by(_OUTBOX.c.id.desc()).limit(1))


def address(tx: Tx, key: int) -> Wiped:
    """Let nobody be found under an address any more."""
    wiped = Wiped()
    for statement in _OF_ADDRESS:
        tx.run(statement, of_address=key)
    found = contacts.load_address(tx, key)
    tx.run(_SCOPED_TO, of_account=found.account, place=found.external_id)
    if found.external_id != _nowhere(key):
        contacts.change_address(tx, key, external_id=_nowhere(key), **_UNKNOWN)
        wiped.count(Thing.ADDRESSES, 1)
    return wiped


def contact(tx: Tx, key: int, *, words: str, who: str, why: str, at: datetime) -> Wiped:
    """Let a contact be nobody."""
    wiped = Wiped()
    for statement in _OF_CONTACT:
        tx.run(statement, of_contact=key)
    wiped.count(Thing.SURVEYS, tx.run(_REMARKS, of_contact=key))
    for row in tx.all(_JOINED, contact=key):
        tx.run(_UNJOIN, of_id=row.id, content={**(row.moved or {}), "filled": {}})
    found = contacts.load_contact(tx, key)
    if found.name != words:
        contacts.change_contact(tx, key, name=words, **dict.fromkeys(_NOBODY))
        wiped.count(Thing.CONTACTS, 1)
        append(tx, ERASED, desk=found.desk, at=at, subject=key, actor=who, why=why)
    return wiped


def addresses_of(tx: Tx, key: int) -> tuple[int, ...]:
    return tuple(each for each, _ in joins.addresses_of(tx, key))


def parcels(
    tx: Tx, contact: int, desk: str, *, above: int, most: int, at: datetime
) -> tuple[int | None, bool]:
    """Empty what left for a contact's tickets, and for people of the desk, among some rows above an id.

    What waits to leave for one of their tickets does not. Returns above which id to go on, None at the end; and whether
    something is under way just now, so that this has to be done once more.
    """
    newest = tx.one(_LAST)
    if newest is None or above >= newest.id:
        return None, False
    among = {"above": above, "last": above + most, "of_desk": desk, "of_contact": contact}
    tx.run(_CANCEL, **among, at=at)
    tx.run(_EMPTY, **among, nothing={})
    return above + most, tx.one(_LEAVING, **among) is not None


def _nowhere(key: int) -> str:
    return f"erased-{key}"
