"""What supervisors do about a promise from a ticket's page: look after it, give it more time."""

from datetime import datetime

from console.ticket.acts.upon import Acts, Upon
from console.ticket.clock_keys import clock_key
from tickets.actions import promises
from tickets.actions.errors import UnknownValueError
from tickets.hours import HoursError, Span
from tickets.ledger.tx import Tx


def _acknowledge(upon: Upon, tx: Tx, at: datetime) -> None:
    promises.acknowledge(tx, upon.number, clock_key(upon.form.line("clock")), by=upon.by, at=at)


def _extend(upon: Upon, tx: Tx, at: datetime) -> None:
    within = upon.form.line("within")
    try:
        length = Span.parse(within)
    except HoursError as error:
        raise UnknownValueError(str(error), field="within", value=within) from error
    reason = upon.form.line("reason")
    promises.extend_by(
        tx, upon.number, clock_key(upon.form.line("clock")), length, reason=reason, by=upon.by, at=at
    )


ACTS: Acts = {"acknowledge": _acknowledge, "extend": _extend}
