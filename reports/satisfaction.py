"""How satisfied contacts are: one query and its sums, for page, API, chat, workbook and export alike.

The questions of a span are those asked in it, told as they stand now. What the figures mean is defined in
docs/reports.md.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from sqlalchemy import ColumnElement, Select, bindparam, func, or_, select
from sqlmodel import Session

from tickets.survey import PublicIndex, is_high, is_low, public_index
from tickets.tables import AskedSurvey, Contact, SurveyInvitation, Ticket

_SURVEYS = AskedSurvey.__table__  # type: ignore[attr-defined]
_TICKETS = Ticket.__table__  # type: ignore[attr-defined]
_CONTACTS = Contact.__table__  # type: ignore[attr-defined]
_INVITATIONS = SurveyInvitation.__table__  # type: ignore[attr-defined]
_CENT = Decimal("0.01")
_USUAL_SCALE = 5

ASKED: Select[Any] = (
    select(
        _SURVEYS.c.ticket, _SURVEYS.c.cycle, _SURVEYS.c.asked_at, _SURVEYS.c.withheld, _SURVEYS.c.scale, _SURVEYS.c.score,
        _SURVEYS.c.remark, _SURVEYS.c.answered_at, _SURVEYS.c.found_at, _SURVEYS.c.followed_up_at,
        _SURVEYS.c.followed_up_by, _SURVEYS.c.follow_up, _TICKETS.c.subject, _TICKETS.c.channel, _TICKETS.c.category,
        _TICKETS.c.assignee, func.coalesce(_CONTACTS.c.identity_name, _CONTACTS.c.name).label("contact"),
    )
    .select_from(
        _SURVEYS.join(_TICKETS, _TICKETS.c.number == _SURVEYS.c.ticket).join(
            _CONTACTS, _CONTACTS.c.id == _SURVEYS.c.contact
        )
    )
    .where(
        _SURVEYS.c.desk == bindparam("desk"),
        _SURVEYS.c.asked_at >= bindparam("start_at"),
        _SURVEYS.c.asked_at < bindparam("end_at"),
        _TICKETS.c.spam_at.is_(None),
        _TICKETS.c.merged_into.is_(None),
    )
    .order_by(_SURVEYS.c.asked_at, _SURVEYS.c.ticket)
)  # fmt: skip
_WAS_TOLD = or_(_SURVEYS.c.score.is_not(None), _SURVEYS.c.found_at.is_not(None))
_COUNTED: Select[Any] = (
    ASKED.with_only_columns(
        _SURVEYS.c.scale, _SURVEYS.c.score, func.max(_SURVEYS.c.asked_at).label("last_at"), func.count().label("many"),
        func.count(_SURVEYS.c.withheld).label("withheld"),
        maintain_column_froms=True,
    )
    .order_by(None)
    .group_by(_SURVEYS.c.scale, _SURVEYS.c.score)
)  # fmt: skip
INVITED: Select[Any] = (
    select(_INVITATIONS.c.marks, _INVITATIONS.c.answered_at, _INVITATIONS.c.remark, _INVITATIONS.c.id)
    .where(_INVITATIONS.c.desk == bindparam("desk"), _INVITATIONS.c.period == bindparam("period"))
    .order_by(_INVITATIONS.c.id)
)
PERIODS: Select[Any] = (
    select(_INVITATIONS.c.period)
    .where(_INVITATIONS.c.desk == bindparam("desk"))
    .distinct()
    .order_by(_INVITATIONS.c.period.desc())
)


@dataclass(frozen=True, kw_only=True)
class SurveyRow:
    """One question after closing, and what was said to it."""

    ticket: int
    cycle: int
    asked_at: datetime
    withheld: str | None  # why it could not be put
    scale: int
    score: int | None
    remark: str | None
    answered_at: datetime | None
    found_at: datetime | None
    followed_up_at: datetime | None
    followed_up_by: str | None
    follow_up: str | None
    subject: str | None
    channel: str
    category: str | None
    assignee: str | None
    contact: str | None

    @property
    def is_low(self) -> bool:
        return self.score is not None and is_low(self.score, self.scale)

    @property
    def waits(self) -> bool:
        """Whether a low score still waits for a follow-up."""
        return self.found_at is not None and self.followed_up_at is None


@dataclass(frozen=True, kw_only=True)
class Satisfaction:
    """The answers of a span."""

    rows: tuple[SurveyRow, ...]  # those that were answered at least; none where they were only counted
    scale: int
    asked: int
    withheld: int  # could not be asked
    counts: Mapping[int, int]  # score → answers, every score from the best down
    mean: Decimal | None  # to two places; None without an answer

    @property
    def is_any(self) -> bool:
        """Whether anybody was to be asked."""
        return bool(self.asked or self.withheld)

    @property
    def answered(self) -> int:
        return sum(self.counts.values())

    @property
    def share(self) -> float | None:
        """Return who answered among who was asked."""
        return self.answered / self.asked if self.asked else None

    @property
    def high(self) -> int:
        """Return how many answers are high: 4 and 5 of 5."""
        return sum(count for score, count in self.counts.items() if is_high(score, self.scale))

    @property
    def satisfied(self) -> float | None:
        """Return the share of answers that are high."""
        return self.high / self.answered if self.answered else None

    @property
    def low(self) -> int:
        return sum(row.is_low for row in self.rows)

    @property
    def waiting(self) -> int:
        """Return how many low scores still wait for a follow-up."""
        return sum(row.waits for row in self.rows)

    @property
    def answers(self) -> tuple[SurveyRow, ...]:
        """Return what was answered: the low ones first, then those with words, the newest first."""
        given = [row for row in self.rows if row.score is not None]
        newest = sorted(given, key=lambda row: row.asked_at, reverse=True)
        return tuple(
            sorted(newest, key=lambda row: (not row.is_low, row.score if row.is_low else 0, not row.remark))
        )


@dataclass(frozen=True, kw_only=True)
class PublicService:
    """The survey of public services of a period."""

    period: str
    invited: int
    index: PublicIndex
    remarks: tuple[str, ...]


def satisfaction(
    session: Session, *, desk: str, start_at: datetime, end_at: datetime, channel: str | None = None,
    category: str | None = None,
) -> Satisfaction:  # fmt: skip
    """Measure the questions asked in `start_at <= at < end_at`, of all tickets or of those of a channel or category."""
    statement = ASKED.where(*_of(channel, category))
    return measured(session.execute(statement, {"desk": desk, "start_at": start_at, "end_at": end_at}))


def answered(
    session: Session, *, desk: str, start_at: datetime, end_at: datetime, channel: str | None = None,
    category: str | None = None,
) -> Satisfaction:  # fmt: skip
    """Measure the same, and hold no row that nobody answered: of a year these may be hundreds of thousands."""
    conditions = _of(channel, category)
    span = {"desk": desk, "start_at": start_at, "end_at": end_at}
    found = _counted(session, conditions, span)
    told = session.execute(ASKED.where(*conditions, _WAS_TOLD), span)
    rows = (SurveyRow(**row._asdict()) for row in told)
    return replace(found, rows=tuple(row for row in rows if row.scale == found.scale))


def counted(
    session: Session, *, desk: str, start_at: datetime, end_at: datetime, channel: str | None = None,
    category: str | None = None,
) -> Satisfaction:  # fmt: skip
    """Measure the same as the database counts it, and hold no row at all: for those who ask only how many."""
    span = {"desk": desk, "start_at": start_at, "end_at": end_at}
    return _counted(session, _of(channel, category), span)


def _of(channel: str | None, category: str | None) -> Sequence[ColumnElement[bool]]:
    wanted = ((_TICKETS.c.channel, channel), (_TICKETS.c.category, category))
    return [column == value for column, value in wanted if value is not None]


def _counted(
    session: Session, conditions: Sequence[ColumnElement[bool]], span: Mapping[str, Any]
) -> Satisfaction:
    every = session.execute(_COUNTED.where(*conditions), span).all()
    if not every:
        return summed((), scale=_USUAL_SCALE)
    scale = max(every, key=lambda row: row.last_at).scale
    kept = [row for row in every if row.scale == scale]
    scores = {row.score: row.many for row in kept}
    counts = {score: scores.get(score, 0) for score in range(scale, 0, -1)}
    withheld = sum(row.withheld for row in kept)
    asked = sum(row.many for row in kept) - withheld
    return Satisfaction(
        rows=(), scale=scale, asked=asked, withheld=withheld, counts=counts, mean=_mean(counts)
    )


def measured(rows: Iterable[Any]) -> Satisfaction:
    """Sum up rows of `ASKED`. Where the scale was changed in between, the newest one counts."""
    every = [SurveyRow(**row._asdict()) for row in rows]
    return summed(every, scale=every[-1].scale if every else _USUAL_SCALE)


def summed(rows: Iterable[SurveyRow], *, scale: int) -> Satisfaction:
    """Sum up the questions that were asked on a scale."""
    kept = tuple(row for row in rows if row.scale == scale)
    scores = Counter(row.score for row in kept if row.score is not None)
    counts = {score: scores[score] for score in range(scale, 0, -1)}
    return Satisfaction(
        rows=kept,
        scale=scale,
        asked=sum(row.withheld is None for row in kept),
        withheld=sum(row.withheld is not None for row in kept),
        counts=counts,
        mean=_mean(counts),
    )


def periods(session: Session, *, desk: str) -> Sequence[str]:
    """Return the periods in which the desk invited anybody, the newest first."""
    return session.execute(PERIODS, {"desk": desk}).scalars().all()


def public_service(session: Session, *, desk: str, period: str) -> PublicService:
    return public_measured(session.execute(INVITED, {"desk": desk, "period": period}), period=period)


def public_measured(rows: Iterable[Any], *, period: str) -> PublicService:
    """Sum up rows of `INVITED`: only complete answers count."""
    invited = list(rows)
    complete = [row for row in invited if row.answered_at is not None]
    return PublicService(
        period=period,
        invited=len(invited),
        index=public_index(row.marks for row in complete),
        remarks=tuple(row.remark for row in complete if row.remark),
    )


def _mean(counts: Mapping[int, int]) -> Decimal | None:
    answered = sum(counts.values())
    if not answered:
        return None
    total = sum(score * count for score, count in counts.items())
    return (Decimal(total) / answered).quantize(_CENT, rounding=ROUND_HALF_UP)
