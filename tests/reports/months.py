"""Months made up of values, for rules that know no ledger: so many tickets, of which some came too late."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from reports.counted import LeftOut
from reports.findings.facts import Facts
from reports.handed import Handed, Known
from reports.measures import measured
from reports.part import WHOLE
from reports.periods import Days, Month
from reports.quality import measured as quality_of
from reports.reckoning import Outcome, Promise
from reports.rows import Names, TicketRow
from reports.satisfaction import measured as surveys_of
from reports.statistics import Statistics
from reports.tally import Tally
from tests.reports.october import october_desk

ZONE = "Asia/Jakarta"
DESK = october_desk(ZONE)
NOW = datetime(2026, 11, 2, 3, tzinfo=UTC)
OCTOBER = Month.of(2026, 10, zone=ZONE, now=NOW)
WORKING = datetime(2026, 10, 5, 2, tzinfo=UTC)  # a Monday at nine on the wall
NIGHT = datetime(2026, 10, 5, 15, tzinfo=UTC)  # the same day at ten in the evening
NAMES = Names(categories={}, staff={}, teams={})


def ticket(
    number, *, late=(), open_=False, at=WORKING, category="akun", holder="budi", kinds=("first_response", "resolution"),
    cycle=1,
):  # fmt: skip
    """A ticket whose promises were kept, but for those that are `late`: a day too late, or still not."""

    def promise(kind):
        due = at + timedelta(hours=1)
        broken = kind in late
        met = None if open_ and broken else at + (timedelta(days=1) if broken else timedelta(minutes=5))
        return Promise(
            kind=kind, cycle=1, started_at=at, due_at=due, met_at=met, breached_at=due if broken else None, ended_at=None,
            outcome=Outcome.BREACHED if broken else Outcome.MET, took=met and met - at,
            late=timedelta(hours=23) if broken else None, held_by=holder if broken else None,
        )  # fmt: skip

    return TicketRow(
        number=number, created_at=at, channel="email", contact=None, identity_number=None, subject=f"Perihal {number}",
        category=category, category_name=category, tags=(), status="open" if open_ else "solved", assignee=holder,
        assignee_name=holder, team=None, team_name=None, cycle=cycle, promises=tuple(map(promise, kinds)), solved_at=None,
        closed_at=None, verified_by=None, messages_in=1, messages_out=1, messages_automatic=0, answers_by=(), linked_to=None,
    )  # fmt: skip


def tickets(many, *, start=1, **how):
    return [ticket(number, **how) for number in range(start, start + many)]


def earlier(rows=(), *, months=1):
    """What an earlier month was, by the same sums."""
    report = _report(rows)
    return Statistics(
        days=Days.of(date(2026, 10 - months % 12, 1), date(2026, 10 - months % 12, 28), zone=ZONE), tickets=report.tickets,
        finished=report.finished, promises=report.promises[:2], steps={}, by_day=(), by_hour={}, channels=report.channels,
        categories=report.categories, agents=report.agents, teams=(),
    )  # fmt: skip


def facts(rows=(), *, before=(), year_before=(), second_line=(), unread=0, **changed):
    month = Handed(
        report=replace(_report(rows), **changed), desk=DESK, language="id", before=earlier(before),
        year_before=earlier(year_before), procedures=(), surveys=None, known=Known(category_names={}, staff_names={}),
    )  # fmt: skip
    return Facts(
        month=month, months=(), unread=unread,
        with_second_line=frozenset((number, kind, "", 1) for number in second_line for kind in ("first_response", "resolution")),
    )  # fmt: skip


def _report(rows):
    counted = Tally(NAMES)
    for row in rows:
        counted.add(row)
    return measured(
        counted, desk=DESK, month=OCTOBER, part=WHOLE, now=NOW, names=NAMES, aside=LeftOut(), surveys=surveys_of(()),
        public=None, foretold=quality_of((), tz=OCTOBER.tz),
    )  # fmt: skip
