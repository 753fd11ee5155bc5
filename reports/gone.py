"""Months of which rows went whole, for they were kept for long enough: what is measured of them says so."""

from collections.abc import Iterable
from datetime import date

from sqlmodel import Session

from reports.labels import Labels
from tickets import removals


def months_gone(session: Session, *, desk: str, first_on: date, last_on: date) -> tuple[str, ...]:
    """Return those of a desk's months between two days, such as 2026-11, in their order."""
    first, last = f"{first_on:%Y-%m}", f"{last_on:%Y-%m}"
    gone = {month for each in removals.gone_whole(session, desk=desk) for month in each.months}
    return tuple(sorted(month for month in gone if first <= month <= last))


def said_of_gone(months: Iterable[str], labels: Labels) -> str | None:
    """Return what figures of such months are worth; None where there are none."""
    named = months_named(months, labels)
    return labels("gone_months", months=named) if named else None


def months_named(months: Iterable[str], labels: Labels) -> str:
    """Return what months such as 2026-11 are called, in their order."""
    return ", ".join(labels.month(*map(int, month.split("-"))) for month in sorted(set(months)))
