"""What the second line does with a ticket beside noting: it gives it back with its finding, and names its own issue."""

from datetime import datetime

from tickets import issues
from tickets import ticket as tickets_
from tickets.actions import answering, handling
from tickets.actions.errors import RuleError
from tickets.actions.rights import require_helper
from tickets.actor import Actor
from tickets.desk import DeskNow
from tickets.ledger.events import append
from tickets.ledger.tx import Tx
from tickets.ticket import TicketNow


def give_back(
    tx: Tx, number: int, finding: str, *, desk: DeskNow, by: Actor, at: datetime
) -> tuple[TicketNow, int | None]:
    """Give a ticket back to the first line, what was found being a note; the ticket, and the note if there is one."""
    ticket = tickets_.load(tx, number)
    require_helper(by, ticket)
    if ticket.team is None:
        raise RuleError(f"ticket #{number} is with the first line", ticket=number)
    noted = answering.note(tx, number, finding, by=by, at=at) if finding.strip() else None
    return handling.escalate(tx, number, None, desk=desk, by=by, at=at, note=noted), noted


def name_issue(tx: Tx, number: int, *, key: str, url: str | None, by: Actor, at: datetime) -> None:
    """Write down what the team's tracker calls the ticket."""
    ticket = tickets_.load(tx, number)
    require_helper(by, ticket)
    if ticket.team is None:
        raise RuleError(f"ticket #{number} is with the first line", ticket=number)
    issues.save(tx, ticket=number, team=ticket.team, key=key, url=url, at=at)
    append(
        tx, "ticket.tracked", desk=ticket.desk, ticket=number, at=at, actor=by.key, team=ticket.team, key=key
    )  # fmt: skip
