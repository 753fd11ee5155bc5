"""The surveys of a desk as pure rules: the question after closing, and the yearly one of public services.

The second is the survey of public satisfaction (survei kepuasan masyarakat) of PermenPAN-RB 14/2017: nine elements,
each answered 1 to 4; the index is the mean of the elements' means times 25, and has a class.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from fractions import Fraction
from zoneinfo import ZoneInfo

ANSWERED_WITHIN = timedelta(days=14)  # what is said later is no answer to the question any more
CHANGED_WITHIN = timedelta(days=1)  # after the first score; the last one counts
REMARKED_WITHIN = timedelta(days=1)  # after the first score
SCALES = range(3, 11)
_LOW_SHARE = Fraction(2, 5)  # of the scale: 1 and 2 of 5


class When(StrEnum):
    """What ends a ticket for the survey."""

    SOLVED = "solved"  # the agent says so: asked with the closing notice
    CLOSED = "closed"  # confirmed, by the supervisor or by time


class Every(StrEnum):
    """How often the survey of public services is taken."""

    YEAR = "year"
    SEMESTER = "semester"
    QUARTER = "quarter"


class Way(StrEnum):
    """How a contact is invited to it."""

    LINK = "link"
    CHAT = "chat"  # question by question where the channel has buttons, by link elsewhere


@dataclass(frozen=True, kw_only=True)
class PublicService:
    """The survey of public services as a desk takes it."""

    period: Every = Every.YEAR
    invite: Way = Way.LINK
    wait: timedelta = timedelta(hours=1)  # from solving a ticket to the invitation
    per_hour: int = 60  # invitations of the desk
    template: str | None = None  # reply template whose WhatsApp template carries the link


@dataclass(frozen=True, kw_only=True)
class Survey:
    """What a desk asks after closing."""

    after: When = When.SOLVED
    scale: int = 5
    ask_comment: bool = True
    at_most_every: timedelta = timedelta(days=7)  # for each contact
    template: str | None = None  # reply template whose WhatsApp template asks the question
    public_service: PublicService | None = None


# -- after closing ----------------------------------------------------------------------------------------------------


class Withheld(StrEnum):
    """Why a contact is not asked."""

    OFF = "off"
    STOPPED = "stopped"  # wants no more automatic messages
    NO_MATTER = "no_matter"  # spam, part of another ticket, one of many of an incident
    NOWHERE = "nowhere"  # there is no address to ask at
    QUIET = "quiet"  # was asked lately
    ASKED = "asked"  # in this cycle
    WINDOW = "window"  # WhatsApp takes nothing but templates any more


def withheld(
    survey: Survey | None,
    *,
    is_a_matter: bool,
    has_address: bool,
    stopped: bool,
    asked_in_cycle: bool,
    last_asked_at: datetime | None,
    at: datetime,
) -> Withheld | None:
    """Return why a contact is not to be asked now; None if they are."""
    if survey is None:
        return Withheld.OFF
    if not is_a_matter:
        return Withheld.NO_MATTER
    if not has_address:
        return Withheld.NOWHERE
    if stopped:
        return Withheld.STOPPED
    if asked_in_cycle:
        return Withheld.ASKED
    if last_asked_at is not None and at - last_asked_at < survey.at_most_every:
        return Withheld.QUIET
    return None


def is_low(score: int, scale: int) -> bool:
    """Return whether a score is a finding: 1 and 2 of 5."""
    return score <= int(scale * _LOW_SHARE)


def is_high(score: int, scale: int) -> bool:
    """Return whether somebody is satisfied: 4 and 5 of 5."""
    return is_low(scale + 1 - score, scale)


def still_counts(*, asked_at: datetime, answered_at: datetime | None, at: datetime) -> bool:
    """Return whether a score said now counts: the first for two weeks, another for a day after it."""
    if answered_at is None:
        return at - asked_at <= ANSWERED_WITHIN
    return at - answered_at <= CHANGED_WITHIN


# -- the survey of public services -------------------------------------------------------------------------------------


class Element(StrEnum):
    """The nine elements, in the order in which they are asked."""

    REQUIREMENTS = "requirements"
    PROCEDURE = "procedure"
    TIME = "time"
    COST = "cost"
    PRODUCT = "product"
    COMPETENCE = "competence"
    CONDUCT = "conduct"
    COMPLAINTS = "complaints"
    FACILITIES = "facilities"


ELEMENTS = tuple(Element)
MARKS = range(1, 5)
_CLASSES = ((Decimal("88.31"), "A"), (Decimal("76.61"), "B"), (Decimal("65.00"), "C"))
_CENT, _MILL = Decimal("0.01"), Decimal("0.001")
_CONVERSION = 25  # from 1 to 4 to 25 to 100

Marks = Sequence[int]  # one for each element, in order


@dataclass(frozen=True, kw_only=True)
class PublicIndex:
    """What the answers to the survey of public services come to."""

    answers: int
    means: tuple[Decimal, ...]  # of each element, 1 to 4, to two places; empty without an answer
    index: Decimal | None  # 25 to 100, to two places; None without an answer
    weighted: tuple[Decimal, ...] = ()  # of each element, its ninth of the index's mean, to three places
    converted: tuple[Decimal, ...] = ()  # of each element, 25 to 100, to two places
    weighted_sum: Decimal | None = None  # 1 to 4, to three places

    @property
    def grade(self) -> str | None:
        return None if self.index is None else grade(self.index)


def public_index(answers: Iterable[Marks]) -> PublicIndex:
    """Return the index over complete answers. Raises ValueError for one that is not complete."""
    given = [checked(marks) for marks in answers]
    if not given:
        return PublicIndex(answers=0, means=(), index=None)
    means = [Fraction(sum(column), len(given)) for column in zip(*given, strict=True)]
    return PublicIndex(
        answers=len(given),
        means=tuple(_rounded(mean) for mean in means),
        index=_rounded(sum(means, Fraction()) / len(means) * _CONVERSION),
        weighted=tuple(_rounded(mean / len(means), _MILL) for mean in means),
        converted=tuple(_rounded(mean * _CONVERSION) for mean in means),
        weighted_sum=_rounded(sum(means, Fraction()) / len(means), _MILL),
    )


def checked(marks: Marks) -> tuple[int, ...]:
    """Return complete marks. Raises ValueError."""
    if len(marks) != len(ELEMENTS) or any(mark not in MARKS for mark in marks):
        raise ValueError(f"expected {len(ELEMENTS)} marks from 1 to 4")
    return tuple(marks)


def grade(index: Decimal) -> str:
    """Return the class of an index to two places, as the regulation's table has it: A from 88.31."""
    return next((name for least, name in _CLASSES if index >= least), "D")


