"""Who the contact is: written down, looked up, vouched for or disputed, proven by a code, joined and parted."""

from datetime import datetime

from console.ids import number_in
from console.ticket.acts.upon import Acts, Upon
from tickets.actions import identity, joining
from tickets.actions.errors import UnknownValueError
from tickets.ledger.tx import Tx


def _write_down(upon: Upon, tx: Tx, at: datetime) -> None:
    form = upon.form
    identity.write_down(
        tx, upon.number, by=upon.by, at=at, name=form.line("name") or None, identity_number=form.line("number") or None,
        unit=form.line("unit") or None, email=form.line("email").lower() or None,
    )  # fmt: skip


def _check(upon: Upon, tx: Tx, at: datetime) -> None:
    identity.check(tx, upon.number, desk=upon.desk, by=upon.by, at=at)


def _confirm(upon: Upon, tx: Tx, at: datetime) -> None:
    identity.confirm(tx, upon.number, by=upon.by, at=at, reason=upon.form.line("reason") or None)


def _dispute(upon: Upon, tx: Tx, at: datetime) -> None:
    identity.dispute(tx, upon.number, by=upon.by, at=at, reason=upon.form.line("reason") or None)


def _send_code(upon: Upon, tx: Tx, at: datetime) -> None:
    upon.house.acts.send_code(tx, upon.number, desk=upon.desk, by=upon.by, at=at)


def _join(upon: Upon, tx: Tx, at: datetime) -> None:
    given = upon.form.line("other").lstrip("#")
    other = number_in(given)
    if other is None:
        raise UnknownValueError("a ticket's number is needed", field="ticket", value=given[:40])
    reason = upon.form.line("reason") or None
    joining.join(tx, upon.number, other, by=upon.by, at=at, reason=reason)


def _part(upon: Upon, tx: Tx, at: datetime) -> None:
    joining.part(tx, upon.number, by=upon.by, at=at, join_id=upon.form.number("join"))


ACTS: Acts = {
    "identity": _write_down,
    "check-identity": _check,
    "confirm-identity": _confirm,
    "dispute-identity": _dispute,
    "send-code": _send_code,
    "join": _join,
    "part": _part,
}
