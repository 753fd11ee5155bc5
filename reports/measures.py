"""The month's figures: pure sums over its ticket rows.

- The tickets of a month are those created in it. Everything is told of them as it stands when the report is made.
- Attainment is what was kept in time among what was kept in time or breached. Every promise counts, also those made
  again when a ticket was reopened. What still runs and is not due is not counted, nor what was closed without an
  answer before it was due; both are shown beside it.
- Times (median, 90th percentile) are those of a ticket's first promise of its kind; of later responses, which have no
  headline, those of every one. Only kept promises have a time. The 90th percentile is the shortest time within which
  nine of ten were kept.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlmodel import Session

from reports.part import WHOLE, Part
from reports.periods import Month
from reports.progress import Stage, Tell, told, unheard
from reports.quality import Quality, quality
from reports.reckoning import Outcome, Promise
from reports.rows import LeftOut, Names, TicketRow, how_many, left_out, ticket_rows
from reports.satisfaction import PublicService, Satisfaction, public_service, satisfaction
from tickets.clocks import FIRST_RESPONSE, NEXT_RESPONSE, RESOLUTION
from tickets.desk import Desk
from tickets.lifecycle import Status
from tickets.survey import period_at

HEADLINES = (FIRST_RESPONSE, RESOLUTION)
FINISHED = frozenset({Status.SOLVED, Status.CLOSED})


@dataclass(frozen=True, kw_only=True)
class Attainment:
    """How one kind of promise was kept."""

    kind: str
    met: int
    breached: int
    running: int
    ended: int  # closed without an answer, before it was due
    median: timedelta | None  # None: nothing was kept
    p90: timedelta | None

    @property
    def share(self) -> float | None:
        """From 0 to 1; None where nothing came due."""
        counted = self.met + self.breached
        return self.met / counted if counted else None


@dataclass(frozen=True, kw_only=True)
class Group:
    """The tickets that have one thing in common: a channel, a category, an agent, a day."""

    key: str | None  # None: no category, nobody
    name: str | None
    tickets: int
    finished: int  # solved or closed
    first_response: Attainment
    resolution: Attainment
    answers: int = 0  # of agents: how many they wrote, on whoever's ticket


@dataclass(frozen=True, kw_only=True)
class Day:
    on: date
    tickets: int
    finished: int  # of that day's tickets, whenever it was


@dataclass(frozen=True, kw_only=True)
class Breach:
    """One promise that was not kept."""

    ticket: TicketRow
    promise: Promise
    held_by_name: str | None  # None: nobody held the ticket then

    @property
    def still_open(self) -> bool:
        return self.promise.met_at is None and self.promise.ended_at is None


@dataclass(frozen=True, kw_only=True)
class MonthReport:
    """A desk's month. Every figure in it can be counted again in `rows`."""

    desk: str
    desk_name: str
    month: Month
    part: Part  # of the desk's tickets; surveys and the matcher are told of all of them
    made_at: datetime
    rows: tuple[TicketRow, ...]  # oldest first
    promises: tuple[Attainment, ...]  # first response and resolution always, then what else the desk promised
    statuses: Mapping[str, int]  # every status, in the order of a ticket's life
    channels: tuple[Group, ...]  # the largest first
    categories: tuple[Group, ...]
    agents: tuple[Group, ...]  # people who hold tickets or wrote answers, and the tickets of nobody
    days: tuple[Day, ...]  # every day, also those without a ticket; of a running month up to today
    breaches: tuple[Breach, ...]  # in the order in which they happened
    reopened: int  # tickets
    reopenings: int
    messages_in: int
    messages_out: int
    messages_automatic: int
    left_out: LeftOut  # in no other figure
    names: Names  # of what its ids stand for
    surveys: Satisfaction  # the questions asked in the month
    public_service: (
        PublicService | None
    )  # of the period that the month lies in; None: the desk does not take it
    quality: Quality  # of what the matcher suggested

    @property
    def tickets(self) -> int:
        return len(self.rows)

    @property
    def finished(self) -> int:
        return self.statuses[Status.SOLVED] + self.statuses[Status.CLOSED]

    @property
    def uncategorised(self) -> tuple[TicketRow, ...]:
        return tuple(row for row in self.rows if row.category is None)

    def promise(self, kind: str) -> Attainment:
        return next(one for one in self.promises if one.kind == kind)


def month_report(
    session: Session,
    *,
    desk: Desk,
    month: Month,
    now: datetime,
    category_names: Mapping[str, str],
    staff_names: Mapping[str, str],
    part: Part = WHOLE,
    identities: bool = False,
    tell: Tell = unheard,
) -> MonthReport:
    """Measure a month of a desk on a session that only reads, and `tell` how far it has come."""
    names = names_of(desk, category_names=category_names, staff_names=staff_names)
    many = how_many(session, desk=desk.slug, start_at=month.start_at, end_at=month.end_at, part=part)
    found = ticket_rows(
        session,
        desk=desk.slug,
        start_at=month.start_at,
        end_at=month.end_at,
        now=now,
        names=names,
        part=part,
        identities=identities,
    )
    rows = tuple(told(found, Stage.READING, of=many, tell=tell))
    aside = left_out(session, desk=desk.slug, start_at=month.start_at, end_at=month.end_at, part=part)
    surveys = satisfaction(session, desk=desk.slug, start_at=month.start_at, end_at=month.end_at)
    public = _public_service(session, desk, month)
    foretold = quality(session, desk=desk.slug, start_at=month.start_at, end_at=month.end_at, tz=month.tz)
    return measured(
        rows, desk=desk, month=month, part=part, now=now, names=names, aside=aside, surveys=surveys, public=public,
        foretold=foretold,
    )  # fmt: skip