def _rounded(value: Fraction, to: Decimal = _CENT) -> Decimal:
    """Round a half up, as people do: the table of classes has two places."""
    return (Decimal(value.numerator) / Decimal(value.denominator)).quantize(to, rounding=ROUND_HALF_UP)


@dataclass(frozen=True, kw_only=True)
class Period:
    """One round of the survey of public services: every instant with `start_at <= at < end_at`."""

    key: str  # 2026, 2026-S1, 2026-Q3
    start_at: datetime
    end_at: datetime


_MONTHS = {Every.YEAR: 12, Every.SEMESTER: 6, Every.QUARTER: 3}
_MARKS = {Every.YEAR: "", Every.SEMESTER: "-S", Every.QUARTER: "-Q"}


def period_at(every: Every, at: datetime, zone: ZoneInfo) -> Period:
    """Return the period in which an instant lies, in the desk's zone."""
    local = at.astimezone(zone)
    months = _MONTHS[every]
    return _period(every, local.year, (local.month - 1) // months, zone)


def period_of(key: str, zone: ZoneInfo) -> Period:
    """Return the period that is called so: `2026`, `2026-S1`, `2026-Q3`. Raises ValueError."""
    match = re.fullmatch(r"([1-9][0-9]{3})(?:-(?:S([12])|Q([1-4])))?", key, re.ASCII)
    if match is None or match[1] == "9999":
        raise ValueError("expected a period such as 2026, 2026-S1 or 2026-Q3")
    every = Every.SEMESTER if match[2] else Every.QUARTER if match[3] else Every.YEAR
    return _period(every, int(match[1]), int(match[2] or match[3] or 1) - 1, zone)


def a_year_before(key: str) -> str:
    """Return what the same period of the year before is called."""
    return f"{int(key[:4]) - 1}{key[4:]}"


def _period(every: Every, year: int, number: int, zone: ZoneInfo) -> Period:
    """Return one of the periods of a year, counted from zero."""
    months = _MONTHS[every]
    key = f"{year}{_MARKS[every]}{'' if every is Every.YEAR else number + 1}"
    first, after = number * months, (number + 1) * months
    return Period(key=key, start_at=_first(year, first, zone), end_at=_first(year, after, zone))


def _first(year: int, month: int, zone: ZoneInfo) -> datetime:
    """Return the midnight that begins a month, counted from zero."""
    return datetime(year + month // 12, month % 12 + 1, 1, tzinfo=zone).astimezone(UTC)
