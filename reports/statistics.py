"""The figures of any days and any part of a desk's tickets: what the page of statistics and the API show.

The same figures as the month's report has, by the same definitions (docs/reports.md), but summed up in the database, by
what tickets have in common. How long an answer took only the desk's own hours say: when clocks ran comes as lists by what they were promised, and each list
is counted at once.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import numpy as np
from sqlalchemy import BigInteger, Row, Select, Text, and_, bindparam, cast, func, select, type_coerce
from sqlmodel import Session

from reports.counted import COUNTED
from reports.figures import FINISHED, HEADLINES, Attainment, Day, Group
from reports.gone import months_gone
from reports.indicators import IN_TIME, LATE, many
from reports.lengths import MICROSECOND, NO_PAUSES, Numbers, Runs, all_counted
from reports.listing import gathering, instants, listed, microseconds
from reports.part import KEY, WHOLE, Part
from reports.periods import Days
from reports.reckoning import Reckoning
from reports.rows import Names
from reports.sums import QUARTER, Begun, ByHour, Key, Sum, groups, over_time, whole_of
from tickets.hours import Span
from tickets.tables import Clock, Ticket

_TICKETS = Ticket.__table__  # type: ignore[attr-defined]
_CLOCKS = Clock.__table__  # type: ignore[attr-defined]
_IS_FINISHED = _TICKETS.c.status.in_([str(status) for status in FINISHED])
ASKED = and_(
    _TICKETS.c.desk == bindparam("desk"), _TICKETS.c.created_at >= bindparam("start_at"),
    _TICKETS.c.created_at < bindparam("end_at"), COUNTED,
)  # fmt: skip
_COUNTED = (
    select(*KEY, func.count().label("tickets"), many(_IS_FINISHED).label("finished"))
    .where(ASKED)
    .group_by(*KEY)
)
_ENDED = and_(_CLOCKS.c.breached_at.is_(None), _CLOCKS.c.met_at.is_(None), _CLOCKS.c.ended_at.is_not(None))
OF_CLOCKS = _TICKETS.join(_CLOCKS, _CLOCKS.c.ticket == _TICKETS.c.number)
_TERMS = (_CLOCKS.c.promise, _CLOCKS.c.terms_of, _CLOCKS.c.revision)
_KEPT = (
    select(
        *KEY, _CLOCKS.c.kind, *_TERMS, func.count().label("clocks"), many(IN_TIME).label("met"),
        many(LATE).label("breached"), many(_ENDED).label("ended"),
    )
    .select_from(OF_CLOCKS)
    .where(ASKED, _CLOCKS.c.kind.in_(HEADLINES))
    .group_by(*KEY, _CLOCKS.c.kind, *_TERMS)
)  # fmt: skip
_HAS_TIME = and_(_CLOCKS.c.cycle == 1, _CLOCKS.c.met_at.is_not(None))

_RUNS = ("started", "met_at", "pauses")


@dataclass(frozen=True, kw_only=True)
class Statistics:
    """The figures of some days."""

    days: Days
    tickets: int
    finished: int  # solved or closed by now
    promises: tuple[Attainment, ...]  # first response, resolution
    steps: Mapping[str, tuple[int, ...]]  # by kind: how many took up to each of `STEPS`, and how many longer
    by_day: tuple[Day, ...]  # every day, up to today
    by_hour: ByHour
    channels: tuple[Group, ...]  # the largest first
    categories: tuple[Group, ...]
    agents: tuple[Group, ...]
    teams: tuple[Group, ...]
    gone: tuple[str, ...] = ()  # months among the days of which rows went whole

    def promise(self, kind: str) -> Attainment:
        return next(one for one in self.promises if one.kind == kind)


def statistics(
    session: Session, *, desk: str, days: Days, now: datetime, names: Names, part: Part = WHOLE
) -> Statistics:
    """Measure the tickets that were created in some days, as they stand now."""
    asked = {"desk": desk, "start_at": days.start_at, "end_at": days.end_at, "now": now}
    sums = _sums(session, asked, part, now=now)
    whole = whole_of(sums)
    until = now.astimezone(days.tz).date()
    by_day, by_hour = over_time(_begun(session, asked, part), days.each(until), days.tz)
    return Statistics(
        days=days,
        tickets=whole.tickets,
        finished=whole.finished,
        promises=tuple(whole.attainment(kind) for kind in HEADLINES),
        steps={kind: whole.steps(kind) for kind in HEADLINES},
        by_day=by_day,
        by_hour=by_hour,
        channels=groups(sums, "channel", lambda key: key),
        categories=groups(sums, "category", names.category),
        agents=groups(sums, "agent", names.person),
        teams=tuple(each for each in groups(sums, "team", names.team) if each.key is not None),
        gone=months_gone(session, desk=desk, first_on=days.first_on, last_on=days.last_on),
    )


def _sums(session: Session, asked: Mapping[str, Any], part: Part, *, now: datetime) -> dict[Key, Sum]:
    found: defaultdict[Key, Sum] = defaultdict(Sum)
    for row in session.execute(_COUNTED.where(*part.conditions()), asked):
        one = found[Key(*row[:4])]
        one.tickets, one.finished = row.tickets, row.finished
    promised = session.execute(_kept(session).where(*part.conditions()), asked).all()
    for row in promised:
        running = row.clocks - row.met - row.breached - row.ended
        found[Key(*row[:4])].kept.update(
            {
                (row.kind, "met"): row.met, (row.kind, "breached"): row.breached, (row.kind, "ended"): row.ended,
                (row.kind, "running"): running,
            }
        )  # fmt: skip
    reckoning = Reckoning(session, now=now)
    for row, took in _took(promised, reckoning):
        found[Key(*row[:4])].took[row.kind].append(took)
    return dict(found)


def _kept(session: Session) -> Select[Any]:
    """Ask how promises were kept, and list when those that have a time ran: as JSON on SQLite, as arrays on PostgreSQL."""
    gathered = gathering(session)
    runs = (
        microseconds(_CLOCKS.c.started_at),
        microseconds(_CLOCKS.c.met_at),
        type_coerce(_CLOCKS.c.pauses, Text),
    )
    return _KEPT.add_columns(
        *(gathered(each).filter(_HAS_TIME).label(name) for each, name in zip(runs, _RUNS, strict=True))
    )


def _took(promised: Sequence[Row[Any]], reckoning: Reckoning) -> Iterable[tuple[Row[Any], Numbers]]:
    """Count all that were promised alike at once, and hand each row its own."""
    alike: defaultdict[tuple[str, str, int], list[Row[Any]]] = defaultdict(list)
    for row in promised:
        alike[row.promise, row.terms_of, row.revision].append(row)
    for (promise, desk, revision), rows in alike.items():
        starts, ends = ([instants(row[at]) for row in rows] for at in (-3, -2))
        pauses = [None if each == NO_PAUSES else each for row in rows for each in listed(row[-1])]
        runs = Runs(starts=np.concatenate(starts), ends=np.concatenate(ends), pauses=pauses)
        took = all_counted(reckoning.terms_of(desk, revision), Span.from_text(promise), runs)
        parted = np.split(took, np.cumsum([len(each) for each in starts])[:-1])
        yield from zip(rows, parted, strict=True)


def _quarters(session: Session) -> Any:
    """The quarter of an hour since 1970 in which a ticket began, as this database counts it."""
    if session.get_bind().dialect.name == "postgresql":
        return cast(func.floor(func.date_part("epoch", _TICKETS.c.created_at) / 900), BigInteger)
    return type_coerce(_TICKETS.c.created_at, BigInteger) // (QUARTER // MICROSECOND)


def _begun(session: Session, asked: Mapping[str, Any], part: Part) -> Iterable[Begun]:
    """Ask how many tickets began when; the databases need not know of zones for it."""
    quarter = _quarters(session).label("quarter")
    begun = (
        select(quarter, func.count().label("tickets"), many(_IS_FINISHED).label("finished"))
        .where(ASKED, *part.conditions())
        .group_by(quarter)
    )
    return map(Begun._make, session.execute(begun, asked))
