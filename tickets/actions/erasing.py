"""Erasing a person: asked for by a supervisor, with a reason; done in pieces by whoever is called for it.

Nothing of a ticket may go while somebody works on it. So who asks is told what has to end first.
"""

from collections.abc import Callable, Sequence
from datetime import datetime

from sqlalchemy import bindparam, select

from tickets import removals
from tickets.actions.errors import RuleError, UnknownValueError
from tickets.actions.rights import require
from tickets.actor import Actor, Role
from tickets.erasure import Hindered, Hindrance, Plan, Thing
from tickets.ledger.events import append
from tickets.ledger.prepared import Prepared
from tickets.ledger.tx import Tx
from tickets.lifecycle import Status
from tickets.personal.counting import counted
from tickets.personal.whose import Theirs, theirs
from tickets.removals import ERASURE
from tickets.tables import Contact, Ticket

ASKED = "contact.erasure_asked"
LONGEST_REASON = 500

_CONTACTS, _TICKETS = Contact.__table__, Ticket.__table__  # type: ignore[attr-defined]
_DESK = Prepared(select(_CONTACTS.c.desk).where(_CONTACTS.c.id == bindparam("id")))
_OPEN = Prepared(
    select(_TICKETS.c.number, _TICKETS.c.desk).where(
        _TICKETS.c.contact == bindparam("contact"), _TICKETS.c.status != str(Status.CLOSED)
    )
)

# What else the house keeps of somebody: how much there is, and what has to end first.
More = Callable[[Tx, Theirs], tuple[dict[Thing, int], Sequence[Hindered]]]


class NotOverError(RuleError):
    """Something of theirs is not over yet."""

    code = "not_over"

    def __init__(self, hindered: Sequence[Hindered]) -> None:
        named = ", ".join(f"{each.by} {each.number or f'#{each.ticket}'}" for each in hindered)
        super().__init__(f"what has to end first: {named}")
        self.hindered = tuple(hindered)


def plan(tx: Tx, contact: int, *, more: More, by: Actor) -> Plan:
    """Return what an erasure of a contact would do. Raises NotAllowedError, UnknownValueError."""
    desk_of(tx, contact, by=by)
    whose = theirs(tx, contact)
    goes, hindered = more(tx, whose)
    running = [
        Hindered(by=Hindrance.TICKET, ticket=row.number)
        for each in whose.contacts
        for row in tx.all(_OPEN, contact=each)
    ]
    return Plan(
        contact=whose.contact, tickets=whose.tickets, goes={**counted(tx, whose), **goes},
        hindered=(*running, *hindered),
    )  # fmt: skip


def ask(tx: Tx, contact: int, *, reason: str, more: More, by: Actor, at: datetime) -> int:
    """Have a person erased; the id of the record. Who is being erased is not erased twice.

    Raises NotAllowedError, UnknownValueError, NotOverError.
    """
    desk = desk_of(tx, contact, by=by)
    reason = reason.strip()[:LONGEST_REASON]
    if not reason:
        raise UnknownValueError("an erasure needs a reason", field="reason", value="")
    root = theirs(tx, contact).contact
    if (under_way := removals.pending_of(tx, root)) is not None:
        return under_way.id
    found = plan(tx, root, more=more, by=by)
    if found.hindered:
        raise NotOverError(found.hindered)
    removal = removals.begin(tx, desk=desk, kind=ERASURE, contact=root, by=by.key, reason=reason, at=at)
    append(tx, ASKED, desk=desk, at=at, subject=root, actor=by.key, removal=removal)
    return removal


def desk_of(tx: Tx, contact: int, *, by: Actor) -> str:
    """Return the desk of a contact. Raises NotAllowedError for whoever may not answer for them, UnknownValueError."""
    row = tx.one(_DESK, id=contact)
    require(by, Role.SUPERVISOR, row.desk if row is not None else "")
    if row is None:
        raise UnknownValueError(f"there is no contact {contact}", field="contact", value=str(contact))
    return str(row.desk)
