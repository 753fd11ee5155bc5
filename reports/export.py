"""The ticket export: any span of days, of any size, one row a ticket, streamed page by page in constant memory.

It has the columns of the monthly report, and the same query behind it.
"""

import io
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import BinaryIO

from sqlalchemy import ColumnElement
from sqlmodel import Session

from reports.errors import BadFormatError, BadSpanError, ReportError, UnwritableError
from reports.files import replacing
from reports.labels import Labels
from reports.measures import names_of
from reports.rows import TicketRow, ticket_rows
from reports.sheets import Book
from reports.table import write_csv, write_json_lines
from reports.workbook import ticket_cells, ticket_headings
from tickets.desk import Desk

FORMATS = ("csv", "xlsx", "jsonl")
SHEET_ROWS = 1_048_575  # what a sheet holds below its header
_LAST_DAY = date(9999, 12, 30)


def export_tickets(
    session: Session,
    *,
    desk: Desk,
    first_on: date,
    last_on: date,
    now: datetime,
    format: str,  # noqa: A002  the word of the command line
    to: Path | BinaryIO,
    category_names: Mapping[str, str],
    staff_names: Mapping[str, str],
    conditions: Sequence[ColumnElement[bool]] = (),
    identities: bool = False,
) -> int:
    """Write the tickets created from one local date to another, both included; how many.

    A path gets a whole file or none; a stream (standard output, an answer over HTTP) gets what comes. Raises
    ReportError.
    """
    if format not in FORMATS:
        raise BadFormatError(format, FORMATS)
    start_at, end_at = span_of(desk, first_on, last_on)
    rows = ticket_rows(
        session,
        desk=desk.slug,
        start_at=start_at,
        end_at=end_at,
        now=now,
        names=names_of(desk, category_names=category_names, staff_names=staff_names),
        conditions=conditions,
        identities=identities,
    )
    if not isinstance(to, Path):
        try:
            return _written(rows, format, to, desk=desk, now=now)
        except OSError as error:
            raise UnwritableError(f"the export stopped: {error.strerror or error}") from error
    with replacing(to) as part, part.open("wb") as file:
        return _written(rows, format, file, desk=desk, now=now)


def span_of(desk: Desk, first_on: date, last_on: date) -> tuple[datetime, datetime]:
    """Return where local dates begin and end, both included. Raises BadSpanError."""
    if last_on < first_on:
        raise BadSpanError(f"{last_on} is before {first_on}; expected an earlier day first")
    return _midnight(desk, first_on), _midnight(desk, min(last_on, _LAST_DAY) + timedelta(days=1))


def _written(rows: Iterable[TicketRow], format: str, file: BinaryIO, *, desk: Desk, now: datetime) -> int:  # noqa: A002
    if format == "xlsx":
        return _workbook(rows, file, desk=desk, now=now)
    write = write_csv if format == "csv" else write_json_lines
    text = io.TextIOWrapper(file, encoding="utf-8", newline="")
    try:
        return write(rows, text, tz=desk.calendar.tz)
    finally:
        text.detach()  # flushes, and leaves the stream to whoever opened it


def _workbook(rows: Iterable[TicketRow], file: BinaryIO, *, desk: Desk, now: datetime) -> int:
    labels = Labels(desk.language)
    title = f"{labels('sheet.tickets')}: {desk.name}"
    cells = (ticket_cells(row, labels) for row in _fitting(rows))
    with Book(
        file, language=labels.language, tz=desk.calendar.tz, author=desk.name, title=title, at=now
    ) as book:
        return book.long_table(
            labels("sheet.tickets"), code="tbl_tickets", headings=ticket_headings(labels), rows=cells,
            empty=labels("empty.export"), pages_wide=3,
        )  # fmt: skip


def _fitting(rows: Iterable[TicketRow]) -> Iterable[TicketRow]:
    for count, row in enumerate(rows, start=1):
        if count > SHEET_ROWS:
            raise ReportError(
                f"a sheet holds {SHEET_ROWS:,} tickets and there are more; ask for csv or jsonl"
            )
        yield row


def _midnight(desk: Desk, day: date) -> datetime:
    try:
        return datetime(day.year, day.month, day.day, tzinfo=desk.calendar.tz).astimezone(UTC)
    except OverflowError as error:
        raise BadSpanError(f"{day} lies at the edge of the calendar") from error
