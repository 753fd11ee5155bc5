"""WhatsApp's 24 hours: asking the contact for a word, taking back what waits for one."""

from datetime import datetime

from console.ticket.acts.upon import Acts, Upon
from tickets.actions import knocking
from tickets.ledger.tx import Tx


def _knock(upon: Upon, tx: Tx, at: datetime) -> None:
    upon.house.acts.knock(tx, upon.number, desk=upon.desk, by=upon.by, at=at)


def _withdraw(upon: Upon, tx: Tx, at: datetime) -> None:
    knocking.withdraw(tx, upon.number, by=upon.by, at=at)


ACTS: Acts = {"knock": _knock, "withdraw": _withdraw}
