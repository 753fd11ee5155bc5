"""Taking over a ticket of the desk that was used before: as it was then, once, and without anything happening now.

It has no clocks, for nothing was promised under this desk's terms; nothing is sent for it and nobody is told. It is
closed: what an agent opens again is a ticket like any other from then on. Its one event is not of a kind that rules,
webhooks or the assignment listen to. The matcher does not learn from it: who set its category is not known.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, select

from tickets import contacts
from tickets import ticket as tickets_
from tickets.actions.rights import require
from tickets.actor import Actor, Kind, Role
from tickets.contacts import address_at
from tickets.desk import DeskNow
from tickets.ledger.events import append
from tickets.ledger.prepared import Prepared, inserting, inserting_once
from tickets.ledger.tx import Tx
from tickets.lifecycle import Status
from tickets.message import Author, Channel, Delivery, Direction
from tickets.tables import Imported, Message, TicketTag
from tickets.ticket import TicketNow

IMPORTED = "history.imported"
IMPORT = Actor(kind=Kind.SYSTEM, id="import")

_IMPORTED = Imported.__table__  # type: ignore[attr-defined]
_KNOWN = Prepared(
    select(_IMPORTED.c.ticket).where(
        _IMPORTED.c.desk == bindparam("desk"),
        _IMPORTED.c.source == bindparam("source"),
        _IMPORTED.c.key == bindparam("key"),
    )
)
_INSERT = inserting(Imported)
_MESSAGE = inserting(Message)
_TAG = inserting_once(TicketTag)
_AUTHORS = {Direction.IN: Author.CONTACT, Direction.OUT: Author.AGENT, Direction.NOTE: Author.AGENT}


@dataclass(frozen=True, kw_only=True)
class PastContact:
    """Whose ticket it was. By any of their addresses they are known again, from the same import and by who writes now."""

    addresses: tuple[tuple[Channel, str], ...]  # one at least; `other`: what names them in the other system
    name: str | None = None
    identity_number: str | None = None
    identity_unit: str | None = None


@dataclass(frozen=True, kw_only=True)
class PastMessage:
    at: datetime
    direction: Direction
    text: str
    staff: str | None = None  # id of whoever of the desk wrote it, if they are known here
    name: str | None = None  # of whoever wrote it, as the other system had it


@dataclass(frozen=True, kw_only=True)
class PastTicket:
    source: str  # the other system
    key: str  # what the ticket is called there
    channel: Channel
    contact: PastContact
    subject: str | None
    category: str | None
    assignee: str | None  # staff id
    priority: int
    tags: tuple[str, ...]
    created_at: datetime
    closed_at: datetime
    messages: tuple[PastMessage, ...]  # in the order in which they were said


def take_over(tx: Tx, past: PastTicket, *, desk: DeskNow, by: Actor, at: datetime) -> int | None:
    """Write a ticket down as it was; its number here, or None if it was taken over before. For supervisors."""
    require(by, Role.SUPERVISOR, desk.slug)
    if tx.one(_KNOWN, desk=desk.slug, source=past.source, key=past.key) is not None:
        return None
    account = _account(past.channel, desk)
    contact = _contact(tx, past.contact, desk=desk, at=at)
    address = _reached_at(tx, past, desk=desk)
    ticket = tickets_.create(
        tx, desk=desk.slug, account=account, channel=str(past.channel), thread=f"{past.source}:{past.key}",
        address=address, contact=contact, status=str(Status.CLOSED), subject=past.subject, category=past.category,
        category_by=None if past.category is None else IMPORT.key, assignee=past.assignee,
        assigned_by=None if past.assignee is None else IMPORT.key, priority=past.priority, language=desk.desk.language,
        revision=desk.revision, created_at=past.created_at, updated_at=past.closed_at, solved_at=past.closed_at,
        closed_at=past.closed_at,
    )  # fmt: skip
    tx.run(_INSERT, desk=desk.slug, source=past.source, key=past.key, ticket=ticket.number, at=at)
    tx.run_many(_TAG, [{"ticket": ticket.number, "tag": tag} for tag in past.tags])
    for message in past.messages:
        _write_down(tx, message, ticket=ticket)
    append(
        tx, IMPORTED, desk=desk.slug, ticket=ticket.number, at=at, subject=past.key, actor=by.key, source=past.source
    )  # fmt: skip
    return ticket.number


def _account(channel: Channel, desk: DeskNow) -> str:
    """Return the account on which the desk is spoken to by that channel now; without one, that of walk-ins."""
    found = desk.desk.accounts_on(channel)
    return found[0].key if found else f"{desk.slug}/{Channel.OTHER}"


def _reached_at(tx: Tx, past: PastTicket, *, desk: DeskNow) -> int | None:
    """Return where an answer goes should somebody open the ticket again; None where its channel leads to nobody."""
    external_id = dict(past.contact.addresses).get(past.channel)
    if external_id is None or not desk.desk.accounts_on(past.channel):
        return None
    found = address_at(tx, account=_account(past.channel, desk), external_id=external_id)
    return None if found is None else found.id


def _contact(tx: Tx, who: PastContact, *, desk: DeskNow, at: datetime) -> int:
    """Return whose ticket it was; somebody who is known keeps the name that they have here."""
    at_places = [(_account(channel, desk), channel, address) for channel, address in who.addresses]
    known = [address_at(tx, account=account, external_id=address) for account, _, address in at_places]
    contact = next((each.contact for each in known if each is not None), None)
    if contact is None:
        contact = contacts.new_contact(
            tx, desk=desk.slug, name=who.name, at=at, identity_number=who.identity_number,
            identity_unit=who.identity_unit,
        )  # fmt: skip
    for (account, channel, address), there in zip(at_places, known, strict=True):
        if there is None:
            contacts.new_address(
                tx, account=account, channel=str(channel), external_id=address, contact=contact, name=who.name,
                handle=None,
            )  # fmt: skip
    return contact


def _write_down(tx: Tx, message: PastMessage, *, ticket: TicketNow) -> None:
    tx.run(
        _MESSAGE, id=tx.next_id("messages"), at=message.at, said_at=message.at, desk=ticket.desk, ticket=ticket.number,
        account=ticket.account, channel=ticket.channel, direction=str(message.direction),
        author=str(_AUTHORS[message.direction]), actor=None if message.staff is None else f"{Kind.STAFF}:{message.staff}", sender_name=message.name, text=message.text,
        delivery=str(Delivery.SENT) if message.direction is Direction.OUT else None,
    )  # fmt: skip
