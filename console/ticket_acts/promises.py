"""What supervisors do about a promise from a ticket's page: look after it, give it more time."""

from datetime import datetime

from console.ticket_acts.upon import Acts, Upon
from tickets.actions import promises
from tickets.actions.errors import UnknownValueError
from tickets.hours import HoursError, Span
from tickets.ledger.writer import Tx


def _acknowledge(upon: Upon, tx: Tx, at: datetime) -> None:
    promises.acknowledge(tx, upon.number, _clock(upon), by=upon.by, at=at)


def _extend(upon: Upon, tx: Tx, at: datetime) -> None:
    within = upon.form.line("within")
    try:
        length = Span.parse(within)
    except HoursError as error:
        raise UnknownValueError(str(error), field="within", value=within) from error
    reason = upon.form.line("reason")
    promises.extend_by(tx, upon.number, _clock(upon), length, reason=reason, by=upon.by, at=at)


def _clock(upon: Upon) -> tuple[str, str, int]:
    """Read which clock the form is about."""
    key = upon.form.line("clock")
    kind, _, rest = key.partition(".")
    cycle, _, subject = rest.partition(".")
    if not cycle.isdecimal():
        raise UnknownValueError("no clock is called so", field="clock", value=key)
    return kind, subject, int(cycle[:9])


ACTS: Acts = {"acknowledge": _acknowledge, "extend": _extend}
