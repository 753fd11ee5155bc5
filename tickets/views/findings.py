"""The register of findings, as pages, programs and reports see it."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import and_, case, func, or_, select
from sqlmodel import Session

from tickets.findings import Effect, Source, Stand, Step, is_in_time, is_overdue
from tickets.tables import Finding, FindingNote

_FINDINGS = Finding.__table__  # type: ignore[attr-defined]
_NOTES = FindingNote.__table__  # type: ignore[attr-defined]


class Show(StrEnum):
    """Which findings a list shows."""

    OPEN = "open"
    OVERDUE = "overdue"
    PROPOSED = "proposed"
    CLOSED = "closed"
    ALL = "all"


@dataclass(frozen=True, kw_only=True)
class FindingView:
    """A line of the register."""

    id: int
    desk: str
    found_at: datetime
    found_by: str  # actor's key
    source: Source
    service: str | None  # `category:<id>`, `procedure:<id>`
    ticket: int | None
    clock: str | None  # of the ticket
    text: str = field(repr=False)
    cause: str = field(repr=False)
    action: str = field(repr=False)
    responsible: str | None  # staff id
    due_on: date | None
    stand: Stand
    proposed_at: datetime | None
    closed_at: datetime | None
    closed_by: str | None
    effect: Effect | None
    result: str | None = field(repr=False)  # what was said last of its being done

    def is_overdue(self, today: date) -> bool:
        return is_overdue(self.stand, self.due_on, today)


@dataclass(frozen=True, kw_only=True)
class NoteView:
    """A line of a finding's history."""

    at: datetime
    by: str
    step: Step
    text: str = field(repr=False)


@dataclass(frozen=True, kw_only=True)
class WantedFindings:
    """What a reader looks for. `desks`: each with its local date."""

    desks: Mapping[str, date]
    show: Show = Show.ALL
    responsible: str | None = None
    source: Source | None = None
    q: str = ""
    since: datetime | None = None  # found from then on
    before: datetime | None = None  # found until then, excluded
    concerns: tuple[datetime, datetime] | None = None  # found, or not closed, within these instants
    only: Mapping[str, str] = field(default_factory=dict)  # desks of which they see only what this person has


def findings(
    session: Session, wanted: WantedFindings, *, most: int | None, skipped: int = 0
) -> list[FindingView]:
    """Return lines of the register: what is not done first, by its day; `most` None: all of them."""
    done = case((_FINDINGS.c.stand == str(Stand.CLOSED), 1), else_=0)
    no_day = case((_FINDINGS.c.due_on.is_(None), 1), else_=0)
    statement = (
        select(_FINDINGS)
        .where(*_conditions(wanted), _shown(wanted, wanted.show))
        .order_by(done, no_day, _FINDINGS.c.due_on, _FINDINGS.c.id.desc())
        .offset(skipped)
    )
    rows = session.execute(statement if most is None else statement.limit(most)).all()
    results = _results(session, [row.id for row in rows])
    return [_view(row, results) for row in rows]


def finding(session: Session, id: int) -> FindingView | None:  # noqa: A002  the column
    """Return one; None if there is no such."""
    row = session.execute(select(_FINDINGS).where(_FINDINGS.c.id == id)).one_or_none()
    return None if row is None else _view(row, _results(session, [id]))


def finding_notes(session: Session, finding: int) -> Sequence[NoteView]:
    """Return its history, oldest first."""
    rows = session.execute(select(_NOTES).where(_NOTES.c.finding == finding).order_by(_NOTES.c.number))
    return [NoteView(at=row.at, by=row.by, step=Step(row.step), text=row.text) for row in rows]


def findings_of_ticket(session: Session, ticket: int) -> list[FindingView]:
    """Return what the register has of a ticket, the oldest first."""
    rows = session.execute(select(_FINDINGS).where(_FINDINGS.c.ticket == ticket).order_by(_FINDINGS.c.id))
    return [_view(row, {}) for row in rows]


def counts(session: Session, wanted: WantedFindings) -> dict[Show, int]:
    """Return how many there are of each list, under the other filters."""
    sums = [func.sum(case((_shown(wanted, show), 1), else_=0)).label(str(show)) for show in Show]
    row = session.execute(select(*sums).where(*_conditions(wanted))).one()
    return {show: int(getattr(row, str(show)) or 0) for show in Show}


