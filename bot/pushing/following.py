"""Queues for the devices of whoever has a ticket what happens to it. What comes close together is told at once."""

from collections.abc import Callable
from datetime import datetime, timedelta

from bot.alerts import after_quiet_hours
from bot.desks import Desks, OpenDesk
from bot.pushing.rule import KINDS, Held, concerned, is_stale
from tickets import devices, unsent
from tickets import ticket as tickets_
from tickets.actor import Actor, Kind
from tickets.devices import DeviceNow
from tickets.ledger.events import Recorded
from tickets.ledger.tx import Tx
from tickets.ticket import TicketNow

JOIN = timedelta(seconds=3)


class PushFollower:
    name = "push"

    def __init__(self, desks: Desks, *, clock: Callable[[], datetime]) -> None:
        self._desks = desks
        self._clock = clock

    def wants(self, event: Recorded) -> bool:
        told = event.kind in KINDS and not is_stale(event.at, self._clock())
        return told and event.ticket is not None and self._desks.get(event.desk) is not None

    def follow(self, tx: Tx, event: Recorded) -> None:
        desk = self._desks[event.desk]
        if event.ticket is None:
            return
        for who in sorted(concerned(event.kind, event.data, held(tickets_.load(tx, event.ticket)))):
            if Actor(kind=Kind.STAFF, id=who).key != event.actor:  # who did it knows
                for device in devices.of_staff(tx, event.desk, who):
                    self._tell(tx, event, desk, who, device)

    def _tell(self, tx: Tx, event: Recorded, desk: OpenDesk, who: str, device: DeviceNow) -> None:
        news, now = {"kind": event.kind, "data": dict(event.data)}, self._clock()
        for waiting in unsent.waiting(tx, line=devices.line_of(device.id, event.ticket)):
            if unsent.rewrite(tx, waiting.id, {**waiting.payload, "news": [*waiting.payload["news"], news]}):
                return
        due = after_quiet_hours(desk.now.desk, now + JOIN)
        devices.queue(
            tx, device.id, dedup=str(event.id), desk=event.desk, ticket=event.ticket, at=now, not_before=due,
            payload={"who": who, "news": [news], "due": due.isoformat()},
        )  # fmt: skip


def held(ticket: TicketNow) -> Held:
    """Return what the rule asks of a ticket."""
    return Held(assignee=ticket.assignee, team_holder=ticket.team_holder, status=ticket.status)
