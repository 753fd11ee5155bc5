"""What a desk's rules ask about a ticket, gathered from the ledger inside the writer's transaction."""

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import datetime
from functools import cached_property
from typing import Any

from sqlalchemy import bindparam, func, literal_column, select

from tickets import contacts, verifications
from tickets import ticket as tickets_
from tickets.conditions import About, Facts
from tickets.desk import Desk
from tickets.ledger.events import Recorded
from tickets.ledger.prepared import Prepared, Row
from tickets.ledger.tx import Tx
from tickets.lifecycle import Status
from tickets.standing import SETTLES, Standing, stood
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
_SAME = _TICKETS.alias("same")
_ITS_CONTACT = select(_SAME.c.contact).where(_SAME.c.number == bindparam("number")).scalar_subquery()
_STILL_OPEN = Prepared(
    select(func.count().label("many")).where(
        _TICKETS.c.contact == _ITS_CONTACT,
        _TICKETS.c.status.not_in([literal_column("'solved'"), literal_column("'closed'")]),
    )
)


class Looking:
    """A look at one ticket for the rules of its desk: what they ask is read when it is asked, and once."""

    def __init__(
        self, tx: Tx, number: int, *, desk: Desk, at: datetime, event: Recorded | None = None
    ) -> None:
        """`event`: what starts them, if something does."""
        self._tx = tx
        self._number = number
        self._desk = desk
        self._at = at
        self._event = event

    @cached_property
    def ticket(self) -> TicketNow:
        return tickets_.load(self._tx, self._number)

    @cached_property
    def standing(self) -> Standing | None:
        """How it stands, out of its history."""
        return stood(self._history)

    @cached_property
    def standing_before(self) -> Standing | None:
        """How it stood before the event."""
        event = self._event
        return stood(each for each in self._history if event is None or each.id < event.id)

    def facts(self, about: Collection[About] = tuple(About)) -> Facts:
        """Return what is asked about; the rest is as `Facts` has it."""
        found: dict[str, Any] = {}
        for each in about:
            found |= _FACTS[each](self)
        clock = self._event.data.get("clock") if self._event is not None else None
        return Facts(at=self._at, calendar=self._desk.calendar, clock=clock, **found)

    def of_ticket(self) -> dict[str, Any]:
        ticket = self.ticket
        return {
            "status": str(ticket.status), "category": ticket.category, "priority": ticket.priority,
            "team": ticket.team, "holder": ticket.assignee,
        }  # fmt: skip

    def of_history(self) -> dict[str, Any]:
        standing = self.standing
        if standing is None:
            return {"channel": self.ticket.channel}
        return {
            "channel": standing.channel or self.ticket.channel, "opened_at": standing.opened_at,
            "tags": standing.tags, "settled": standing.settled,
        }  # fmt: skip

    def of_contact(self) -> dict[str, Any]:
        contact = contacts.load_contact(self._tx, self.ticket.contact)
        return {"language": contact.language or self.ticket.language, "unit": contact.identity_unit}

    def verified(self) -> dict[str, Any]:
        known = verifications.current(self._tx, self.ticket.contact)
        return {"verified": known is not None and known.outcome is Outcome.VERIFIED}

    def addresses(self) -> dict[str, Any]:
        rows = self._tx.all(_ADDRESSES_OF, contact=self.ticket.contact)
        return {"addresses": tuple(row.external_id for row in rows)}

    def open_tickets(self) -> dict[str, Any]:
        still_open = self._tx.one(_STILL_OPEN, number=self._number)
        return {"open_tickets": max(1, 0 if still_open is None else still_open.many)}

    def words(self) -> dict[str, Any]:
        return {"text": "\n".join(part for row in self._said for part in (row.subject, row.text) if part)}

    def answering(self) -> dict[str, Any]:
        """Whether the bot may write: never to automatic mail, nobody who asked for silence, nothing that is over."""
        ticket = self.ticket
        silent = ticket.address is None or ticket.status is Status.CLOSED
        if silent or any(row.automatic or row.bounce for row in self._said):
            return {"may_be_answered": False}
        address = contacts.load_address(self._tx, ticket.address or 0)
        return {"may_be_answered": address.stopped_at is None}

    @cached_property
    def _history(self) -> list[Recorded]:
        rows = self._tx.all(_HISTORY, ticket=self._number)
        return [Recorded(**row._asdict() | {"data": row.data or {}}) for row in rows]

    @cached_property
    def _said(self) -> Sequence[Row]:
        """The message that it is about: the one that came, the contact's last one, all that had to wait."""
        event = self._event
        if event is not None and event.kind in SETTLES:
            return self._tx.all(_ALL_SAID, ticket=self._number)
        if event is not None and event.kind == "message.received" and event.subject is not None:
            return self._tx.all(_MESSAGE, id=int(event.subject))
        return self._tx.all(_LAST_SAID, ticket=self._number)


_FACTS: Mapping[About, Callable[[Looking], dict[str, Any]]] = {
    About.TICKET: Looking.of_ticket,
    About.HISTORY: Looking.of_history,
    About.CONTACT: Looking.of_contact,
    About.VERIFIED: Looking.verified,
    About.ADDRESSES: Looking.addresses,
    About.OPEN_TICKETS: Looking.open_tickets,
    About.WORDS: Looking.words,
    About.ANSWERING: Looking.answering,
}
