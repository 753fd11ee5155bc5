"""What the board shows of a desk: its figures, and of one desk alone also who is at work and what is to be done first."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from console.board.measured import Measured
from console.channels.channels_page import AccountShown
from console.people.people_page import absence_in_words
from console.phrases import say
from reports.filed import waiting
from reports.filed.waiting import Waiting
from reports.indicators import Indicators
from reports.quality import Gate
from templates_replies.catalogue import Language
from templates_replies.moments import in_words, month_in_words
from templates_replies.supervision_phrases import figure_name, percent
from tickets import views
from tickets.actor import Role
from tickets.clocks import RESOLUTION
from tickets.desk import DeskNow
from tickets.views import AtWork, InboxLine
from tickets.views.board import Board, Figure, Tally, board

FAILED_INTAKE, OVERDUE_FINDINGS = "failed_intake", "overdue_findings"
FIRST = 6  # tickets that are to be looked after before the others
# What somebody waits for now, or has been failed in already, stands out.
_LATE = {FAILED_INTAKE, Figure.BREACHED, Figure.UNDELIVERED}
_CALM = {Figure.UNVERIFIED}
_PRESSING = {
    FAILED_INTAKE,
    OVERDUE_FINDINGS,
    Figure.BREACHED,
    Figure.UNDELIVERED,
    Figure.SOON,
    Figure.UNANSWERED,
}


@dataclass(frozen=True, kw_only=True)
class Around:
    """What the board of one desk has beside the figures."""

    first: Sequence[InboxLine]  # overdue, then about to be
    people: Sequence[AtWork]
    accounts: Sequence[AccountShown]
    gate: Gate


@dataclass(frozen=True, kw_only=True)
class Seen:
    desk: DeskNow
    board: Board
    month: Indicators
    overdue_findings: int
    waiting: Sequence[Waiting]  # reports of months that have reached nobody
    around: Around | None


@dataclass(frozen=True, kw_only=True)
class FigureShown:
    """One figure as the page shows it."""

    key: str
    name: str
    count: str
    level: str  # late, soon, calm, none
    since: str | None
    link: str


@dataclass(frozen=True, kw_only=True)
class PersonShown:
    person: AtWork
    presence: str  # in words

    @property
    def room(self) -> int:
        return max(self.person.capacity - self.person.load, 0)


@dataclass(frozen=True, kw_only=True)
class DeskShown:
    slug: str
    name: str
    done: bool
    figures: Sequence[FigureShown]
    reports_wait: str  # months whose report has reached nobody, in words; empty: none
    month: str
    tickets: int
    solved: str | None  # share, in percent
    within: str
    categorised: str | None
    to_verify: int
    drawn: int | None  # None: no sample is drawn here
    around: Around | None
    people: Sequence[PersonShown]

    @property
    def pressing(self) -> Sequence[FigureShown]:
        return [each for each in self.figures if each.key in _PRESSING]

    @property
    def other(self) -> Sequence[FigureShown]:
        return [each for each in self.figures if each.key not in _PRESSING]


def seen(session: Session, desk: DeskNow, measured: Measured, *, now: datetime, whole: bool) -> Seen:
    """Read a desk's board; `whole`, with everything that stands around its figures."""
    found = board(session, desk.slug, desk.desk.supervision, now=now)
    return Seen(
        desk=desk, board=found, month=measured.of(session, desk, now=now),
        overdue_findings=views.overdue_findings(session, desk.slug, desk.desk.calendar.day_of(now)),
        waiting=waiting.at_desks(session, {desk.slug}),
        around=_around(session, desk, found, measured, now=now) if whole else None,
    )  # fmt: skip


def _around(session: Session, desk: DeskNow, found: Board, measured: Measured, *, now: datetime) -> Around:
    burning = (*found.tallies[Figure.BREACHED].tickets, *found.tallies[Figure.SOON].tickets)
    return Around(
        first=views.lines_of(session, tuple(dict.fromkeys(burning))[:FIRST]),
        people=views.at_work(session, desk.desk, now=now),
        accounts=measured.accounts(session, desk, now=now),
        gate=measured.gate(session, desk.slug, now=now),
    )


def desk_shown(found: Seen, language: Language, when: Callable[[datetime], str]) -> DeskShown:
    terms, counted, month = found.desk.desk, found.board, found.month
    samples = terms.supervision.sample is not None
    drawn = counted.tallies[Figure.TO_VERIFY].count
    people = found.around.people if found.around else ()
    return DeskShown(
        slug=found.desk.slug,
        name=terms.name,
        done=counted.all_done and not found.overdue_findings and not found.waiting,
        figures=[
            *_figures(counted, language, with_sample=samples or drawn > 0),
            _of_findings(found, language),
        ],
        reports_wait=", ".join(month_in_words(each.first_on, language) for each in found.waiting),
        month=month_in_words(month.month.start_at.astimezone(month.month.tz).date(), language),
        tickets=month.tickets,
        solved=None if month.share_in_time is None else percent(month.share_in_time),
        within=in_words(terms.promises[RESOLUTION].length, language),
        categorised=None if month.share_categorised is None else percent(month.share_categorised),
        to_verify=counted.tallies[Figure.UNVERIFIED].count,
        drawn=drawn if samples or drawn else None,
        around=found.around,
        people=[
            PersonShown(person=each, presence=_presence(each, found, language, when))
            for each in sorted(people, key=lambda each: each.away is not None)
            if each.person.role is Role.AGENT or each.load
        ],
    )


def _presence(each: AtWork, found: Seen, language: Language, when: Callable[[datetime], str]) -> str:
    if each.away is None:
        return say(language, "here")
    return absence_in_words(each.away, found.desk.desk, language, now=found.board.at, when=when)


def _figures(counted: Board, language: Language, *, with_sample: bool) -> Sequence[FigureShown]:
    oldest = counted.kept[0].at if counted.kept else None
    failed = _figure(
        FAILED_INTAKE, len(counted.kept), _waited(oldest, counted.at, language), counted, language
    )
    return [
        failed,
        *(
            _of_tally(tally, counted, language)
            for tally in counted.tallies.values()
            if with_sample or tally.figure is not Figure.TO_VERIFY
        ),
    ]


def _of_findings(found: Seen, language: Language) -> FigureShown:
    many = found.overdue_findings
    return FigureShown(
        key=OVERDUE_FINDINGS, name=figure_name(OVERDUE_FINDINGS, language), count=str(many),
        level="late" if many else "none", since=None, link=f"/findings?desk={found.desk.slug}&show=overdue",
    )  # fmt: skip


def _of_tally(tally: Tally, counted: Board, language: Language) -> FigureShown:
    since: str | None
    if tally.figure is Figure.SOON and tally.since is not None:
        since = say(language, "left", length=in_words(tally.since - counted.at, language))
    else:
        since = _waited(tally.since, counted.at, language)
    return _figure(tally.figure, tally.count, since, counted, language, more=tally.more)


def _figure(
    key: str, count: int, since: str | None, counted: Board, language: Language, *, more: bool = False
) -> FigureShown:
    level = "none" if not count else "late" if key in _LATE else "calm" if key in _CALM else "soon"
    return FigureShown(
        key=key, name=figure_name(key, language), count=f"{count}+" if more else str(count), level=level, since=since,
        link=f"/board/{key}?desk={counted.desk}",
    )  # fmt: skip


def _waited(since: datetime | None, now: datetime, language: Language) -> str | None:
    return None if since is None else say(language, "for_long", length=in_words(now - since, language))
