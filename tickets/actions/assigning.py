"""Giving out the tickets that nobody holds: on the first line, and in each team what was escalated to it.

Whatever gives room (a ticket is closed, somebody comes back, the desk opens) gives out what waits, the urgent first
and then the old; so nothing is passed over and a new ticket overtakes nobody. It runs in the writer's transaction, so
several processes cannot give one ticket twice.
"""

from datetime import datetime

from tickets import ticket as tickets_
from tickets.actor import Actor
from tickets.assignment import Way, spread
from tickets.desk import DeskNow
from tickets.ledger.events import append
from tickets.ledger.prepared import Prepared
from tickets.ledger.tx import Tx
from tickets.lines import ASSIGNMENT, accepts, line_of, unheld
from tickets.tables import Turn
from tickets.ticket import TicketNow

MOST = 200  # tickets given out on a line in one transaction

_TURNS = Turn.__table__  # type: ignore[attr-defined]
_SAVE_TURN = Prepared(
    lambda insert: insert(_TURNS).on_conflict_do_update(
        index_elements=["desk", "staff"], set_={"event": insert(_TURNS).excluded.event}
    )
)


def give_out(tx: Tx, *, desk: DeskNow, at: datetime) -> int:
    """Give what waits to whoever has room; how many tickets."""
    given = 0
    for team in (None, *(team.id for team in desk.desk.teams)):
        way = desk.desk.assignment_of(team).way
        if way is Way.MANUAL or not accepts(desk.desk, team, at):
            continue
        waiting = unheld(tx, desk.slug, team, most=MOST)
        if not waiting:
            continue
        line = line_of(tx, team, desk=desk, at=at)
        for number, to in spread(waiting, line.people, way).given:
            give(tx, tickets_.load(tx, number), to, team=team, by=ASSIGNMENT, at=at)
            given += 1
    return given


def give(
    tx: Tx, ticket: TicketNow, to: str | None, *, team: str | None, by: Actor, at: datetime, handed: bool = False
) -> TicketNow:  # fmt: skip
    """Make somebody the holder, or with `team` that team's holder.

    None gives it to nobody: there a person's choice stays, but what was handed over waits to be given out.
    """
    kind = "ticket.assigned" if team is None else "ticket.team_assigned"
    event = append(
        tx, kind, desk=ticket.desk, ticket=ticket.number, at=at, actor=by.key, to=to,
        before=ticket.assignee if team is None else ticket.team_holder, **{"team": team} if team else {},
        **{"handed_over": True} if handed else {},
    )  # fmt: skip
    if to is not None and by == ASSIGNMENT:
        tx.run(_SAVE_TURN, desk=ticket.desk, staff=to, event=event)
    if team is not None:
        return tickets_.change(tx, ticket, at=at, team_holder=to)
    waits = handed and to is None
    return tickets_.change(tx, ticket, at=at, assignee=to, assigned_by=ASSIGNMENT.key if waits else by.key)
