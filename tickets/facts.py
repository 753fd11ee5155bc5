"""What a desk's rules ask about a ticket, gathered from the ledger inside the writer's transaction."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import bindparam, func, literal_column, select

from tickets import contacts, verifications
from tickets.desk import Desk
from tickets.ledger.events import Recorded
from tickets.ledger.prepared import Prepared, Row
from tickets.ledger.writer import Tx
from tickets.lifecycle import Status
from tickets.rules import Facts
from tickets.standing import SETTLES, Standing, follow, stood
from tickets.tables import Address, Event, Message, Ticket
from tickets.ticket import TicketNow
from tickets.verification import Outcome

_EVENTS = Event.__table__  # type: ignore[attr-defined]
_MESSAGES = Message.__table__  # type: ignore[attr-defined]
_ADDRESSES = Address.__table__  # type: ignore[attr-defined]
_TICKETS = Ticket.__table__  # type: ignore[attr-defined]
_HISTORY = Prepared(select(_EVENTS).where(_EVENTS.c.ticket == bindparam("ticket")).order_by(_EVENTS.c.id))
_SAID = (_MESSAGES.c.subject, _MESSAGES.c.text, _MESSAGES.c.automatic, _MESSAGES.c.bounce)
_MESSAGE = Prepared(select(*_SAID).where(_MESSAGES.c.id == bindparam("id")))
_ALL_SAID = Prepared(
    select(*_SAID)
    .where(
        _MESSAGES.c.ticket == bindparam("ticket"), _MESSAGES.c.direction == literal_column("'in'"),
        _MESSAGES.c.button.is_(None),
    )
    .order_by(_MESSAGES.c.id)
)  # fmt: skip
_LAST_SAID = Prepared(
    select(*_SAID)
    .where(_MESSAGES.c.ticket == bindparam("ticket"), _MESSAGES.c.direction == literal_column("'in'"))
    .order_by(_MESSAGES.c.id.desc())
    .limit(1)
)
_ADDRESSES_OF = Prepared(
    select(_ADDRESSES.c.external_id).where(_ADDRESSES.c.contact == bindparam("contact")).limit(50)
)
_STILL_OPEN = Prepared(
    select(func.count().label("many")).where(
        _TICKETS.c.contact == bindparam("contact"),
        _TICKETS.c.status.not_in([literal_column("'solved'"), literal_column("'closed'")]),
    )
)


def standing_of(tx: Tx, number: int) -> Standing | None:
    """Return how a ticket stands, out of its history."""
    return stood(_history(tx, number))


def standings_around(tx: Tx, number: int, event: int) -> tuple[Standing | None, Standing | None]:
    """Return how a ticket stood before an event, and how it stands now, out of one reading of its history."""
    history = _history(tx, number)
    before = stood(each for each in history if each.id < event)
    now = before
    for each in history:
        if each.id >= event:
            now = follow(now, each)
    return before, now


def facts_of(
    tx: Tx, ticket: TicketNow, standing: Standing, *, desk: Desk, at: datetime, event: Recorded | None
) -> Facts:
    """Return everything that a rule may ask now; `event` is what started it, if something did."""
    contact = contacts.load_contact(tx, ticket.contact)
    said = _said(tx, ticket, event)
    known = verifications.current(tx, ticket.contact)
    still_open = tx.one(_STILL_OPEN, contact=ticket.contact)
    return Facts(
        at=at, calendar=desk.calendar, channel=standing.channel or ticket.channel, opened_at=standing.opened_at,
        status=str(ticket.status), category=ticket.category, priority=ticket.priority, tags=standing.tags,
        team=ticket.team, holder=ticket.assignee, language=contact.language or ticket.language,
        clock=event.data.get("clock") if event is not None else None, verified=known is not None and known.outcome is Outcome.VERIFIED,
        unit=contact.identity_unit,
        addresses=tuple(row.external_id for row in tx.all(_ADDRESSES_OF, contact=ticket.contact)),
        open_tickets=max(1, 0 if still_open is None else still_open.many), text=_text(said),
        may_be_answered=_may_be_answered(tx, ticket, said), settled=standing.settled,
    )  # fmt: skip


def _history(tx: Tx, number: int) -> list[Recorded]:
    return [Recorded(**row._asdict() | {"data": row.data or {}}) for row in tx.all(_HISTORY, ticket=number)]


def _said(tx: Tx, ticket: TicketNow, event: Recorded | None) -> Sequence[Row]:
    """Return the message that it is about: the one that came, the contact's last one, all that had to wait."""
    if event is not None and event.kind in SETTLES:
        return tx.all(_ALL_SAID, ticket=ticket.number)
    if event is not None and event.kind == "message.received" and event.subject is not None:
        return tx.all(_MESSAGE, id=int(event.subject))
    return tx.all(_LAST_SAID, ticket=ticket.number)


def _text(said: Sequence[Row]) -> str:
    return "\n".join(part for row in said for part in (row.subject, row.text) if part)


def _may_be_answered(tx: Tx, ticket: TicketNow, said: Sequence[Row]) -> bool:
    """Whether the bot may write: never to automatic mail, nobody who asked for silence, nothing that is over."""
    if ticket.address is None or ticket.status is Status.CLOSED:
        return False
    if any(row.automatic or row.bounce for row in said):
        return False
    return contacts.load_address(tx, ticket.address).stopped_at is None
