"""Merging tickets of which one has a case: the case goes along to the ticket that stays, and comes back when the merge is taken back.

With it go its turns, papers, bookings, bills and its line in the archive, the clocks of its steps as they stand, and the form
that the contact is filling in. Files stay with the messages that they came with, which both tickets show.
To another desk no case goes along: it is over before its ticket moves.
"""

from datetime import datetime

from sqlalchemy import bindparam, or_, select, update

from procedures.archive.tables import ArchivedCase
from procedures.bookings.tables import Booking
from procedures.cases import on_tickets
from procedures.cases import rows as cases
from procedures.cases.rows import CaseNow
from procedures.cases.step_clock import JOINED, LEFT, clocks_of_case
from procedures.cases.tables import Case
from procedures.money.tables import Invoice, Payment
from procedures.papers.tables import PaperRow
from procedures.requests import acts, rows
from procedures.requests.tables import Request
from tickets import ticket as tickets_
from tickets.actions import handling, merging, moving, spam
from tickets.actions.rights import require_agent
from tickets.actor import Actor
from tickets.clocks import CLOCKS, to_data
from tickets.desk import DeskNow
from tickets.ledger.events import append
from tickets.ledger.prepared import Prepared
from tickets.ledger.tx import Tx
from tickets.tables import Event
from tickets.ticket import TicketNow

_EVENTS = Event.__table__  # type: ignore[attr-defined]
_CASES, _INVOICES, _PAYMENTS = Case.__table__, Invoice.__table__, Payment.__table__  # type: ignore[attr-defined]
_OF_CASE = (
    _INVOICES, Booking.__table__, PaperRow.__table__, ArchivedCase.__table__, Request.__table__,  # type: ignore[attr-defined]
)  # fmt: skip
_BILLED = select(_INVOICES.c.id).where(_INVOICES.c.case == bindparam("of_case"))
_MOVE = tuple(
    Prepared(update(table).where(whose).values(ticket=bindparam("to")))
    for table, whose in (
        (_CASES, _CASES.c.id == bindparam("of_case")),
        *((table, table.c.case == bindparam("of_case")) for table in _OF_CASE),
        (_PAYMENTS, _PAYMENTS.c.invoice.in_(_BILLED)),
    )
)
_MERGED = "ticket.merged"
_SINCE_MERGED = Prepared(
    select(_EVENTS.c.kind, _EVENTS.c.subject)
    .where(
        _EVENTS.c.ticket == bindparam("ticket"),
        or_(*(_EVENTS.c.kind == kind for kind in (_MERGED, LEFT, acts.LEFT))),
    )
    .order_by(_EVENTS.c.id.desc())
)


def merge(tx: Tx, number: int, into: int, *, desk: DeskNow, by: Actor, at: datetime) -> TicketNow:
    """End a ticket in another one, with its cases; the one that stays, under their category where it has none.

    Raises what `merging.merge` does, and BothRunningError.
    """
    require_agent(by, tickets_.load(tx, number))
    on_tickets.require_may_merge(tx, number, into)
    stays = merging.merge(tx, number, into, by=by, at=at)
    carried = cases.of_ticket(tx, number)
    for case in carried:
        _carry(tx, case, into, by=by, at=at)
    if carried and stays.category is None:
        category = desk.category_now(tickets_.load(tx, number).category or "")
        if category in desk.categories:
            stays = handling.categorise(tx, into, category, desk=desk, by=by, at=at)
    _carry_form(tx, number, into, by=by, at=at)
    return stays


def move(
    tx: Tx, number: int, *, to: DeskNow, by: Actor, there: Actor, beside: bool, at: datetime, category: str | None = None,
    reason: str | None = None,
) -> TicketNow:  # fmt: skip
    """Hand a ticket whose cases are over to another desk. Raises what `moving.move` does, and MoveRunningError."""
    moving.require_mover(tickets_.load(tx, number), to=to.slug, by=by, there=there, beside=beside)
    on_tickets.require_may_move(tx, number)
    return moving.move(
        tx, number, to=to, by=by, there=there, beside=beside, at=at, category=category, reason=reason
    )


def bring_back(tx: Tx, number: int, *, by: Actor, at: datetime) -> TicketNow:
    """Take a ticket out of spam, or out of the one that it was merged into, with the cases that went along."""
    before = tickets_.load(tx, number)
    if before.merged_into is None:
        return spam.restore(tx, number, by=by, at=at)
    went = []
    for event in tx.all(_SINCE_MERGED, ticket=number):
        if event.kind == _MERGED:
            break
        went.append((event.kind, int(event.subject)))
    back = merging.unmerge(tx, number, by=by, at=at)
    for kind, subject in reversed(went):
        if kind == LEFT:
            _carry(tx, cases.load(tx, subject), number, by=by, at=at)
        elif (form := rows.load(tx, subject)) is not None and form.is_live:
            acts.carry(tx, form, number, by=by, at=at)
    return back


def _carry(tx: Tx, case: CaseNow, to: int, *, by: Actor, at: datetime) -> None:
    left = case.ticket
    clocks = [to_data(clock) for clock in clocks_of_case(tx, left, case.id)]
    for statement in _MOVE:
        tx.run(statement, of_case=case.id, to=to)
    for kind, ticket, other in ((LEFT, left, {"to": to}), (JOINED, to, {"from": left})):
        append(
            tx, kind, desk=case.desk, ticket=ticket, subject=case.id, at=at, actor=by.key, procedure=case.procedure,
            **other, **{CLOCKS: clocks},
        )  # fmt: skip


def _carry_form(tx: Tx, left: int, to: int, *, by: Actor, at: datetime) -> None:
    """Let the form go along, unless the other ticket has a case or a form of its own: then it is given up."""
    form, there = rows.live(tx, left), rows.live(tx, to)
    if form is None:
        return
    if (
        form.procedure is None
        or on_tickets.is_running(tx, to)
        or (there is not None and there.procedure is not None)
    ):
        acts.give_up(tx, form, by=by, at=at)
        return
    if there is not None:
        acts.give_up(tx, there, by=by, at=at)
    acts.carry(tx, form, to, by=by, at=at)