def overdue_findings(session: Session, desk: str, today: date) -> int:
    """Return how many are overdue at a desk."""
    found = (_FINDINGS.c.desk == desk, _FINDINGS.c.stand == str(Stand.OPEN), _FINDINGS.c.due_on < today)
    return int(session.execute(select(func.count()).where(*found)).scalar_one())


def findings_in_time(
    session: Session, desk: str, first_on: date, last_on: date, *, now: datetime, tz: ZoneInfo
) -> tuple[int, int]:
    """Return how many findings of a desk that were due on some days, both included, were done in time, and how many were not."""
    table = _FINDINGS.c
    wanted = (table.desk == desk, table.due_on >= first_on, table.due_on <= last_on)
    due = {row.id: row.due_on for row in session.execute(select(table.id, table.due_on).where(*wanted))}
    done, today = _done_at(session, due), now.astimezone(tz).date()
    on = {id_: at.astimezone(tz).date() for id_, at in done.items()}
    kept = Counter(is_in_time(due_on, on.get(id_), today) for id_, due_on in due.items())
    return kept[True], kept[False]


def _done_at(session: Session, ids: Collection[int]) -> dict[int, datetime]:
    """Return when the findings that are done were: when that was said, where a supervisor has not judged otherwise since."""
    done: dict[int, datetime] = {}
    notes = select(_NOTES.c.finding, _NOTES.c.step, _NOTES.c.at).where(_NOTES.c.finding.in_(ids))
    for row in session.execute(notes.order_by(_NOTES.c.finding, _NOTES.c.number)) if ids else ():
        if row.step in {Step.PROPOSED, Step.CLOSED}:
            done.setdefault(row.finding, row.at)
        elif row.step in {Step.SENT_BACK, Step.REOPENED}:
            done.pop(row.finding, None)
    return done


def _conditions(wanted: WantedFindings) -> list[Any]:
    table = _FINDINGS.c
    found: list[Any] = [
        or_(*(_at_desk(wanted, desk) for desk in wanted.desks)) if wanted.desks else table.desk.is_(None)
    ]
    if wanted.responsible is not None:
        found.append(table.responsible == wanted.responsible)
    if wanted.source is not None:
        found.append(table.source == str(wanted.source))
    if wanted.q:
        words = (table.text, table.cause, table.action)
        found.append(or_(*(func.lower(each).contains(wanted.q.lower(), autoescape=True) for each in words)))
    if wanted.since is not None:
        found.append(table.found_at >= wanted.since)
    if wanted.before is not None:
        found.append(table.found_at < wanted.before)
    if wanted.concerns is not None:
        start_at, end_at = wanted.concerns
        found += [table.found_at < end_at, or_(table.closed_at.is_(None), table.closed_at >= start_at)]
    return found


def _at_desk(wanted: WantedFindings, desk: str) -> Any:
    here = _FINDINGS.c.desk == desk
    return and_(here, _FINDINGS.c.responsible == wanted.only[desk]) if desk in wanted.only else here


def _shown(wanted: WantedFindings, show: Show) -> Any:
    table = _FINDINGS.c
    if show is Show.ALL:
        return table.id.is_not(None)
    if show is not Show.OVERDUE:
        return table.stand == str(show)
    late = or_(*(and_(table.desk == desk, table.due_on < today) for desk, today in wanted.desks.items()))
    return and_(table.stand == str(Stand.OPEN), late)


def _results(session: Session, ids: Sequence[int]) -> dict[int, str]:
    """Return what was said last of each finding's being done."""
    said = (
        select(_NOTES.c.finding, _NOTES.c.text)
        .where(_NOTES.c.finding.in_(ids), _NOTES.c.step.in_([str(Step.PROPOSED), str(Step.CLOSED)]))
        .order_by(_NOTES.c.finding, _NOTES.c.number)
    )
    return {row.finding: row.text for row in session.execute(said)} if ids else {}


def _view(row: Any, results: Mapping[int, str]) -> FindingView:
    values = row._asdict()
    del values["remind_at"]
    return FindingView(
        **values
        | {
            "source": Source(row.source), "stand": Stand(row.stand), "effect": Effect(row.effect) if row.effect else None,
            "result": results.get(row.id),
        }
    )  # fmt: skip