def _public_service(session: Session, desk: Desk, month: Month) -> PublicService | None:
    terms = desk.survey.public_service if desk.survey else None
    if terms is None:
        return None
    key = period_at(terms.period, month.start_at, month.tz).key
    return public_service(session, desk=desk.slug, period=key)


def names_of(desk: Desk, *, category_names: Mapping[str, str], staff_names: Mapping[str, str]) -> Names:
    """Return what the ids of a desk's tickets are called."""
    return Names(
        categories=category_names, staff=staff_names, teams={team.id: team.name for team in desk.teams}
    )


def measured(
    rows: tuple[TicketRow, ...], *, desk: Desk, month: Month, part: Part, now: datetime, names: Names,
    aside: LeftOut, surveys: Satisfaction, public: PublicService | None, foretold: Quality,
) -> MonthReport:  # fmt: skip
    """Sum up the rows of a month."""
    statuses = Counter(row.status for row in rows)
    return MonthReport(
        desk=desk.slug,
        desk_name=desk.name,
        month=month,
        part=part,
        made_at=now,
        rows=rows,
        promises=_promises(rows),
        statuses={str(status): statuses[status] for status in Status},
        channels=_groups(rows, key=lambda row: row.channel, name=lambda key: key),
        categories=_groups(rows, key=lambda row: row.category, name=names.category),
        agents=_agents(rows, names),
        days=_days(rows, month, now),
        breaches=_breaches(rows, names),
        reopened=sum(row.reopenings > 0 for row in rows),
        reopenings=sum(row.reopenings for row in rows),
        messages_in=sum(row.messages_in for row in rows),
        messages_out=sum(row.messages_out for row in rows),
        messages_automatic=sum(row.messages_automatic for row in rows),
        left_out=aside,
        names=names,
        surveys=surveys,
        public_service=public,
        quality=foretold,
    )


def attainment(rows: Iterable[TicketRow], kind: str) -> Attainment:
    """Tell how one kind of promise was kept over these tickets."""
    outcomes: Counter[Outcome] = Counter()
    times: list[timedelta] = []
    for row in rows:
        for promise in row.promises:
            if promise.kind != kind:
                continue
            outcomes[promise.outcome] += 1
            if promise.took is not None and (promise.cycle == 1 or kind not in HEADLINES):
                times.append(promise.took)
    return Attainment(
        kind=kind,
        met=outcomes[Outcome.MET],
        breached=outcomes[Outcome.BREACHED],
        running=outcomes[Outcome.RUNNING],
        ended=outcomes[Outcome.ENDED],
        median=middle(times),
        p90=ninetieth(times),
    )


def middle(times: Sequence[timedelta]) -> timedelta | None:
    """Return the median: the time in the middle, or half-way between the two there."""
    ordered, half = sorted(times), len(times) // 2
    if not ordered:
        return None
    return ordered[half] if len(ordered) % 2 else (ordered[half - 1] + ordered[half]) / 2


def ninetieth(times: Sequence[timedelta]) -> timedelta | None:
    """Return the shortest of these times within which at least nine of ten of them lie."""
    return sorted(times)[-(-len(times) * 9 // 10) - 1] if times else None


def _promises(rows: Sequence[TicketRow]) -> tuple[Attainment, ...]:
    others = {promise.kind for row in rows for promise in row.promises} - set(HEADLINES)
    kinds = (*HEADLINES, *sorted(others, key=lambda kind: (kind != NEXT_RESPONSE, kind)))
    return tuple(attainment(rows, kind) for kind in kinds)


def _groups(
    rows: Iterable[TicketRow],
    *,
    key: Callable[[TicketRow], str | None],
    name: Callable[[str | None], str | None],
    answers: Mapping[str, int] | None = None,
) -> tuple[Group, ...]:
    sorted_out: defaultdict[str | None, list[TicketRow]] = defaultdict(list)
    for row in rows:
        sorted_out[key(row)].append(row)
    written = answers or {}
    for somebody in written:
        sorted_out[somebody] = sorted_out[somebody]  # who answered but holds nothing
    groups = (
        Group(
            key=one,
            name=name(one),
            tickets=len(theirs),
            finished=sum(row.status in FINISHED for row in theirs),
            first_response=attainment(theirs, FIRST_RESPONSE),
            resolution=attainment(theirs, RESOLUTION),
            answers=written.get(one or "", 0),
        )
        for one, theirs in sorted_out.items()
    )
    return tuple(sorted(groups, key=lambda group: (-group.tickets, group.key is None, group.name or "")))


def _agents(rows: Sequence[TicketRow], names: Names) -> tuple[Group, ...]:
    answers: Counter[str] = Counter()
    for row in rows:
        for somebody, count in row.answers_by:
            answers[somebody] += count
    return _groups(rows, key=lambda row: row.assignee, name=names.person, answers=answers)


def _days(rows: Iterable[TicketRow], month: Month, now: datetime) -> tuple[Day, ...]:
    tickets: Counter[date] = Counter()
    finished: Counter[date] = Counter()
    tz = month.tz
    for row in rows:
        day = row.created_at.astimezone(tz).date()
        tickets[day] += 1
        finished[day] += row.status in FINISHED
    return tuple(Day(on=day, tickets=tickets[day], finished=finished[day]) for day in month.days(now))


def _breaches(rows: Iterable[TicketRow], names: Names) -> tuple[Breach, ...]:
    found = [
        (promise.breached_at, row.number, Breach(ticket=row, promise=promise, held_by_name=names.person(promise.held_by)))
        for row in rows
        for promise in row.promises
        if promise.breached_at is not None
    ]  # fmt: skip
    return tuple(breach for _, _, breach in sorted(found, key=lambda one: one[:2]))
