"""Where the answers on a call or a visit go."""

from datetime import datetime

from console.ticket.acts.upon import Acts, Upon
from tickets.actions import reaching
from tickets.ledger.tx import Tx


def _reach(upon: Upon, tx: Tx, at: datetime) -> None:
    reaching.reach(tx, upon.number, upon.form.line("to"), desk=upon.desk, by=upon.by, at=at)


ACTS: Acts = {"reach": _reach}
