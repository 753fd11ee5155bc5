"""Of which months the history went whole that a file tells of: said beside it, for a file of keys has no place for it."""

from collections.abc import Sequence
from datetime import date

from sqlmodel import Session

from reports.exports.asked import FINDINGS, WHAT
from reports.gone import months_gone
from reports.making.order import SCORECARD, Order
from reports.scorecard.card import TREND


def gone_of(session: Session, order: Order, desks: Sequence[str], *, today: date) -> tuple[str, ...]:
    """Return the months, such as 2026-11, of an export or a scorecard of these desks, in their order.

    Others have none: findings and surveys keep theirs, and a report says so in itself.
    """
    span = _span(order, today)
    if span is None:
        return ()
    first_on, last_on = span
    gone = {
        month
        for desk in desks
        for month in months_gone(session, desk=desk, first_on=first_on, last_on=last_on)
    }
    return tuple(sorted(gone))


def _span(order: Order, today: date) -> tuple[date, date] | None:
    if order.what == SCORECARD:
        return _span_of_card(order.period, today)
    if order.what in WHAT and order.what != FINDINGS and order.first_on and order.last_on:
        return order.first_on, order.last_on
    return None


def _span_of_card(period: str, today: date) -> tuple[date, date]:
    """Return the days of a year or a month, and of the months before it that its trend goes back."""
    year, _, number = period.partition("-")
    first = date(int(year), int(number or 1), 1)
    last = min(date(int(year), int(number or 12), 1), today.replace(day=1))
    begun = last.year * 12 + last.month - TREND  # months since the year 0, of which the first is a January
    return min(first, date(begun // 12, begun % 12 + 1, 1)), last
