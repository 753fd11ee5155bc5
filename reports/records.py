"""The records under the tickets of some days: their messages, clocks or cases, one a line, of any number.

One question to the database answers all of it, so that what comes while it is written is not half in it; its rows are
fetched as they are written, in memory that does not grow with them.
"""

import io
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any, BinaryIO

from sqlalchemy import ColumnElement, Row, Select, select
from sqlmodel import Session

from procedures.cases.tables import Case
from procedures.words.masking import hidden, whole
from reports.columns import Value
from reports.errors import BadFormatError, UnwritableError
from reports.export import span_of
from reports.files import replacing
from reports.rows import COUNTED, Reckoning, masked
from reports.table import plain, write_lines
from tickets.desk import Desk
from tickets.tables import Clock, Message, Ticket

FORMATS = ("csv", "jsonl")
FETCHED = 1_000  # rows at a time

_TICKETS = Ticket.__table__  # type: ignore[attr-defined]
_MESSAGES = Message.__table__  # type: ignore[attr-defined]
_CLOCKS = Clock.__table__  # type: ignore[attr-defined]
_CASES = Case.__table__  # type: ignore[attr-defined]
_OLDEST_FIRST = (_TICKETS.c.created_at, _TICKETS.c.number)


@dataclass(frozen=True, kw_only=True)
class Asked:
    """Which records are asked for: those of the tickets created from one local date to another, both included."""

    what: str  # messages, clocks, cases
    first_on: date
    last_on: date
    format: str = "csv"
    conditions: Sequence[ColumnElement[bool]] = ()  # of their tickets (reports/filtered.py)
    identities: bool = False  # numbers and addresses written out, which are masked otherwise


Line = Mapping[str, Value]


def _of(table: Any, key: Any) -> Select[Any]:
    return (
        select(table)
        .select_from(_TICKETS.join(table, table.c.ticket == _TICKETS.c.number))
        .order_by(*_OLDEST_FIRST, key)
    )


def _message(row: Row[Any], _reckoning: Reckoning, *, identities: bool) -> Line:
    words = whole if identities else hidden
    return {
        "id": row.id, "ticket": row.ticket, "at": row.at, "channel": row.channel, "direction": row.direction,
        "author": row.author, "actor": row.actor, "sender_name": row.sender_name,
        "sender_address": row.sender_address if identities else masked(row.sender_address),
        "subject": row.subject and words(row.subject), "text": words(row.text), "automatic": int(row.automatic),
        "delivery": row.delivery, "team": row.team, "edited_at": row.edited_at,
    }  # fmt: skip


def _clock(row: Row[Any], reckoning: Reckoning, *, identities: bool) -> Line:  # noqa: ARG001  no number is in one
    told = reckoning.promise(row, ())
    return {
        "ticket": row.ticket, "kind": row.kind, "subject": row.subject, "cycle": row.cycle, "promise": row.promise,
        "started_at": row.started_at, "due_at": row.due_at, "met_at": row.met_at, "met_by": row.met_by,
        "breached_at": told.breached_at, "ended_at": row.ended_at, "paused_at": row.paused_at,
        "extended_at": row.extended_at, "outcome": str(told.outcome), "minutes": told.took, "late_minutes": told.late,
    }  # fmt: skip


def _case(row: Row[Any], _reckoning: Reckoning, *, identities: bool) -> Line:  # noqa: ARG001  nor here
    return {
        "id": row.id, "ticket": row.ticket, "procedure": row.procedure, "revision": row.revision,
        "begun_at": row.begun_at, "begun_by": row.begun_by, "reached": row.reached, "ended": row.ended,
        "ended_at": row.ended_at, "parent": row.parent, "parent_step": row.parent_step,
    }  # fmt: skip


_KINDS: Mapping[str, tuple[Select[Any], Callable[..., Line]]] = {
    "messages": (_of(_MESSAGES, _MESSAGES.c.id), _message),
    "clocks": (_of(_CLOCKS, _CLOCKS.c.started_at), _clock),
    "cases": (_of(_CASES, _CASES.c.id), _case),
}
KEYS: Mapping[str, tuple[str, ...]] = {
    "messages": ("id", "ticket", "at", "channel", "direction", "author", "actor", "sender_name", "sender_address",
                 "subject", "text", "automatic", "delivery", "team", "edited_at"),
    "clocks": ("ticket", "kind", "subject", "cycle", "promise", "started_at", "due_at", "met_at", "met_by",
               "breached_at", "ended_at", "paused_at", "extended_at", "outcome", "minutes", "late_minutes"),
    "cases": ("id", "ticket", "procedure", "revision", "begun_at", "begun_by", "reached", "ended", "ended_at",
              "parent", "parent_step"),
}  # fmt: skip


def export_records(
    session: Session, asked: Asked, to: Path | BinaryIO, *, desk: Desk, now: datetime,
    progress: Callable[[], None] = lambda: None,
) -> int:  # fmt: skip
    """Write them, a path whole or not at all; how many. `progress` hears of each line. Raises ReportError."""
    if asked.format not in FORMATS:
        raise BadFormatError(asked.format, FORMATS)
    lines = _lines(session, asked, desk=desk, now=now, progress=progress)
    if isinstance(to, Path):
        with replacing(to) as part, part.open("w", encoding="utf-8", newline="") as file:
            return write_lines(lines, KEYS[asked.what], asked.format, file)
    text = io.TextIOWrapper(to, encoding="utf-8", newline="")
    try:
        return write_lines(lines, KEYS[asked.what], asked.format, text)
    except OSError as error:
        raise UnwritableError(f"the export stopped: {error.strerror or error}") from error
    finally:
        text.detach()  # flushes, and leaves the stream to whoever opened it


def _lines(
    session: Session, asked: Asked, *, desk: Desk, now: datetime, progress: Callable[[], None]
) -> Iterator[dict[str, str | int | float | None]]:
    start_at, end_at = span_of(desk, asked.first_on, asked.last_on)
    wanted, tell = _KINDS[asked.what]
    scope = (
        _TICKETS.c.desk == desk.slug,
        _TICKETS.c.created_at >= start_at,
        _TICKETS.c.created_at < end_at,
        COUNTED,
    )
    found = session.execute(wanted.where(*scope, *asked.conditions), execution_options={"yield_per": FETCHED})
    reckoning, tz = Reckoning(session, now=now), desk.calendar.tz
    for row in found:
        yield {
            key: plain(value, tz) for key, value in tell(row, reckoning, identities=asked.identities).items()
        }
        progress()
