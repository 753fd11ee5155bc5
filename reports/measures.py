"""The month's figures: pure sums over its ticket rows.

- The tickets of a month are those created in it. Everything is told of them as it stands when the report is made.
- Attainment is what was kept in time among what was kept in time or breached. Every promise counts, also those made
  again when a ticket was reopened. What still runs and is not due is not counted, nor what was closed without an
  answer before it was due; both are shown beside it.
- Times (median, 90th percentile) are those of a ticket's first promise of its kind; of later responses, which have no
  headline, those of every one. Only kept promises have a time. The 90th percentile is the shortest time within which
  nine of ten were kept.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypedDict

from sqlmodel import Session

from reports.brought import NOTHING_COMPARED, Brought, brought
from reports.counted import LeftOut, left_out, which
from reports.figures import HEADLINES, Attainment, Day, Group
from reports.gone import months_gone
from reports.helper import Answers, Here
from reports.part import WHOLE, Part
from reports.periods import Month
from reports.progress import Tell, unheard
from reports.quality import Quality, quality
from reports.rows import Names
from reports.satisfaction import PublicService, Satisfaction, answered, public_service
from reports.sums import ByHour, Sum, groups, over_time, whole_of
from reports.taking import UNUSED, Pages, Use, take_all
from reports.tally import Breach, Due, Mentioned, Tally
from tickets.clocks import NEXT_RESPONSE
from tickets.desk import Desk
from tickets.lifecycle import Status
from tickets.survey import period_at


@dataclass(frozen=True, kw_only=True)
class MonthReport:
    """A desk's month. Every figure in it can be counted again in its tickets' rows."""

    desk: str
    desk_name: str
    month: Month
    part: Part  # of the desk's tickets; surveys and the matcher are told of all of them
    made_at: datetime
    tickets: int
    promises: tuple[Attainment, ...]  # first response and resolution always, then what else the desk promised
    statuses: Mapping[str, int]  # every status, in the order of a ticket's life
    channels: tuple[Group, ...]  # the largest first
    categories: tuple[Group, ...]
    agents: tuple[Group, ...]  # people who hold tickets or wrote answers, and the tickets of nobody
    days: tuple[Day, ...]  # every day, also those without a ticket; of a running month up to today
    by_hour: ByHour
    steps: Mapping[
        str, tuple[int, ...]
    ]  # first response, resolution: how many took up to each of `STEPS`, and longer
    due: Mapping[str, Due]  # by kind
    breaches: tuple[Breach, ...]  # in the order in which they happened
    uncategorised: tuple[Mentioned, ...]  # oldest first
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
    brought: Brought  # of all that came in, whether it is here
    gone: tuple[str, ...] = ()  # the month, if rows of it went whole: they were kept for long enough

    @property
    def finished(self) -> int:
        return self.statuses[Status.SOLVED] + self.statuses[Status.CLOSED]

    def promise(self, kind: str) -> Attainment:
        return next(one for one in self.promises if one.kind == kind)


class _Span(TypedDict):
    """What every question about a month asks for."""

    desk: str
    start_at: datetime
    end_at: datetime


def month_report(
    session: Session, *, desk: Desk, month: Month, now: datetime, category_names: Mapping[str, str],
    staff_names: Mapping[str, str], part: Part = WHOLE, identities: bool = False, use: Use = UNUSED, tell: Tell = unheard,
    answers: Answers | None = None,
) -> MonthReport:  # fmt: skip
    """Measure a month of a desk on a session that only reads, and `tell` how far it has come.

    No row is kept: `use` gets them as they come, a page at a time. A helper among `answers` takes its share of them.
    """
    names = names_of(desk, category_names=category_names, staff_names=staff_names)
    span = _Span(desk=desk.slug, start_at=month.start_at, end_at=month.end_at)
    numbers = which(session, **span, part=part)
    aside = left_out(session, **span, part=part)
    surveys = answered(session, **span)
    public = _public_service(session, desk, month)
    foretold = quality(session, **span, tz=month.tz)
    came_in = brought(session, **span)
    gone = months_gone(session, desk=desk.slug, first_on=month.first_on, last_on=month.last_on)
    pages = Pages(numbers=numbers, now=now, names=names, identities=identities)
    counted = take_all(session, answers or Here(session), pages, use, tell)
    return measured(
        counted, desk=desk, month=month, part=part, now=now, names=names, aside=aside, surveys=surveys, public=public,
        foretold=foretold, came_in=came_in, gone=gone,
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
    counted: Tally, *, desk: Desk, month: Month, part: Part, now: datetime, names: Names, aside: LeftOut,
    surveys: Satisfaction, public: PublicService | None, foretold: Quality, came_in: Brought = NOTHING_COMPARED,
    gone: tuple[str, ...] = (),
) -> MonthReport:  # fmt: skip
    """Sum up what the rows of a month were counted to be."""
    sums = counted.sums()
    whole = whole_of(sums)
    days, by_hour = over_time(counted.begun(), month.days(now), month.tz)
    return MonthReport(
        desk=desk.slug,
        desk_name=desk.name,
        month=month,
        part=part,
        made_at=now,
        tickets=whole.tickets,
        promises=tuple(whole.attainment(kind) for kind in _kinds(whole)),
        statuses={str(status): counted.statuses[status] for status in Status},
        channels=groups(sums, "channel", lambda key: key),
        categories=groups(sums, "category", names.category),
        agents=groups(sums, "agent", names.person, answers=counted.answers),
        days=days,
        by_hour=by_hour,
        steps={kind: whole.steps(kind) for kind in HEADLINES},
        due=counted.due(),
        breaches=counted.breaches(),
        uncategorised=counted.uncategorised(),
        reopened=counted.reopened,
        reopenings=counted.reopenings,
        messages_in=counted.messages_in,
        messages_out=counted.messages_out,
        messages_automatic=counted.messages_automatic,
        left_out=aside,
        names=names,
        surveys=surveys,
        public_service=public,
        quality=foretold,
        brought=came_in,
        gone=gone,
    )


def _kinds(whole: Sum) -> Sequence[str]:
    """Return the kinds of promises that are told of: first response and resolution always, then what else there is."""
    others = {kind for kind, _ in whole.kept} - set(HEADLINES)
    return (*HEADLINES, *sorted(others, key=lambda kind: (kind != NEXT_RESPONSE, kind)))
