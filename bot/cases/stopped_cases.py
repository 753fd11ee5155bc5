"""What runs on a ticket ends when that turns out to be spam: its case is stopped, its form given up. A follower of the history."""

from bot.desks import Desks, OpenDesk
from bot.former_procedures import procedure_of
from procedures.cases import rows as cases
from procedures.requests import acts, rows
from procedures.running import actions
from tickets import ticket as tickets_
from tickets.actor import SYSTEM
from tickets.ledger.events import Recorded
from tickets.ledger.tx import Tx

_SPAM = "ticket.spam"


class StoppedCaseFollower:
    name = "stopped_cases"

    def __init__(self, desks: Desks) -> None:
        self._desks = desks

    def wants(self, event: Recorded) -> bool:
        return event.kind == _SPAM and self._desks.get(event.desk) is not None

    def follow(self, tx: Tx, event: Recorded) -> None:
        desk = self._desks[event.desk]
        if event.ticket is None or tickets_.load(tx, event.ticket).spam_at is None:
            return
        _stop_cases(tx, event, event.ticket, desk)
        form = rows.live(tx, event.ticket)
        if form is not None:
            acts.give_up(tx, form, by=SYSTEM, at=event.at)


def _stop_cases(tx: Tx, event: Recorded, ticket: int, desk: OpenDesk) -> None:
    """Stop what runs, that before what it has begun: so that nothing goes on by the end of another."""
    for case in cases.of_ticket(tx, ticket):
        procedure = procedure_of(tx, case, desk) if case.ended is None else None
        if procedure is not None:
            actions.stop(
                tx, case.id, procedure=procedure, desk=desk.now, why="spam", by=event.actor, at=event.at
            )
