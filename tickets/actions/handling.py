"""Handling a ticket: who holds it, what it is about, whether it waits, is solved, goes to the second line, comes back."""

from datetime import datetime
from typing import Any

from tickets import predictions
from tickets import ticket as tickets_
from tickets.actions.assigning import give
from tickets.actions.errors import CategoryMissingError, RuleError, UnknownValueError
from tickets.actions.promises import repromise
from tickets.actions.rights import require_agent, require_helper
from tickets.actor import CONTACT, Actor, is_a_persons
from tickets.clocks import RESOLUTION
from tickets.desk import DeskNow
from tickets.ledger.events import append
from tickets.ledger.tx import Tx
from tickets.lifecycle import Status
from tickets.placing import reopen as take_up_again
from tickets.ticket import TicketNow


def assign(
    tx: Tx, number: int, to: str | None, *, staff: frozenset[str], team: frozenset[str] = frozenset(), by: Actor,
    at: datetime,
) -> TicketNow:  # fmt: skip
    """Give the ticket to somebody of the desk (`staff`: ids of those who are active), or with None to nobody.

    `team`: ids of the members of the team that has it. One of them becomes the team's holder; the first line's stays.
    """
    ticket = tickets_.load(tx, number)
    holds_for = ticket.team if to in team else None
    if holds_for is None:
        require_agent(by, ticket)
    else:  # who in a team works on it is the team's own business
        require_helper(by, ticket)
    if to is not None and to not in staff:
        raise UnknownValueError(f"nobody called {to} works at {ticket.desk}", field="agent", value=to)
    if to == (ticket.assignee if holds_for is None else ticket.team_holder):
        return ticket
    return give(tx, ticket, to, team=holds_for, by=by, at=at)


def categorise(tx: Tx, number: int, category: str, *, desk: DeskNow, by: Actor, at: datetime) -> TicketNow:
    """Say what the ticket is about. What a person has set, bot and rules leave alone."""
    ticket = tickets_.load(tx, number)
    require_agent(by, ticket)
    category = desk.category_now(category)
    if category not in desk.categories:
        raise UnknownValueError(f"{ticket.desk} has no category {category}", field="category", value=category)
    set_by_person = is_a_persons(ticket.category_by)
    if set_by_person and not by.is_person:
        return ticket
    set_at_desk = set_by_person and ticket.category_by != CONTACT.key
    if ticket.category == category and (set_at_desk or not by.is_person):
        return ticket
    if by.is_person:
        predictions.settle(tx, ticket, category, by=by, at=at)
    return _set_category(tx, ticket, category, desk=desk, by=by, at=at)


def choose(tx: Tx, number: int, category: str, *, desk: DeskNow, at: datetime) -> TicketNow:
    """Let the contact say what their ticket is about: it stands above a machine's guess, and below a person's word."""
    ticket = tickets_.load(tx, number)
    set_at_desk = is_a_persons(ticket.category_by) and ticket.category_by != CONTACT.key
    if category not in desk.categories or set_at_desk:
        return ticket
    predictions.settle_by_choice(tx, ticket, category, at=at)
    return _set_category(tx, ticket, category, desk=desk, by=CONTACT, at=at)


def _set_category(
    tx: Tx, ticket: TicketNow, category: str, *, desk: DeskNow, by: Actor, at: datetime
) -> TicketNow:
    append(
        tx, "ticket.categorised", desk=ticket.desk, ticket=ticket.number, at=at, actor=by.key, category=category,
        before=ticket.category, suggested=[pair[0] for pair in ticket.suggestions or []] or None,
    )  # fmt: skip
    ticket = tickets_.change(tx, ticket, at=at, category=category, category_by=by.key)
    if desk.desk.special:
        repromise(tx, ticket, desk=desk, why="category", by=by, at=at)
    return ticket


