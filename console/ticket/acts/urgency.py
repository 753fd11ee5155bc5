"""How urgent a ticket is, and until when nothing needs to be done about it."""

from datetime import datetime, timedelta

from console.ticket.acts.upon import Acts, Upon
from tickets.actions import prioritising, snoozing
from tickets.actions.errors import UnknownValueError
from tickets.ledger.tx import Tx


def tomorrow(now: datetime) -> str:
    """Return the morning of tomorrow as a form's field wants it: until when most things can wait."""
    return f"{(now + timedelta(days=1)).date().isoformat()}T08:00"


def _prioritise(upon: Upon, tx: Tx, at: datetime) -> None:
    prioritising.prioritise(
        tx, upon.number, upon.form.line("priority"), desk=upon.desk, by=upon.by, at=at
    )  # fmt: skip


def _snooze(upon: Upon, tx: Tx, at: datetime) -> None:
    until = upon.form.moment("until", upon.desk.desk.calendar.tz)
    if until is None:
        raise UnknownValueError("until when?", field="until", value=upon.form.line("until"))
    reason = upon.form.line("reason") or None
    snoozing.snooze(tx, upon.number, until, by=upon.by, at=at, reason=reason)


def _wake(upon: Upon, tx: Tx, at: datetime) -> None:
    snoozing.wake(tx, upon.number, by=upon.by, at=at)


ACTS: Acts = {"priority": _prioritise, "snooze": _snooze, "wake": _wake}
