"""What can be seen to be wrong with an order before anything is made."""

from sqlmodel import Session

from reports import monthly
from reports.errors import BadFormatError, ReportError
from reports.exports.asked import FORMATS, WHAT, span_of
from reports.filed import closing
from reports.making import measured
from reports.making.order import CLOSING, OF_MONTHS, Order, Surroundings, whose
from tickets.search import SearchIndex


def check(session: Session, order: Order, index: SearchIndex | None, around: Surroundings) -> None:
    """Raise ReportError for what can be seen to be wrong before anything is made."""
    if order.what in OF_MONTHS:
        monthly.check(order.of_month, desk=around.desk, now=around.now, known=around.known)
        if order.what == CLOSING:
            closing.check(session, order.month, desk=around.desk, now=around.now)
    elif order.what in measured.KINDS:
        measured.check(order, around)
    else:
        _check_export(session, order, index, around)


def _check_export(session: Session, order: Order, index: SearchIndex | None, around: Surroundings) -> None:
    if order.what not in WHAT:
        raise ReportError(f'"{order.what[:40]}" cannot be taken out; expected {" or ".join(WHAT)}')
    if order.format not in FORMATS:
        raise BadFormatError(order.format, FORMATS)
    asked = order.of_days(whose(session, order, index, around)[0].only)
    for desk in (around.desk, *(each.desk for each in around.beside)):
        span_of(desk, asked.first_on, asked.last_on)
