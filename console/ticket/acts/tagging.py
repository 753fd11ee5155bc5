"""Tags put on a ticket and taken off it."""

from datetime import datetime

from console.ticket.acts.upon import Acts, Upon
from tickets.actions import tagging
from tickets.ledger.tx import Tx


def _tag(upon: Upon, tx: Tx, at: datetime) -> None:
    tagging.tag(tx, upon.number, upon.form.line("tag"), desk=upon.desk, by=upon.by, at=at)


def _untag(upon: Upon, tx: Tx, at: datetime) -> None:
    tagging.untag(tx, upon.number, upon.form.line("tag"), by=upon.by, at=at)


ACTS: Acts = {"tag": _tag, "untag": _untag}