def wait(tx: Tx, number: int, *, by: Actor, at: datetime, reason: str | None = None) -> TicketNow:
    """Wait for the contact: the resolution clock pauses until they write."""
    ticket = _for_agent(tx, number, by)
    if ticket.status in {Status.SOLVED, Status.CLOSED}:
        raise RuleError(
            f"ticket #{number} is {ticket.status}; reopen it first", ticket=number, status=str(ticket.status)
        )
    if ticket.status is Status.WAITING:
        return ticket
    append(tx, "ticket.waiting", desk=ticket.desk, ticket=number, at=at, actor=by.key, reason=reason)
    return tickets_.change(tx, ticket, at=at, status=Status.WAITING)


def solve(tx: Tx, number: int, *, by: Actor, at: datetime, reason: str | None = None) -> TicketNow:
    """Say that the matter is solved (an agent's *close*). Raises CategoryMissingError: never without a category."""
    ticket = _for_agent(tx, number, by)
    if ticket.status in {Status.SOLVED, Status.CLOSED}:
        return ticket
    if ticket.category is None:
        raise CategoryMissingError(number)
    append(tx, "ticket.solved", desk=ticket.desk, ticket=number, at=at, actor=by.key, reason=reason)
    return tickets_.change(tx, ticket, at=at, status=Status.SOLVED, solved_at=at, snoozed_until=None)


def reopen(tx: Tx, number: int, *, desk: DeskNow, by: Actor, at: datetime) -> TicketNow:
    """Take a solved or closed ticket up again."""
    ticket = _for_agent(tx, number, by)
    if ticket.status not in {Status.SOLVED, Status.CLOSED}:
        return ticket
    if not ticket.counts:
        raise RuleError(
            f"ticket #{number} is spam or part of another one; take that back first", ticket=number
        )
    if ticket.status is Status.CLOSED:
        other = tickets_.current(tx, account=ticket.account, thread=ticket.thread)
        if other is not None:
            raise RuleError(
                f"the contact has ticket #{other.number} open in the same conversation",
                ticket=other.number,
                status=str(other.status),
            )
    return take_up_again(tx, ticket, desk=desk, actor=by.key, asks=False, at=at)


def escalate(
    tx: Tx,
    number: int,
    team: str | None,
    *,
    desk: DeskNow,
    by: Actor,
    at: datetime,
    reason: str | None = None,
    note: int | None = None,
) -> TicketNow:
    """Hand the ticket to a second-line team, or with None take it back. The first line's clocks go on.

    The team that has it may do so too: hand it on, or give it back. `note` is the note
    that says what was found.
    """
    ticket = tickets_.load(tx, number)
    require_helper(by, ticket)
    if ticket.status in {Status.SOLVED, Status.CLOSED}:
        raise RuleError(
            f"ticket #{number} is {ticket.status}; reopen it first", ticket=number, status=str(ticket.status)
        )
    if team is not None and desk.desk.team(team) is None:
        raise UnknownValueError(f"{ticket.desk} has no team {team}", field="team", value=team)
    if ticket.team == team:
        return ticket
    if team is None:
        append(
            tx, "ticket.returned", desk=ticket.desk, ticket=number, at=at, actor=by.key, team=ticket.team, reason=reason,
            note=note,
        )  # fmt: skip
    else:
        append(
            tx, "ticket.escalated", desk=ticket.desk, ticket=number, at=at, actor=by.key, team=team, reason=reason,
            before=ticket.team, **_promise_of(desk, team),
        )  # fmt: skip
    return tickets_.change(tx, ticket, at=at, team=team, team_holder=None)


def _promise_of(desk: DeskNow, team: str) -> dict[str, Any]:
    """Return what starts the second line's clock; nothing for a team that promises no solution."""
    found = desk.desk.team(team)
    promise = found.promises.get(RESOLUTION) if found is not None else None
    return {} if promise is None else {"promise": promise.to_data(), "revision": desk.revision}


def _for_agent(tx: Tx, number: int, by: Actor) -> TicketNow:
    ticket = tickets_.load(tx, number)
    require_agent(by, ticket)
    return ticket
