"""The statistics of any period and part of a desk's tickets: charts, each with its table, and each as CSV."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Annotated

from fastapi import Depends, Request
from fastapi.responses import Response
from sqlmodel import Session
from starlette.exceptions import HTTPException

from console.doors import trail
from console.doors.trail import Kind
from console.figures.statistics_asked import PARTS, Period, Wanted
from console.figures.statistics_tables import Sheet, percent, sheets, written
from console.house import House, TheHouse
from console.language import language_of
from console.pages.render import page
from console.phrases import say
from console.routes import Router
from console.supervised import supervised
from console.visitors import Here, knock_of
from reports.gone import said_of_gone
from reports.labels import Labels
from reports.measures import names_of
from reports.part import Part
from reports.periods import Days
from reports.satisfaction import Satisfaction, satisfaction
from reports.statistics import Statistics, statistics
from templates_replies.catalogue import Language
from templates_replies.moments import date_in_words, in_words
from tickets import views
from tickets.clocks import FIRST_RESPONSE, RESOLUTION
from tickets.desk import Desk

PATH = "/dashboard"
REMEMBERED_FOR = timedelta(minutes=1)
MOST_REMEMBERED = 64
CHANNELS = ("whatsapp", "telegram", "email", "webchat", "other")

router = Router(include_in_schema=False)
Asked = Annotated[Wanted, Depends()]


@dataclass(frozen=True, kw_only=True)
class Measured:
    days: Days
    now: Statistics
    before: Statistics
    surveys: Satisfaction | None  # None: only part of the tickets is meant


@dataclass(frozen=True, kw_only=True)
class Card:
    """One figure above the charts."""

    key: str
    value: str
    note: str | None
    change: str | None


@router.get(PATH)
async def show(request: Request, house: TheHouse, visitor: Here, wanted: Asked) -> Response:
    desks = supervised(house, visitor)
    desk = desks.get(wanted.desk) or visitor.begins_with(desks)
    found = await request.app.state.statistics.of(house, desk, wanted)
    language = language_of(request)
    catalogue = house.catalogue(desk.slug)
    people = await house.ledger.read(lambda session: views.colleagues(session, frozenset({desk.slug})))
    return page(
        request, house, "statistics.html", visitor=visitor, desks=desks, desk=desk, wanted=wanted, found=found,
        periods=tuple(Period), parts=PARTS, on=partial(date_in_words, language=language), percent=percent,
        length=partial(in_words, language=language), cards=_cards(found, language),
        sheets=_sheets(found, language),
        gone=said_of_gone((*found.now.gone, *found.before.gone), Labels(language)),
        choices={
            "channel": [(each, _channel(each, language)) for each in CHANNELS],
            "category": [(each.id, each.name) for each in catalogue.categories],
            "agent": [(each.id, each.name) for each in people],
            "team": [(each.id, each.name) for each in desk.teams],
        },
    )  # fmt: skip


@router.get(PATH + "/{chart}.csv")
async def take_out(request: Request, chart: str, house: TheHouse, visitor: Here, wanted: Asked) -> Response:
    """Hand out the table of a chart; the trail says so. Lengths are minutes, shares from 0 to 1."""
    desks = supervised(house, visitor)
    if wanted.desk not in desks:
        raise HTTPException(404, "there is no such desk")
    found = await request.app.state.statistics.of(house, desks[wanted.desk], wanted)
    made = _sheets(found, language_of(request))
    sheet = next((each for each in made if each.key == chart), None)
    if sheet is None:
        raise HTTPException(404, "there is no such chart")
    now = house.clock()
    entry = trail.by(visitor, Kind.EXPORTED, knock_of(request), what="statistics", format="csv", chart=chart)
    await house.ledger.write(lambda tx: trail.write(tx, entry, at=now), name="trail")
    name = f"{wanted.desk}-{chart}-{found.days.first_on}-{found.days.last_on}.csv"
    return Response(
        written(sheet), media_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )  # fmt: skip


class Remembered:
    """What was measured within the last minute: a chart taken out as CSV, or looked at by two, is measured once."""

    def __init__(self) -> None:
        self._kept: dict[tuple[str, Days, Part], tuple[datetime, Measured]] = {}

    async def of(self, house: House, desk: Desk, wanted: Wanted) -> Measured:
        now = house.clock()
        days = wanted.days(zone=desk.calendar.zone, today=desk.calendar.day_of(now))
        key = (desk.slug, days, wanted.part)
        kept = self._kept.get(key)
        if kept is None or now - kept[0] >= REMEMBERED_FOR:
            kept = (now, await _measured(house, desk, days, wanted, now=now))
            self._kept = dict([*self._kept.items(), (key, kept)][-MOST_REMEMBERED:])
        return kept[1]


async def _measured(house: House, desk: Desk, days: Days, wanted: Wanted, *, now: datetime) -> Measured:
    people = await house.ledger.read(lambda session: views.colleagues(session, frozenset({desk.slug})))
    names = names_of(
        desk, category_names={each.id: each.name for each in house.catalogue(desk.slug).categories},
        staff_names={each.id: each.name for each in people},
    )  # fmt: skip
    measure = partial(statistics, desk=desk.slug, now=now, names=names, part=wanted.part)

    def read(session: Session) -> Measured:
        surveys = None
        if wanted.part.is_whole:
            surveys = satisfaction(session, desk=desk.slug, start_at=days.start_at, end_at=days.end_at)
        return Measured(
            days=days, now=measure(session, days=days), before=measure(session, days=days.before),
            surveys=surveys,
        )  # fmt: skip

    return await house.ledger.read(read)


def _sheets(found: Measured, language: Language) -> Sequence[Sheet]:
    return sheets(found.now, found.surveys, language=language, channel=partial(_channel, language=language))


def _channel(channel: str, language: Language) -> str:
    return say(language, "email_channel" if channel == "email" else channel)


def _cards(found: Measured, language: Language) -> list[Card]:
    now, before = found.now, found.before
    cards = [
        Card(
            key="tickets", value=str(now.tickets), note=None,
            change=_change(now.tickets - before.tickets, language, str(abs(now.tickets - before.tickets))),
        )
    ]  # fmt: skip
    for kind in (FIRST_RESPONSE, RESOLUTION):
        one, other = now.promise(kind), before.promise(kind)
        change = None
        if one.share is not None and other.share is not None:
            points = round(one.share * 100) - round(other.share * 100)
            change = _change(points, language, say(language, "statistics_points", count=abs(points)))
        note = say(language, "statistics_of", met=one.met, due=one.met + one.breached)
        cards.append(Card(key=kind, value=percent(one.share), note=note, change=change))
    for key, kind in (("median_response", FIRST_RESPONSE), ("median_resolution", RESOLUTION)):
        median = (now.promise(kind).median, before.promise(kind).median)
        cards.append(_length_card(key, median[0], median[1], language))
    if found.surveys is not None and found.surveys.mean is not None:
        note = say(language, "statistics_answers", count=found.surveys.answered)
        value = f"{found.surveys.mean} / {found.surveys.scale}"
        cards.append(Card(key="satisfaction", value=value, note=note, change=None))
    return cards


def _length_card(key: str, now: timedelta | None, before: timedelta | None, language: Language) -> Card:
    change = None if before is None else say(language, "statistics_before", value=in_words(before, language))
    return Card(key=key, value="–" if now is None else in_words(now, language), note=None, change=change)


def _change(by: int, language: Language, value: str) -> str:
    if not by:
        return say(language, "statistics_same")
    return say(language, "statistics_up" if by > 0 else "statistics_down", value=value)
