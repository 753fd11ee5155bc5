"""Moving a ticket to another desk, with its whole history: it turns out to be another unit's matter.

The contact notices nothing but who answers: they are answered by the account to which they wrote, and what they write
next goes on with the ticket. The promise is reckoned under the new desk's terms from when it began.
"""

from datetime import datetime

from sqlalchemy import bindparam, update

from tickets import ticket as tickets_
from tickets.actions.errors import NotAllowedError, RuleError, UnknownValueError
from tickets.actions.promises import repromise
from tickets.actor import Actor, Role
from tickets.desk import DeskNow
from tickets.ledger.events import append
from tickets.ledger.prepared import Prepared
from tickets.ledger.tx import Tx
from tickets.lifecycle import TO_DO
from tickets.tables import Message
from tickets.ticket import NoSuchTicketError, TicketNow

_MESSAGES = Message.__table__  # type: ignore[attr-defined]
_FOLLOW = Prepared(
    update(_MESSAGES).where(_MESSAGES.c.ticket == bindparam("of_ticket")).values(desk=bindparam("to_desk"))
)


def require_mover(ticket: TicketNow, *, to: str, by: Actor, there: Actor, beside: bool) -> None:
    """Raise NotAllowedError but for a supervisor of its desk, or an agent of both (`there`: who they are there).

    Raises NoSuchTicketError for who belongs to other desks.
    Desks `beside` each other share the account at which the contact wrote: there any agent puts a wrong choice right.
    """
    if not by.belongs_to(ticket.desk):
        raise NoSuchTicketError(ticket.number)
    is_agent = by.may(Role.AGENT, ticket.desk) and by.may_answer(ticket.team)
    is_of_both = is_agent and there.may(Role.AGENT, to)
    if not (is_agent and beside) and not is_of_both and not by.may(Role.SUPERVISOR, ticket.desk):
        raise NotAllowedError(f"{by.key} may not move ticket #{ticket.number} to {to}")


def move(
    tx: Tx,
    number: int,
    *,
    to: DeskNow,
    by: Actor,
    there: Actor,
    beside: bool = False,
    at: datetime,
    category: str | None = None,
    reason: str | None = None,
) -> TicketNow:
    """Hand a ticket to another desk; who may: `require_mover`.

    Its category stays where the other desk has one of that name, or becomes the given one; nobody holds it then.
    """
    ticket = tickets_.load(tx, number)
    require_mover(ticket, to=to.slug, by=by, there=there, beside=beside)
    if ticket.desk == to.slug:
        return ticket
    if ticket.status not in TO_DO:
        raise RuleError(f"ticket #{number} is {ticket.status}", ticket=number, status=str(ticket.status))
    category = to.category_now(category) if category is not None else None
    if category is not None and category not in to.categories:
        raise UnknownValueError(f"{to.slug} has no category {category}", field="category", value=category)
    kept = category or (ticket.category if ticket.category in to.categories else None)
    source = ticket.desk
    if ticket.team is not None:
        append(tx, "ticket.returned", desk=source, ticket=number, at=at, actor=by.key, team=ticket.team)
    append(
        tx, "ticket.moved", desk=to.slug, ticket=number, at=at, actor=by.key, to=to.slug, category=kept,
        before=ticket.category, holder=ticket.assignee, reason=reason, **{"from": source},
    )  # fmt: skip
    tx.run(_FOLLOW, of_ticket=number, to_desk=to.slug)
    set_by = by.key if category is not None else ticket.category_by
    ticket = tickets_.change(
        tx, ticket, at=at, desk=to.slug, category=kept, category_by=set_by if kept else None, suggestions=None,
        assignee=None, assigned_by=None, team=None, team_holder=None, revision=to.revision, snoozed_until=None,
    )  # fmt: skip
    repromise(tx, ticket, desk=to, why="desk", by=by, at=at)
    return ticket
