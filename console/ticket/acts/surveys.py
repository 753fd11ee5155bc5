"""What supervisors do about a low score from a ticket's page."""

from datetime import datetime

from console.ticket.acts.upon import Acts, Upon
from tickets.actions import survey
from tickets.ledger.tx import Tx


def _follow_up(upon: Upon, tx: Tx, at: datetime) -> None:
    survey.follow_up(tx, upon.number, upon.form.text("follow_up"), by=upon.by, at=at)


ACTS: Acts = {"follow-up": _follow_up}
