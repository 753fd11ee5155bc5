"""Handing a ticket to a second-line team, and back with what was found."""

from datetime import datetime

from console.ticket.acts.upon import Acts, Upon
from tickets.actions import second_line
from tickets.ledger.tx import Tx


def _escalate(upon: Upon, tx: Tx, at: datetime) -> None:
    team, reason = upon.form.line("team") or None, upon.form.line("reason") or None
    upon.house.acts.escalate(tx, upon.number, team, desk=upon.desk, by=upon.by, at=at, reason=reason)


def _return(upon: Upon, tx: Tx, at: datetime) -> None:
    second_line.give_back(tx, upon.number, upon.form.text("finding"), desk=upon.desk, by=upon.by, at=at)


ACTS: Acts = {"escalate": _escalate, "return": _return}
