"""What nobody asked for: spam, blocked addresses, and the way back."""

from datetime import datetime

from console.ticket.acts.upon import Acts, Upon
from procedures import carrying
from tickets import ticket as tickets_
from tickets.actions import blocking, spam
from tickets.ledger.tx import Tx


def _spam(upon: Upon, tx: Tx, at: datetime) -> None:
    reason = upon.form.line("reason") or None
    spam.mark_spam(tx, upon.number, by=upon.by, at=at, reason=reason)
    if upon.form.line("block"):
        _block(upon, tx, at)


def _restore(upon: Upon, tx: Tx, at: datetime) -> None:
    carrying.bring_back(tx, upon.number, by=upon.by, at=at)


def _block(upon: Upon, tx: Tx, at: datetime) -> None:
    address = tickets_.load(tx, upon.number).address
    if address is not None:
        reason = upon.form.line("reason") or None
        blocking.block(tx, address, by=upon.by, at=at, reason=reason, ticket=upon.number)


ACTS: Acts = {"spam": _spam, "restore": _restore, "block": _block}
