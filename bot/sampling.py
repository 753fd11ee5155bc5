"""Drawing the sample of solved tickets that a supervisor must verify, where the desk wants one."""

from collections.abc import Callable
from datetime import datetime

from bot.desks import Desks
from tickets.actions import supervising
from tickets.ledger.events import Recorded
from tickets.ledger.tx import Tx


class SamplingFollower:
    name = "sampling"

    def __init__(self, desks: Desks, *, clock: Callable[[], datetime]) -> None:
        self._desks = desks
        self._clock = clock

    def wants(self, event: Recorded) -> bool:
        desk = self._desks.get(event.desk)
        return (
            event.kind == "ticket.solved"
            and desk is not None
            and desk.now.desk.supervision.sample is not None
        )

    def follow(self, tx: Tx, event: Recorded) -> None:
        share = self._desks[event.desk].now.desk.supervision.sample
        if share is not None and event.ticket is not None:
            supervising.draw(tx, event.ticket, share=share, at=self._clock())
