"""Naming a colleague in a note: they are told, and the ticket is marked for them until they have opened it."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import bindparam, update

from tickets.actor import Actor
from tickets.ledger.events import append
from tickets.ledger.prepared import Prepared, inserting
from tickets.ledger.tx import Tx
from tickets.mentions import Nameable, named_in
from tickets.staff import StaffNow, active
from tickets.tables import Mention
from tickets.ticket import TicketNow

MENTIONED = "staff.mentioned"

_MENTIONS = Mention.__table__  # type: ignore[attr-defined]
_INSERT = inserting(Mention)
_SEEN = Prepared(
    update(_MENTIONS)
    .where(
        _MENTIONS.c.ticket == bindparam("of_ticket"), _MENTIONS.c.desk == bindparam("of_desk"),
        _MENTIONS.c.staff == bindparam("of_staff"), _MENTIONS.c.seen_at.is_(None),
    )
    .values(seen_at=bindparam("at"))
)  # fmt: skip


def mention(tx: Tx, ticket: TicketNow, message: int, text: str, *, by: Actor, at: datetime) -> None:
    """Write down whom a note names, of those who may see its ticket."""
    if "@" not in text:
        return
    people = [
        Nameable(id=person.id, name=person.name, email=person.email)
        for person in active(tx, ticket.desk)
        if may_be_named(person, ticket.team)
    ]
    for id_ in named_in(text, people):
        if id_ == by.id:
            continue
        tx.run(
            _INSERT, message=message, staff=id_, desk=ticket.desk, ticket=ticket.number, by=by.key, at=at,
            seen_at=None,
        )  # fmt: skip
        append(
            tx, MENTIONED, desk=ticket.desk, ticket=ticket.number, at=at, subject=id_, actor=by.key, to=id_,
            message=message,
        )  # fmt: skip


def may_be_named(person: StaffNow, team: str | None) -> bool:
    """Whether a ticket that a team may have is for their eyes: of the second line, only what their team has."""
    return person.helps is None or team in person.helps


def seen(tx: Tx, number: int, desk: str, staff: Collection[str], *, at: datetime) -> None:
    """Note that somebody has opened a ticket on which they were named."""
    for id_ in staff:
        tx.run(_SEEN, of_ticket=number, of_desk=desk, of_staff=id_, at=at)
