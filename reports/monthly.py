"""The monthly report as a file: what the command line and the console ask for."""

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from sqlmodel import Session

from reports.errors import BadFormatError
from reports.files import replacing
from reports.measures import MonthReport, month_report
from reports.periods import Month
from reports.table import write_csv
from reports.workbook import write_workbook
from tickets.desk import Desk

FORMATS = ("xlsx", "csv")


def write_month(
    session: Session,
    *,
    desk: Desk,
    month: str,
    now: datetime,
    format: str,  # noqa: A002  the word of the command line
    path: Path,
    category_names: Mapping[str, str],
    staff_names: Mapping[str, str],
    identities: bool = False,
) -> MonthReport:
    """Write a desk's month (`2026-10`) to a file, whole or not at all, and return what it says.

    Identity numbers are masked unless `identities`. Raises ReportError: no month, one to come, no such format, a path
    that cannot be written.
    """
    if format not in FORMATS:
        raise BadFormatError(format, FORMATS)
    asked = Month.parse(month, zone=desk.calendar.zone, now=now)
    report = month_report(
        session,
        desk=desk,
        month=asked,
        now=now,
        category_names=category_names,
        staff_names=staff_names,
        identities=identities,
    )
    if format == "xlsx":
        write_workbook(report, path, desk.language)
        return report
    with replacing(path) as part, part.open("w", encoding="utf-8", newline="") as file:
        write_csv(report.rows, file, tz=asked.tz)
    return report
