"""Closing a month: what was reported is kept as figures, and what is otherwise afterwards is told as a correction.

Nothing is held fast: tickets of a closed month are reopened, merged and recategorised like others. A report of it that is made later
says which figures have changed since, and what happened to which ticket.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, select, update
from sqlmodel import Session

from reports.errors import ReportError
from reports.figures import HEADLINES
from reports.filed.tables import ClosedMonth, FiledReport
from reports.measures import MonthReport
from reports.periods import Month
from tickets.actions.rights import require
from tickets.actor import Actor, Role
from tickets.desk import Desk
from tickets.ledger.events import append
from tickets.ledger.prepared import Prepared, inserting
from tickets.ledger.tx import Tx
from tickets.tables import Event, Ticket

CLOSED, REOPENED = "month.closed", "month.reopened"
# What moves a figure of a month that is over.
CAUSES = (
    "ticket.solved", "ticket.reopened", "ticket.categorised", "ticket.merged", "ticket.spam", "ticket.restored",
    "ticket.moved", "clock.breached", "clock.withdrawn", "delivery.failed",
)  # fmt: skip
MOST_CAUSES = 500

Figures = Mapping[str, float | int | None]  # lengths in seconds

_CLOSED = ClosedMonth.__table__  # type: ignore[attr-defined]
_FILED = FiledReport.__table__  # type: ignore[attr-defined]
_EVENTS = Event.__table__  # type: ignore[attr-defined]
_TICKETS = Ticket.__table__  # type: ignore[attr-defined]
_INSERT = inserting(ClosedMonth)
_NOW_CLOSED = select(_CLOSED).where(
    _CLOSED.c.desk == bindparam("desk"), _CLOSED.c.month == bindparam("month"), _CLOSED.c.reopened_at.is_(None)
)  # fmt: skip
_FIND = Prepared(_NOW_CLOSED)
_REOPEN = Prepared(
    update(_CLOSED)
    .where(_CLOSED.c.id == bindparam("of_id"))
    .values(reopened_by=bindparam("by"), reopened_at=bindparam("at"))
)
_OF_DESK = (
    select(_CLOSED, _FILED.c.discarded_at.is_(None).label("is_kept"))
    .join(_FILED, _FILED.c.id == _CLOSED.c.report)
    .where(_CLOSED.c.desk == bindparam("desk")).order_by(_CLOSED.c.month.desc(), _CLOSED.c.id.desc())
)  # fmt: skip
_SINCE = (
    select(_EVENTS.c.at, _EVENTS.c.kind, _EVENTS.c.ticket, _EVENTS.c.actor, _EVENTS.c.data)
    .select_from(_EVENTS.join(_TICKETS, _TICKETS.c.number == _EVENTS.c.ticket))
    .where(
        _EVENTS.c.desk == bindparam("desk"), _EVENTS.c.at > bindparam("closed_at"), _EVENTS.c.kind.in_(CAUSES),
        _TICKETS.c.created_at >= bindparam("start_at"), _TICKETS.c.created_at < bindparam("end_at"),
    )
    .order_by(_EVENTS.c.at, _EVENTS.c.id)
    .limit(MOST_CAUSES + 1)
)  # fmt: skip


class ClosedAlreadyError(ReportError):
    """The month is closed already."""

    def __init__(self, month: str) -> None:
        super().__init__(f"{month} is closed already; reopen it first")


class StillRunningError(ReportError):
    """Only a month that is over is closed."""

    def __init__(self, month: str) -> None:
        super().__init__(f"{month} is not over yet; it is closed once it is")


class NotClosedError(ReportError):
    """The month is not closed."""

    def __init__(self, month: str) -> None:
        super().__init__(f"{month} is not closed")


@dataclass(frozen=True, kw_only=True)
class Closing:
    """A month that was closed, and perhaps opened again."""

    id: int
    desk: str
    month: str
    figures: Figures
    report: int
    closed_by: str
    closed_at: datetime
    reopened_by: str | None
    reopened_at: datetime | None
    is_kept: bool = True  # the file of the report with which it was closed


@dataclass(frozen=True, kw_only=True)
class Change:
    """A figure that is not what was reported."""

    key: str
    before: float | int | None
    after: float | int | None


@dataclass(frozen=True, kw_only=True)
class Cause:
    """What has happened since to a ticket of the month."""

    at: datetime
    kind: str
    ticket: int
    by: str | None  # actor
    before: str | None = None  # of one that was recategorised: the category's id
    after: str | None = None
    into: int | None = None  # of one that was merged
    promise: str | None = None  # the kind that was broken, or was not after all


@dataclass(frozen=True, kw_only=True)
class Corrections:
    """What is otherwise than when the month was closed."""

    closing: Closing
    changes: tuple[Change, ...]
    causes: tuple[Cause, ...]  # the earliest first
    more: bool  # there are more causes than are told


@dataclass(frozen=True, kw_only=True)
class ToClose:
    """What is kept of a month that is closed."""

    desk: str
    month: str
    is_running: bool
    figures: Figures
    at: datetime


def to_close(report: MonthReport) -> ToClose:
    """Return what is kept of the month that a report tells of."""
    return ToClose(
        desk=report.desk, month=str(report.month), is_running=report.month.running, figures=figures_of(report),
        at=report.made_at,
    )  # fmt: skip


def check(session: Session, month: str, *, desk: Desk, now: datetime) -> None:
    """Raise what would keep a month from being closed: BadMonthError, StillRunningError, ClosedAlreadyError."""
    if Month.parse(month, zone=desk.calendar.zone, now=now).running:
        raise StillRunningError(month)
    if session.execute(_NOW_CLOSED, {"desk": desk.slug, "month": month}).first() is not None:
        raise ClosedAlreadyError(month)


def figures_of(report: MonthReport) -> Figures:
    """Return the figures that are compared with those of a closed month."""
    counts: dict[str, float | int | None] = {
        "tickets_in": report.tickets, "finished": report.finished, "uncategorised": len(report.uncategorised),
        "reopened": report.reopened, "breached": len(report.breaches), "spam": report.left_out.spam,
        "merged": report.left_out.merged,
    }  # fmt: skip
    for kind in HEADLINES:
        promise = report.promise(kind)
        counts[f"share/{kind}"] = promise.share
        counts[f"median/{kind}"] = promise.median.total_seconds() if promise.median is not None else None
    return counts | {f"category/{group.key}": group.tickets for group in report.categories if group.key}


def close(tx: Tx, month: ToClose, *, filed: int, by: Actor) -> None:
    """Close a month as its report tells of it; `filed` is that report in the archive.

    Raises NotAllowedError, StillRunningError, ClosedAlreadyError.
    """
    require(by, Role.SUPERVISOR, month.desk)
    close_as_asked(tx, month, filed=filed, by=by.key)


def close_as_asked(tx: Tx, month: ToClose, *, filed: int, by: str) -> None:
    """Close it for an actor whose right to it was looked at when they asked.

    Raises StillRunningError, ClosedAlreadyError.
    """
    if month.is_running:
        raise StillRunningError(month.month)
    if tx.one(_FIND, desk=month.desk, month=month.month) is not None:
        raise ClosedAlreadyError(month.month)
    tx.run(
        _INSERT, id=tx.next_id("closed_months"), desk=month.desk, month=month.month, figures=dict(month.figures),
        report=filed, closed_by=by, closed_at=month.at, reopened_by=None, reopened_at=None,
    )  # fmt: skip
    append(tx, CLOSED, desk=month.desk, at=month.at, subject=month.month, actor=by, report=filed)


def reopen(tx: Tx, desk: str, month: str, *, by: Actor, at: datetime) -> None:
    """Open a closed month again. Raises NotAllowedError, NotClosedError."""
    require(by, Role.SUPERVISOR, desk)
    found = tx.one(_FIND, desk=desk, month=month)
    if found is None:
        raise NotClosedError(month)
    tx.run(_REOPEN, of_id=found.id, by=by.key, at=at)
    append(tx, REOPENED, desk=desk, at=at, subject=month, actor=by.key)


def closings(session: Session, desk: str) -> list[Closing]:
    """Return the months that were ever closed, the newest first."""
    return [Closing(**row._asdict()) for row in session.execute(_OF_DESK, {"desk": desk})]


def corrections(session: Session, report: MonthReport) -> Corrections | None:
    """Return what has changed since the month was closed; None where it is not, or the report is of a part of it."""
    row = session.execute(_NOW_CLOSED, {"desk": report.desk, "month": str(report.month)}).first()
    if row is None or not report.part.is_whole:
        return None
    closing = Closing(**row._asdict())
    causes = session.execute(
        _SINCE,
        {
            "desk": report.desk, "closed_at": closing.closed_at, "start_at": report.month.start_at,
            "end_at": report.month.end_at,
        },
    ).all()  # fmt: skip
    return Corrections(
        closing=closing, changes=_changes(closing.figures, figures_of(report)),
        causes=tuple(_cause(each) for each in causes[:MOST_CAUSES] if _moves_figures(each)), more=len(causes) > MOST_CAUSES,
    )  # fmt: skip


def _changes(kept: Figures, now: Figures) -> tuple[Change, ...]:
    pairs = ((key, kept.get(key, 0), now.get(key, 0)) for key in {**kept, **now})
    return tuple(
        Change(key=key, before=before, after=after) for key, before, after in pairs if before != after
    )


def _moves_figures(event: Any) -> bool:
    """Whether it does: an answer that did not arrive is none any more, a receipt of the bot's never was one."""
    return event.kind != "delivery.failed" or (event.data or {}).get("author") != "bot"


def _cause(event: Any) -> Cause:
    data = event.data or {}
    found = Cause(at=event.at, kind=event.kind, ticket=event.ticket, by=event.actor)
    match event.kind:
        case "ticket.categorised":  # one reopened names its category, too, which nobody has changed
            return replace(found, before=data.get("before"), after=data.get("category"))
        case "ticket.merged":
            return replace(found, into=data.get("into"))
        case "clock.breached" | "clock.withdrawn":
            return replace(found, promise=data.get("clock"))
        case _:
            return found
