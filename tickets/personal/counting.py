"""How much the ledger has of a person."""

from sqlalchemy import and_, bindparam, func, or_, select

from tickets.erasure import Thing, added
from tickets.ledger.prepared import Prepared
from tickets.ledger.tx import Tx
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
    and_(
        _MESSAGES.c.ticket == bindparam("another"),
        _MESSAGES.c.address == bindparam("writer"),
        _MESSAGES.c.direction == "in",
    ),
)
_WHOSE = ("contact", "address", "another", "writer")
_SAID_THINGS = (Thing.MESSAGES, Thing.FILES, Thing.EXAMPLES)
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
    on_tickets = [{thing: _many(tx, thing, contact=each) for thing in _MANY} for each in whose.contacts]
    outside = [{thing: _many(tx, thing, address=each) for thing in _SAID_THINGS} for each in whose.addresses]
    elsewhere = [
        {thing: _many(tx, thing, another=number, writer=each) for thing in _SAID_THINGS}
        for number in whose.elsewhere
        for each in whose.addresses
    ]
    return added((known, *on_tickets, *outside, *elsewhere))


def _many(tx: Tx, thing: Thing, **meant: int) -> int:
    """Count a kind, of what is meant: those of _WHOSE that say so."""
    asked = dict.fromkeys(_WHOSE) | meant
    row = tx.one(_MANY[thing], **(asked if thing in _SAID_THINGS else {"contact": asked["contact"]}))
    assert row is not None
    return int(row.many)
