"""Merging: two tickets turn out to be one matter. One ends and points to the other, which stays and shows both.

Nothing is copied: the messages of the one that ended stay its own and are shown in the other, in their order, so that
a merge can be taken back. What comes later on its thread goes to the one that stays.
"""

from datetime import datetime, timedelta

from sqlalchemy import bindparam, select

from tickets import ticket as tickets_
from tickets.actions.errors import OtherContactError, RuleError
from tickets.actions.rights import require_agent
from tickets.actor import Actor
from tickets.ledger.events import append
from tickets.ledger.prepared import Prepared
from tickets.ledger.tx import Tx
from tickets.lifecycle import Status
from tickets.message import Channel
from tickets.tables import Event
from tickets.ticket import TicketNow

UNDO_WITHIN = timedelta(days=7)

_EVENTS = Event.__table__  # type: ignore[attr-defined]
_MERGED = Prepared(
    select(_EVENTS.c.at, _EVENTS.c.data)
    .where(_EVENTS.c.ticket == bindparam("ticket"), _EVENTS.c.kind == "ticket.merged")
    .order_by(_EVENTS.c.id.desc())
    .limit(1)
)


def merge(tx: Tx, number: int, into: int, *, by: Actor, at: datetime) -> TicketNow:
    """End a ticket in another one of the same contact and desk; the one that stays.

    Another contact's ticket is refused: they would read what is not theirs. Join the contacts first, if they are one.
    """
    ends, stays = tickets_.load(tx, number), tickets_.load(tx, into)
    require_agent(by, ends)
    require_agent(by, stays)
    if ends.merged_into == into:
        return stays
    _check(ends, stays)
    thread, moves = ends.thread, _slot_moves(ends, stays)
    append(
        tx, "ticket.merged", desk=ends.desk, ticket=number, at=at, actor=by.key, into=into,
        before={"status": str(ends.status), "closed_at": ends.closed_at.isoformat() if ends.closed_at else None,
                "verified_by": ends.verified_by, "slot": moves},
    )  # fmt: skip
    tickets_.change(
        tx, ends, at=at, merged_into=into, status=Status.CLOSED, closed_at=ends.closed_at or at, snoozed_until=None,
        thread=f"{thread} #{number}" if moves else thread,
    )  # fmt: skip
    append(tx, "ticket.absorbed", desk=stays.desk, ticket=into, at=at, actor=by.key, **{"from": number})
    return tickets_.change(tx, stays, at=at, thread=thread if moves else stays.thread)


def unmerge(tx: Tx, number: int, *, by: Actor, at: datetime) -> TicketNow:
    """Take a merge back within a week: the ticket stands as before, its clocks as if it had never ended.

    What was said since on its thread stays where it was said.
    """
    ends = tickets_.load(tx, number)
    require_agent(by, ends)
    if ends.merged_into is None:
        return ends
    merged = tx.one(_MERGED, ticket=number)
    assert merged is not None
    if at - merged.at > UNDO_WITHIN:
        raise RuleError(f"ticket #{number} was merged more than a week ago", ticket=number)
    stays = tickets_.load(tx, ends.merged_into)
    before = merged.data["before"]
    thread = ends.thread
    if before["slot"] and stays.thread == thread.removesuffix(f" #{number}"):
        thread = stays.thread
        stays = tickets_.change(tx, stays, at=at, thread=f"{thread} #{stays.number}")
    append(
        tx, "ticket.restored", desk=ends.desk, ticket=number, at=at, actor=by.key, gone_at=merged.at.isoformat(),
        merged_into=stays.number,
    )  # fmt: skip
    append(
        tx, "ticket.released", desk=stays.desk, ticket=stays.number, at=at, actor=by.key, **{"from": number}
    )
    return tickets_.change(
        tx, ends, at=at, merged_into=None, status=Status(before["status"]), thread=thread,
        closed_at=datetime.fromisoformat(before["closed_at"]) if before["closed_at"] else None,
        verified_by=before["verified_by"],
    )  # fmt: skip


def _check(ends: TicketNow, stays: TicketNow) -> None:
    if ends.number == stays.number:
        raise RuleError("a ticket is not merged with itself", ticket=ends.number)
    for ticket in (ends, stays):
        if not ticket.counts:
            raise RuleError(f"ticket #{ticket.number} is spam or merged already", ticket=ticket.number)
    if ends.desk != stays.desk:
        raise RuleError("tickets of two desks are not merged; move one of them first", ticket=stays.number)
    if ends.contact != stays.contact:
        raise OtherContactError(ends.number, stays.number)


def _slot_moves(ends: TicketNow, stays: TicketNow) -> bool:
    """Whether the one that stays takes over the contact's current place in a chat; it may have that already."""
    chat = ends.channel not in {Channel.EMAIL, Channel.OTHER}
    has_it = ends.thread.startswith(f"{stays.thread} #")
    return (
        chat
        and not has_it
        and ends.status is not Status.CLOSED
        and ends.account == stays.account
        and ends.address == stays.address
    )
