"""The answers to the question after closing as plain tables: one row a question, of any days."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import BinaryIO

from sqlmodel import Session

from reports.errors import BadFormatError
from reports.exports.asked import span_of
from reports.files import poured, replacing
from reports.satisfaction import SurveyRow, satisfaction
from reports.table import plain, write_lines
from tickets.desk import Desk

FORMATS = ("csv", "jsonl")

Value = str | int | datetime | None


def export_surveys(
    session: Session,
    *,
    desk: Desk,
    first_on: date,
    last_on: date,
    format: str,  # noqa: A002  the word of the command line
    to: Path | BinaryIO,
    category_names: Mapping[str, str],
    staff_names: Mapping[str, str],
) -> int:
    """Write the questions asked from one local date to another, both included; how many. Raises ReportError."""
    if format not in FORMATS:
        raise BadFormatError(format, FORMATS)
    start_at, end_at = span_of(desk, first_on, last_on)
    rows = satisfaction(session, desk=desk.slug, start_at=start_at, end_at=end_at).rows
    columns = _columns(category_names, staff_names)
    lines = ({key: plain(of(row), desk.calendar.tz) for key, of in columns.items()} for row in rows)
    if isinstance(to, Path):
        with replacing(to) as part, part.open("w", encoding="utf-8", newline="") as file:
            return write_lines(lines, tuple(columns), format, file)
    with poured(to) as text:
        return write_lines(lines, tuple(columns), format, text)


def _columns(
    category_names: Mapping[str, str], staff_names: Mapping[str, str]
) -> Mapping[str, Callable[[SurveyRow], Value]]:
    return {
        "ticket": lambda row: row.ticket,
        "cycle": lambda row: row.cycle,
        "asked_at": lambda row: row.asked_at,
        "withheld": lambda row: row.withheld,
        "channel": lambda row: row.channel,
        "contact": lambda row: row.contact,
        "subject": lambda row: row.subject,
        "category": lambda row: row.category,
        "category_name": lambda row: category_names.get(row.category or "", row.category),
        "agent": lambda row: row.assignee,
        "agent_name": lambda row: staff_names.get(row.assignee or "", row.assignee),
        "scale": lambda row: row.scale,
        "score": lambda row: row.score,
        "comment": lambda row: row.remark,
        "answered_at": lambda row: row.answered_at,
        "found_at": lambda row: row.found_at,
        "followed_up_at": lambda row: row.followed_up_at,
        "followed_up_by": lambda row: row.followed_up_by,
        "follow_up": lambda row: row.follow_up,
    }
