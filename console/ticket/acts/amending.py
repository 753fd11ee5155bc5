"""Answers and notes that are changed, taken back, or sent again."""

from datetime import datetime

from console.ticket.acts.upon import Acts, Upon
from tickets.actions import amending, resending
from tickets.actions.errors import UnknownValueError
from tickets.ledger.tx import Tx


def _message(upon: Upon) -> int:
    message = upon.form.number("message")
    if message is None:
        raise UnknownValueError("there is no such message", field="message", value=upon.form.line("message"))
    return message


def _amend(upon: Upon, tx: Tx, at: datetime) -> None:
    amending.amend(tx, upon.number, _message(upon), upon.form.text("text"), by=upon.by, at=at)


def _withdraw(upon: Upon, tx: Tx, at: datetime) -> None:
    amending.withdraw(tx, upon.number, _message(upon), by=upon.by, at=at)


def _send_again(upon: Upon, tx: Tx, at: datetime) -> None:
    resending.send_again(tx, upon.number, _message(upon), by=upon.by, at=at)


ACTS: Acts = {"amend": _amend, "withdraw_message": _withdraw, "send_again": _send_again}
