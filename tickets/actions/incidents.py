"""One incident with many tickets: all of them answered at once, and solved at once.

An incident is a ticket that others are linked to. Each contact is answered on their own channel, in their own words'
language, and once, however many of their tickets are part of it.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from tickets import ticket as tickets_
from tickets.actions.answered import count_as_answer
from tickets.actions.answering import Words, answer
from tickets.actions.errors import AddressBlockedError, CategoriesMissingError, OptedOutError, RuleError
from tickets.actions.handling import categorise
from tickets.actions.linking import link
from tickets.actions.rights import require_agent
from tickets.actor import Actor
from tickets.desk import DeskNow
from tickets.ledger.tx import Tx
from tickets.lifecycle import TO_DO
from tickets.links import INCIDENT, tickets_of
from tickets.ticket import TicketNow

MOST = 500  # tickets of one act: it is one transaction, for which everybody else waits


@dataclass(frozen=True, kw_only=True)
class Answered:
    messages: tuple[int, ...]  # one a contact
    tickets: tuple[int, ...]  # all that were answered by them


def attach(tx: Tx, incident: int, tickets: Sequence[int], *, by: Actor, at: datetime) -> None:
    """Let these tickets be part of an incident."""
    for number in dict.fromkeys(tickets):
        link(tx, number, incident, INCIDENT, by=by, at=at)


def answer_all(
    tx: Tx, incident: int, words: Callable[[TicketNow], Words], *, by: Actor, at: datetime
) -> Answered:
    """Answer everybody whose open ticket is part of the incident; `words` says it for one of them."""
    messages: list[int] = []
    answered: dict[int, int] = {}  # contact → the message that reached them
    tickets = _open_tickets(tx, incident, by)
    for ticket in tickets:
        if ticket.contact in answered:
            count_as_answer(tx, ticket, answered[ticket.contact], by=by, at=at)
            continue
        try:
            _, message = answer(tx, ticket.number, words(ticket), by=by, at=at)
        except (AddressBlockedError, OptedOutError):
            continue  # refused before anything was written
        answered[ticket.contact] = message
        messages.append(message)
    reached = tuple(ticket.number for ticket in tickets if ticket.contact in answered)
    return Answered(messages=tuple(messages), tickets=reached)


def solve_all(
    tx: Tx,
    incident: int,
    solve: Callable[[int], TicketNow],
    *,
    desk: DeskNow,
    by: Actor,
    at: datetime,
    category: str | None = None,
) -> tuple[int, ...]:
    """Solve everything open of the incident, the incident itself too; `category` is for those without one."""
    tickets = _open_tickets(tx, incident, by)
    lacking = [ticket.number for ticket in tickets if ticket.category is None]
    if lacking and category is None:
        raise CategoriesMissingError(lacking)
    for number in lacking:
        categorise(tx, number, category or "", desk=desk, by=by, at=at)
    for ticket in tickets:
        solve(ticket.number)
    return tuple(ticket.number for ticket in tickets)


def _open_tickets(tx: Tx, incident: int, by: Actor) -> list[TicketNow]:
    """Return what is open of an incident, itself first; of one contact the ticket they wrote to last comes first."""
    whole = tickets_.load(tx, incident)
    require_agent(by, whole)
    numbers = tickets_of(tx, incident)
    if not numbers:
        raise RuleError(f"no ticket is part of #{incident}", ticket=incident)
    if len(numbers) > MOST:
        raise RuleError(f"incident #{incident} has more than {MOST} tickets", ticket=incident)
    found = [whole, *(tickets_.load(tx, number) for number in numbers)]
    still = [ticket for ticket in found if ticket.status in TO_DO]
    return sorted(still, key=lambda ticket: ticket.updated_at, reverse=True)
