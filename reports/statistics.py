"""The figures of any days and any part of a desk's tickets: what the page of statistics and the API show.

The same figures as the month's report has, by the same definitions (docs/reports.md), but summed up in the database, by
what tickets have in common. How long an answer took only the desk's own hours say: when clocks ran comes as lists by what they were promised, and each list
is counted at once.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import chain
from typing import Any, NamedTuple

import numpy as np
from sqlalchemy import BigInteger, Row, Select, Text, and_, bindparam, cast, func, select, type_coerce
from sqlmodel import Session

from reports.indicators import IN_TIME, LATE, many
from reports.lengths import MICROSECOND, Numbers, Runs, all_counted, middle, ninetieth
from reports.listing import gathering, listed
from reports.measures import FINISHED, HEADLINES, Attainment, Day, Group
from reports.part import KEY, WHOLE, Part
from reports.periods import Days
from reports.reckoning import Reckoning
from reports.rows import COUNTED, Names
from tickets.clocks import FIRST_RESPONSE, RESOLUTION
from tickets.hours import Span
from tickets.ledger.types import EPOCH
from tickets.tables import Clock, Ticket

QUARTER = timedelta(minutes=15)  # every zone of the world is whole quarters of an hour away from UTC

# Up to how long, for the distributions of times; what took longer is counted last.
STEPS: Mapping[str, Sequence[timedelta]] = {
    FIRST_RESPONSE: tuple(timedelta(minutes=minutes) for minutes in (5, 15, 30, 60, 120, 240, 480)),
    RESOLUTION: tuple(timedelta(hours=hours) for hours in (1, 4, 8, 24, 48, 72, 168)),
}

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
    by_hour: Mapping[
        tuple[int, int], int
    ]  # (weekday from Monday, hour) on the desk's wall → tickets that began then
    channels: tuple[Group, ...]  # the largest first
    categories: tuple[Group, ...]
    agents: tuple[Group, ...]
    teams: tuple[Group, ...]

    def promise(self, kind: str) -> Attainment:
        return next(one for one in self.promises if one.kind == kind)


class _Key(NamedTuple):
    channel: str
    category: str | None
    agent: str | None
    team: str | None


@dataclass(kw_only=True)
class _Sum:
    """What some tickets have come to."""

    tickets: int = 0
    finished: int = 0
    kept: Counter[tuple[str, str]] = field(default_factory=Counter)  # (kind of promise, outcome)
    took: defaultdict[str, list[Numbers]] = field(default_factory=lambda: defaultdict(list))  # by kind

    def add(self, other: "_Sum") -> None:
        self.tickets += other.tickets
        self.finished += other.finished
        self.kept.update(other.kept)
        for kind, took in other.took.items():
            self.took[kind] += took

    def times(self, kind: str) -> Numbers:
        """Return how long the kept promises of a kind took, the shortest first."""
        return np.sort(np.concatenate([np.empty(0, dtype=np.int64), *self.took[kind]]))


def statistics(
    session: Session, *, desk: str, days: Days, now: datetime, names: Names, part: Part = WHOLE
) -> Statistics:
    """Measure the tickets that were created in some days, as they stand now."""
    asked = {"desk": desk, "start_at": days.start_at, "end_at": days.end_at, "now": now}
    sums = _sums(session, asked, part, now=now)
    whole = _Sum()
    for one in sums.values():
        whole.add(one)
    by_day, by_hour = _times_of_day(session, asked, part, days, now)
    return Statistics(
        days=days,
        tickets=whole.tickets,
        finished=whole.finished,
        promises=tuple(_attainment(whole, kind) for kind in HEADLINES),
        steps={kind: _stepped(whole.times(kind), kind) for kind in HEADLINES},
        by_day=by_day,
        by_hour=by_hour,
        channels=_groups(sums, "channel", lambda key: key),
        categories=_groups(sums, "category", names.category),
        agents=_groups(sums, "agent", names.person),
        teams=tuple(each for each in _groups(sums, "team", names.team) if each.key is not None),
    )


def _sums(session: Session, asked: Mapping[str, Any], part: Part, *, now: datetime) -> dict[_Key, _Sum]:
    found: defaultdict[_Key, _Sum] = defaultdict(_Sum)
    for row in session.execute(_COUNTED.where(*part.conditions()), asked):
        one = found[_Key(*row[:4])]
        one.tickets, one.finished = row.tickets, row.finished
    promised = session.execute(_kept(session).where(*part.conditions()), asked).all()
    for row in promised:
        running = row.clocks - row.met - row.breached - row.ended
        found[_Key(*row[:4])].kept.update(
            {
                (row.kind, "met"): row.met, (row.kind, "breached"): row.breached, (row.kind, "ended"): row.ended,
                (row.kind, "running"): running,
            }
        )  # fmt: skip
    reckoning = Reckoning(session, now=now)
    for row, took in _took(promised, reckoning):
        found[_Key(*row[:4])].took[row.kind].append(took)
    return dict(found)


def _kept(session: Session) -> Select[Any]:
    """Ask how promises were kept, and list when those that have a time ran: as JSON on SQLite, as arrays on PostgreSQL."""
    gathered, number = gathering(session)
    runs = (number(_CLOCKS.c.started_at), number(_CLOCKS.c.met_at), type_coerce(_CLOCKS.c.pauses, Text))
    return _KEPT.add_columns(
        *(gathered(each).filter(_HAS_TIME).label(name) for each, name in zip(runs, _RUNS, strict=True))
    )


def _took(promised: Sequence[Row[Any]], reckoning: Reckoning) -> Iterable[tuple[Row[Any], Numbers]]:
    """Count all that were promised alike at once, and hand each row its own."""
    alike: defaultdict[tuple[str, str, int], list[Row[Any]]] = defaultdict(list)
    for row in promised:
        alike[row.promise, row.terms_of, row.revision].append(row)
    for (promise, desk, revision), rows in alike.items():
        lists = [[listed(row[at]) for at in (-3, -2, -1)] for row in rows]
        starts, ends, pauses = (list(chain.from_iterable(each)) for each in zip(*lists, strict=True))
        runs = Runs(starts=starts, ends=ends, pauses=pauses)
        took = all_counted(reckoning.terms_of(desk, revision), Span.from_text(promise), runs)
        parted = np.split(took, np.cumsum([len(each[0]) for each in lists])[:-1])
        yield from zip(rows, parted, strict=True)


def _groups(
    sums: Mapping[_Key, _Sum], by: str, name: Callable[[str | None], str | None]
) -> tuple[Group, ...]:
    sorted_out: defaultdict[str | None, _Sum] = defaultdict(_Sum)
    for key, one in sums.items():
        sorted_out[getattr(key, by)].add(one)
    groups = (
        Group(
            key=key, name=name(key), tickets=one.tickets, finished=one.finished,
            first_response=_attainment(one, FIRST_RESPONSE), resolution=_attainment(one, RESOLUTION),
        )
        for key, one in sorted_out.items()
    )  # fmt: skip
    return tuple(sorted(groups, key=lambda group: (-group.tickets, group.key is None, group.name or "")))


def _attainment(one: _Sum, kind: str) -> Attainment:
    ordered = one.times(kind)
    return Attainment(
        kind=kind, met=one.kept[kind, "met"], breached=one.kept[kind, "breached"], running=one.kept[kind, "running"],
        ended=one.kept[kind, "ended"], median=middle(ordered), p90=ninetieth(ordered),
    )  # fmt: skip


def _stepped(ordered: Numbers, kind: str) -> tuple[int, ...]:
    up_to = np.searchsorted(ordered, [step // MICROSECOND for step in STEPS[kind]], side="right")
    return tuple(int(within) for within in np.diff(up_to, prepend=0, append=len(ordered)))


def _quarters(session: Session) -> Any:
    """The quarter of an hour since 1970 in which a ticket began, as this database counts it."""
    if session.get_bind().dialect.name == "postgresql":
        return cast(func.floor(func.extract("epoch", _TICKETS.c.created_at) / 900), BigInteger)
    return type_coerce(_TICKETS.c.created_at, BigInteger) // (QUARTER // MICROSECOND)


def _times_of_day(
    session: Session, asked: Mapping[str, Any], part: Part, days: Days, now: datetime
) -> tuple[tuple[Day, ...], Mapping[tuple[int, int], int]]:
    """Count by local day and by weekday and hour; the databases need not know of zones for it."""
    quarter = _quarters(session).label("quarter")
    begun = (
        select(quarter, func.count().label("tickets"), many(_IS_FINISHED).label("finished"))
        .where(ASKED, *part.conditions())
        .group_by(quarter)
    )
    tickets: Counter[date] = Counter()
    finished: Counter[date] = Counter()
    by_hour: Counter[tuple[int, int]] = Counter()
    for row in session.execute(begun, asked):
        local = (EPOCH + row.quarter * QUARTER).astimezone(days.tz)
        tickets[local.date()] += row.tickets
        finished[local.date()] += row.finished
        by_hour[local.weekday(), local.hour] += row.tickets
    until = now.astimezone(days.tz).date()
    return tuple(Day(on=day, tickets=tickets[day], finished=finished[day]) for day in days.each(until)), dict(
        by_hour
    )
