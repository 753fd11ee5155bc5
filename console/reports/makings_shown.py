"""How files that are being made, or are there, stand on a page."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from fastapi import Request

from console.house import House
from console.language import language_of
from console.pages.render import moments
from console.phrases import say
from console.reports.asking import gone_of_each
from console.sizes import size_in_words
from reports.errors import ReportError
from reports.gone import said_of_gone
from reports.labels import Labels
from reports.making.order import (
    ANNUAL,
    CLOSING,
    OF_MONTHS,
    PUBLIC_SURVEY,
    SCORECARD,
    SURVEY,
    Order,
)
from reports.making.queue import State
from reports.making.shelf import Making
from reports.making.work import refusal
from reports.progress import said
from templates_replies.catalogue import Language, supported_language
from templates_replies.moments import day_in_words, month_in_words
from templates_replies.public_survey import period_words
from tickets.desk import Desk

NAMES: Mapping[Language, str] = {"id": "Bahasa Indonesia", "en": "English"}
_KEYS_ALONE = frozenset({"csv", "jsonl"})  # formats whose columns have keys for headings

# What refusals are called, by their names.
_PROBLEMS: Mapping[str, str] = {
    "BadMonthError": "reports_bad_month",
    "UnknownPartError": "reports_bad_part",
    "UnwritableError": "making_unwritable",
    "BadPeriodError": "making_bad_period",
    "NoScorecardError": "making_no_scorecard",
    "UntypesetError": "making_untypeset",
    "StillRunningError": "reports_still_running",
    "ClosedAlreadyError": "reports_closed_already",
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
    desk: str  # its name
    state: State
    closes: bool  # the month of which it tells
    archive: str  # the page where it is kept for good, if it is
    title: str
    filter: str
    format: str
    language: str  # of what people read in it, by its own name; empty: there is nothing to read but keys
    identities: bool
    share: float | None  # from 0 to 1, of one that is being made; None: nobody knows
    said: str  # how far it is
    problem: str
    gone: str  # of which months there is no history in it
    size: str
    asked: str
    until: str  # when it goes


@dataclass(frozen=True, kw_only=True)
class Makings:
    all: Sequence[Shown]
    is_under_way: bool


async def shown_makings(request: Request, house: House, makings: Sequence[Making]) -> Makings:
    language = language_of(request)
    gone = await gone_of_each(house, makings)
    return Makings(
        all=[
            _shown(request, house, each, language, gone=months)
            for each, months in zip(makings, gone, strict=True)
        ],
        is_under_way=any(each.is_under_way for each in makings),
    )


def problem_of(refused: ReportError, language: Language) -> str:
    found = refusal(refused)
    return problem(found.failure, found.about, language)


def problem(failure: str, about: Mapping[str, str], language: Language) -> str:
    """Return in words why there is no file."""
    return say(language, _PROBLEMS.get(failure, "making_failed"), **{"about": "", "instead": "", **about})


def _shown(request: Request, house: House, made: Making, language: Language, *, gone: Sequence[str]) -> Shown:
    desk = house.desk(made.desk).desk
    when = moments(request, desk.calendar.tz, house.clock())
    progress = made.progress
    return Shown(
        id=made.id, desk=_desks(made, desk.name, language), state=made.state, closes=made.order.what == CLOSING,
        archive=f"/reports?desk={made.desk}" if made.order.what in OF_MONTHS else "", title=_title(made.order, language), filter=made.order.filter,
        format=made.order.format, language=_language(made.order, desk), identities=made.order.identities, share=progress.share if progress else None,
        said=said(progress, language) if progress else "",
        problem=problem(made.failure, made.about, language) if made.failure else "",
        gone=said_of_gone(gone, Labels(language)) or "", size=size_in_words(made.size or 0, language), asked=when(made.asked_at),
        until=when(made.expires_at) if made.expires_at else "",
    )  # fmt: skip


def _desks(made: Making, name: str, language: Language) -> str:
    beside = made.order.beside
    return say(language, "making_every_desk", count=len(beside) + 1) if beside else name


def _title(order: Order, language: Language) -> str:
    if order.what in OF_MONTHS:
        return say(language, f"making_{order.what}", month=_month(order.month, language))
    if order.what in (ANNUAL, SCORECARD):
        return say(language, f"making_{order.what}", period=_month(order.period, language))
    if order.what == PUBLIC_SURVEY:
        return say(language, "making_public_survey", period=period_words(order.period, language))
    first, last = (day_in_words(day, language) if day else "" for day in (order.first_on, order.last_on))
    if order.what == SURVEY:
        return say(language, "making_survey", first=first, last=last)
    return say(language, "making_export", what=say(language, f"exports_{order.what}"), first=first, last=last)


def _language(order: Order, desk: Desk) -> str:
    spoken = supported_language(order.language or desk.language)
    return "" if order.format in _KEYS_ALONE else NAMES[spoken]


def _month(text: str, language: Language) -> str:
    """Write `2026-10` in words; a year stays as it is."""
    return month_in_words(date.fromisoformat(f"{text}-01"), language) if "-" in text else text
