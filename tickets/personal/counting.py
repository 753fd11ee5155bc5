"""How much the ledger has of a person."""

from sqlalchemy import and_, bindparam, func, or_, select

from tickets.erasure import Thing, added
from tickets.ledger.prepared import Prepared
from tickets.ledger.writer import Tx
from tickets.personal.whose import Theirs
from tickets.tables import AskedSurvey, Attachment, Example, Message, Ticket

_MESSAGES, _ATTACHMENTS, _TICKETS = Message.__table__, Attachment.__table__, Ticket.__table__  # type: ignore[attr-defined]
_EXAMPLES, _SURVEYS = Example.__table__, AskedSurvey.__table__  # type: ignore[attr-defined]
_ALIVE = select(_TICKETS.c.number).where(
    _TICKETS.c.contact == bindparam("contact"), _TICKETS.c.erased_at.is_(None)
)
_SAID = or_(
    _MESSAGES.c.ticket.in_(_ALIVE),
    and_(_MESSAGES.c.ticket.is_(None), _MESSAGES.c.address == bindparam("address")),
)
_IDS = select(_MESSAGES.c.id).where(_SAID)
_MANY = {
    Thing.TICKETS: Prepared(
        select(func.count().label("many"))
        .select_from(_TICKETS)
        .where(_TICKETS.c.contact == bindparam("contact"), _TICKETS.c.erased_at.is_(None))
    ),
    Thing.MESSAGES: Prepared(select(func.count().label("many")).select_from(_MESSAGES).where(_SAID)),
    Thing.FILES: Prepared(
        select(func.count().label("many"))
        .select_from(_ATTACHMENTS)
        .where(_ATTACHMENTS.c.message.in_(_IDS), _ATTACHMENTS.c.sha256.is_not(None))
    ),
    Thing.EXAMPLES: Prepared(
        select(func.count().label("many"))
        .select_from(_EXAMPLES)
        .where(_EXAMPLES.c.message.in_(_IDS), _EXAMPLES.c.withdrawn_at.is_(None))
    ),
    Thing.SURVEYS: Prepared(
        select(func.count().label("many"))
        .select_from(_SURVEYS)
        .where(_SURVEYS.c.contact == bindparam("contact"), _SURVEYS.c.remark.is_not(None))
    ),
}


def counted(tx: Tx, whose: Theirs) -> dict[Thing, int]:
    """Return how much there is of each kind."""
    known = {Thing.CONTACTS: len(whose.contacts), Thing.ADDRESSES: len(whose.addresses)}
    on_tickets = [
        {thing: _many(tx, thing, contact=contact, address=None) for thing in _MANY}
        for contact in whose.contacts
    ]
    outside = [
        {thing: _many(tx, thing, contact=None, address=address) for thing in (Thing.MESSAGES, Thing.FILES)}
        for address in whose.addresses
    ]
    return added((known, *on_tickets, *outside))


def _many(tx: Tx, thing: Thing, *, contact: int | None, address: int | None) -> int:
    statement = _MANY[thing]
    both = thing in {Thing.MESSAGES, Thing.FILES, Thing.EXAMPLES}
    row = tx.one(statement, contact=contact, **({"address": address} if both else {}))
    assert row is not None
    return int(row.many)
