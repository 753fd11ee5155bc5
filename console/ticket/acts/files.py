"""Files of the contact."""

from datetime import datetime

from console.ticket.acts.upon import Acts, Upon
from tickets.actions import fetching
from tickets.ledger.tx import Tx


def _fetch(upon: Upon, tx: Tx, at: datetime) -> None:
    fetching.fetch_again(tx, upon.number, by=upon.by, at=at)


ACTS: Acts = {"fetch": _fetch}
