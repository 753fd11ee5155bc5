"""How files that are being made, or are there, stand on a page."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from fastapi import Request

from console.house import House
from console.language import language_of
from console.pages.render import moments
from console.phrases import say
from reports.errors import ReportError
from reports.making.order import REPORT, Order
from reports.making.queue import State
from reports.making.shelf import Making
from reports.making.work import refusal
from reports.progress import said
from reports.written import number
from templates_replies.catalogue import Language
from templates_replies.moments import day_in_words, month_in_words

# What refusals are called, by their names.
_PROBLEMS: Mapping[str, str] = {
    "BadMonthError": "reports_bad_month",
    "UnknownPartError": "reports_bad_part",
    "UnwritableError": "making_unwritable",
    "BadSpanError": "exports_bad_days",
    "BadDaysError": "exports_bad_days",
    "BadFormatError": "exports_bad_format",
    "UnknownFilterError": "exports_unknown_filter",
    "NobodyError": "exports_nobody",
    "UnheardOfError": "exports_unheard_of",
    "NotIndexedError": "exports_not_indexed",
    "UnderWayError": "making_under_way",
    "TooManyError": "making_too_many",
    "BrokenOff": "making_broken_off",
}


@dataclass(frozen=True, kw_only=True)
class Shown:
    """One file, in words."""

    id: int
    state: State
    title: str
    filter: str
    format: str
    identities: bool
    share: float | None  # from 0 to 1, of one that is being made; None: nobody knows
    said: str  # how far it is
    problem: str
    size: str
    asked: str
    until: str  # when it goes


@dataclass(frozen=True, kw_only=True)
class Makings:
    all: Sequence[Shown]
    is_under_way: bool


def shown_makings(request: Request, house: House, makings: Sequence[Making], *, exports: bool) -> Makings:
    """Return the exports among them, or the reports that are not in the archive yet."""
    language = language_of(request)
    wanted = [
        each
        for each in makings
        if (each.order.what != REPORT) is exports and (exports or each.report is None)
    ]
    return Makings(
        all=[_shown(request, house, each, language) for each in wanted],
        is_under_way=any(each.is_under_way for each in wanted),
    )


def problem_of(refused: ReportError, language: Language) -> str:
    found = refusal(refused)
    return problem(found.failure, found.about, language)


def problem(failure: str, about: Mapping[str, str], language: Language) -> str:
    """Return in words why there is no file."""
    return say(language, _PROBLEMS.get(failure, "making_failed"), **{"about": "", "instead": "", **about})


def _shown(request: Request, house: House, made: Making, language: Language) -> Shown:
    tz = house.desk(made.desk).desk.calendar.tz if made.desk in house.desks() else None
    when = moments(request, tz or house.clock().tzinfo, house.clock())  # type: ignore[arg-type]
    progress = made.progress
    return Shown(
        id=made.id, state=made.state, title=_title(made.order, language), filter=made.order.filter,
        format=made.order.format, identities=made.order.identities, share=progress.share if progress else None,
        said=said(progress, language) if progress else "",
        problem=problem(made.failure, made.about, language) if made.failure else "",
        size=_size(made.size or 0, language), asked=when(made.asked_at),
        until=when(made.expires_at) if made.expires_at else "",
    )  # fmt: skip


def _title(order: Order, language: Language) -> str:
    if order.what == REPORT or order.first_on is None or order.last_on is None:
        month = month_in_words(datetime.strptime(order.month, "%Y-%m").date(), language)  # noqa: DTZ007
        return say(language, "making_report", month=month)
    first, last = (day_in_words(day, language) for day in (order.first_on, order.last_on))
    return say(language, "making_export", what=say(language, f"exports_{order.what}"), first=first, last=last)


def _size(size: int, language: Language) -> str:
    """Return bytes as people say them: `14 kB`, `3,2 MB`."""
    if size < 1_000_000:
        return f"{max(size // 1000, 1)} kB"
    return f"{number(size / 1_000_000, language, places=1)} MB"
