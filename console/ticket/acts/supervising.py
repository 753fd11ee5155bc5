"""What supervisors do from a ticket's page."""

from datetime import datetime

from console.ticket.acts.upon import Acts, Upon
from tickets.actions import supervising
from tickets.ledger.tx import Tx


def _verify(upon: Upon, tx: Tx, at: datetime) -> None:
    supervising.verify(tx, upon.number, by=upon.by, at=at)


def _send_back(upon: Upon, tx: Tx, at: datetime) -> None:
    note = upon.form.text("note")
    upon.house.acts.send_back(tx, upon.number, note, desk=upon.desk, by=upon.by, at=at)


ACTS: Acts = {"verify": _verify, "send-back": _send_back}
