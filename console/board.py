"""The supervisors' board: what is to be looked after, with the tickets behind each figure, and how the month goes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response
from sqlmodel import Session
from starlette.exceptions import HTTPException

from console.doors import Visitor
from console.house import House, TheHouse
from console.language import language_of
from console.lines import line_of, own_ids
from console.pages.render import moments, page
from console.phrases import say
from console.visitors import Here
from reports.indicators import Indicators, indicators
from templates_replies.catalogue import Language
from templates_replies.moments import in_words, month_in_words
from templates_replies.supervision_phrases import figure_name, percent
from tickets import views
from tickets.actor import Role
from tickets.clocks import RESOLUTION
from tickets.desk import DeskNow
from tickets.views import AtWork
from tickets.views.board import Board, Figure, Tally, board

PAGE = 50
FAILED_INTAKE = "failed_intake"
MEASURED_EVERY = timedelta(minutes=1)
# What somebody waits for now, or has been failed in already, stands out.
_LATE = {FAILED_INTAKE, Figure.BREACHED, Figure.UNDELIVERED}
_CALM = {Figure.UNVERIFIED}

router = APIRouter(include_in_schema=False)


class Measured:
    """The indicators of each desk, measured anew once a minute: the page is drawn again with every event."""

    def __init__(self) -> None:
        self._kept: dict[str, tuple[datetime, Indicators]] = {}

    def of(self, session: Session, desk: DeskNow, *, now: datetime) -> Indicators:
        kept = self._kept.get(desk.slug)
        if kept is None or now - kept[0] >= MEASURED_EVERY:
            found = indicators(session, desk=desk.slug, zone=desk.desk.calendar.zone, now=now)
            kept = self._kept[desk.slug] = (now, found)
        return kept[1]


@dataclass(frozen=True, kw_only=True)
class Shown:
    """One figure as the page shows it."""

    name: str
    count: str
    level: str  # late, soon, calm, none
    since: str | None
    link: str


@dataclass(frozen=True, kw_only=True)
class DeskShown:
    slug: str
    name: str
    done: bool
    figures: Sequence[Shown]
    month: str
    tickets: int
    solved: str | None  # share, in percent
    within: str
    categorised: str | None
    people: Sequence[AtWork]


@router.get("/board")
async def show(
    request: Request, house: TheHouse, visitor: Here, desk: Annotated[str, Query(max_length=60)] = ""
) -> Response:
    theirs = _theirs(house, visitor)
    chosen = [desk] if desk in theirs else list(theirs)
    now, measured = house.clock(), request.app.state.measured

    def read(session: Session) -> list[tuple[Board, Indicators, Sequence[AtWork]]]:
        return [
            (
                board(session, slug, theirs[slug].desk.supervision, now=now),
                measured.of(session, theirs[slug], now=now),
                views.at_work(session, theirs[slug].desk, now=now),
            )
            for slug in chosen
        ]

    found = await house.ledger.read(read)
    position = await house.ledger.read(lambda session: views.newest_event(session, desks=frozenset(chosen)))
    language = language_of(request)
    return page(
        request, house, "board.html", visitor=visitor, position=position, several=len(theirs) > 1, chosen=desk,
        names={slug: each.desk.name for slug, each in theirs.items()},
        desks=[_desk_shown(theirs[seen.desk], seen, month, people, language) for seen, month, people in found],
    )  # fmt: skip


@router.get("/board/{figure}")
async def show_behind(
    request: Request, figure: str, house: TheHouse, visitor: Here, *,
    desk: Annotated[str, Query(max_length=60)] = "", page_: Annotated[int, Query(alias="page", ge=0, le=20)] = 0,
) -> Response:  # fmt: skip
    theirs = _theirs(house, visitor)
    if desk not in theirs or figure not in {FAILED_INTAKE, *Figure}:
        raise HTTPException(404, "there is no such figure")
    now, at_desk = house.clock(), theirs[desk]
    seen = await house.ledger.read(lambda session: board(session, desk, at_desk.desk.supervision, now=now))
    numbers = () if figure == FAILED_INTAKE else seen.tallies[Figure(figure)].tickets
    shown = numbers[page_ * PAGE : (page_ + 1) * PAGE]
    lines = await house.ledger.read(lambda session: views.lines_of(session, shown))
    people = await house.ledger.read(lambda session: views.colleagues(session, frozenset({desk})))
    position = await house.ledger.read(lambda session: views.newest_event(session, desks=frozenset({desk})))
    names = {person.id: person.name for person in people}
    return page(
        request, house, "board_behind.html", visitor=visitor, position=position, figure=figure, page_=page_,
        name=figure_name(figure, language_of(request)), desk=at_desk.desk, more=len(numbers) > (page_ + 1) * PAGE,
        lines=[line_of(request, house, line, names) for line in lines], own=own_ids(visitor),
        kept=seen.kept if figure == FAILED_INTAKE else (), when=moments(request, at_desk.desk.calendar.tz, now),
    )  # fmt: skip


def _theirs(house: House, visitor: Visitor) -> Mapping[str, DeskNow]:
    """Return the desks that they supervise. Raises HTTPException(403) for whoever supervises none."""
    desks = house.desks()
    theirs = visitor.supervised(sorted(desks))
    if not theirs:
        raise HTTPException(403, "for supervisors")
    return {slug: desks[slug] for slug in theirs}


def _desk_shown(
    desk: DeskNow, seen: Board, month: Indicators, people: Sequence[AtWork], language: Language
) -> DeskShown:
    terms = desk.desk
    tallies = [
        tally
        for tally in seen.tallies.values()
        if tally.figure is not Figure.TO_VERIFY or terms.supervision.sample is not None or tally.count
    ]
    oldest = seen.kept[0].at if seen.kept else None
    return DeskShown(
        slug=desk.slug,
        name=terms.name,
        done=seen.all_done,
        figures=[
            _shown(FAILED_INTAKE, len(seen.kept), _waited(oldest, seen.at, language), seen, language),
            *(_of_tally(tally, seen, language) for tally in tallies),
        ],
        month=month_in_words(month.month.start_at.astimezone(month.month.tz).date(), language),
        tickets=month.tickets,
        solved=None if month.share_in_time is None else percent(month.share_in_time),
        within=in_words(terms.promises[RESOLUTION].length, language),
        categorised=None if month.share_categorised is None else percent(month.share_categorised),
        people=[each for each in people if each.person.role is Role.AGENT or each.load],
    )


def _of_tally(tally: Tally, seen: Board, language: Language) -> Shown:
    since: str | None
    if tally.figure is Figure.SOON and tally.since is not None:
        since = say(language, "left", length=in_words(tally.since - seen.at, language))
    else:
        since = _waited(tally.since, seen.at, language)
    return _shown(tally.figure, tally.count, since, seen, language, more=tally.more)


def _shown(
    figure: str, count: int, since: str | None, seen: Board, language: Language, *, more: bool = False
) -> Shown:
    level = "none" if not count else "late" if figure in _LATE else "calm" if figure in _CALM else "soon"
    return Shown(
        name=figure_name(figure, language), count=f"{count}+" if more else str(count), level=level, since=since,
        link=f"/board/{figure}?desk={seen.desk}",
    )  # fmt: skip


def _waited(since: datetime | None, now: datetime, language: Language) -> str | None:
    return None if since is None else say(language, "for_long", length=in_words(now - since, language))
