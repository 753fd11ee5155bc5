"""Tags: marks that a ticket may have beside its one category, as many as are needed."""

import re
from datetime import datetime

from sqlalchemy import bindparam, delete, select

from tickets import ticket as tickets_
from tickets.actions.errors import UnknownValueError
from tickets.actions.rights import require_agent
from tickets.actor import Actor
from tickets.desk import DeskNow
from tickets.ledger.events import append
from tickets.ledger.prepared import Prepared, inserting_once
from tickets.ledger.tx import Tx
from tickets.tables import TicketTag
from tickets.ticket import TicketNow

_TAGS = TicketTag.__table__  # type: ignore[attr-defined]
_OF_TICKET = Prepared(select(_TAGS.c.tag).where(_TAGS.c.ticket == bindparam("ticket")).order_by(_TAGS.c.tag))
_INSERT = inserting_once(TicketTag)
_DELETE = Prepared(
    delete(_TAGS).where(_TAGS.c.ticket == bindparam("of_ticket"), _TAGS.c.tag == bindparam("of_tag"))
)
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
LONGEST = 40


def tags_of(tx: Tx, number: int) -> tuple[str, ...]:
    return tuple(row.tag for row in tx.all(_OF_TICKET, ticket=number))


def tag(tx: Tx, number: int, tag: str, *, desk: DeskNow, by: Actor, at: datetime) -> TicketNow:
    """Put a tag on a ticket. A desk that lists its tags knows no others."""
    ticket = tickets_.load(tx, number)
    require_agent(by, ticket)
    word = _known(tag, desk)
    if tx.run(_INSERT, ticket=number, tag=word):
        append(tx, "ticket.tagged", desk=ticket.desk, ticket=number, at=at, actor=by.key, tag=word)
        return tickets_.change(tx, ticket, at=at)
    return ticket


def untag(tx: Tx, number: int, tag: str, *, by: Actor, at: datetime) -> TicketNow:
    """Take a tag off a ticket, also one that the desk lists no more."""
    ticket = tickets_.load(tx, number)
    require_agent(by, ticket)
    word = _plain(tag)
    if tx.run(_DELETE, of_ticket=number, of_tag=word):
        append(tx, "ticket.untagged", desk=ticket.desk, ticket=number, at=at, actor=by.key, tag=word)
        return tickets_.change(tx, ticket, at=at)
    return ticket


def _known(tag: str, desk: DeskNow) -> str:
    word = _plain(tag)
    fits = len(word) <= LONGEST and _SLUG.fullmatch(word) is not None
    if not fits or (desk.tags is not None and word not in desk.tags):
        raise UnknownValueError(f"{desk.slug} has no tag {tag[:LONGEST]}", field="tag", value=tag[:LONGEST])
    return word


def _plain(tag: str) -> str:
    """Read a tag as people write it: `#VIP`, `Tamu penting`."""
    return "-".join(tag.strip().removeprefix("#").casefold().split())
