"""The page of the inbox: what wants attention, in the order in which it does, a page of lines at a time."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Annotated
from urllib.parse import urlencode

from fastapi import Depends, Query, Request
from fastapi.responses import Response
from sqlmodel import Session

from console.doors import Visitor
from console.house import House, TheHouse
from console.ids import number_in
from console.inbox.beside import Beside, beside_of, categories_of, desks_of, teams_of
from console.inbox.filters import FIRST, VIEWS, Filters, from_link, in_link
from console.language import language_of
from console.lines import Marks, line_of, own_ids
from console.mentions import posts_of
from console.pages.render import page
from console.routes import Router
from console.search.kept import Kept, kept, owners_of, told, views_of
from console.search.searching import asker_at, remarks_on, search_for
from console.ticket.acts.urgency import tomorrow
from console.visitors import Here
from console.words.handling import PRIORITIES
from templates_replies.catalogue import Language
from tickets import views
from tickets.actor import Role
from tickets.lifecycle import TO_DO
from tickets.message import Channel
from tickets.views import InboxPage, Order, Place

PAGE = 30  # a screen shows twelve; each line costs the server time

Word = Annotated[str, Query(max_length=100)]
At = Annotated[str, Query(max_length=40)]

router = Router(include_in_schema=False)


def _asked(
    house: TheHouse, visitor: Here, *, view: Word = "", saved: Word = "", status: Word = "", channel: Word = "", priority: Word = "",
    category: Word = "", tag: Word = "", team: Word = "", mine: Word = "", order: Word = "",
    q: Annotated[str, Query(max_length=300)] = "",
) -> Filters:  # fmt: skip
    """Read what was chosen; what there is not is left out. `status` is what `view` was called once."""
    chosen = view or status
    return Filters(
        view=chosen if chosen in VIEWS else FIRST,
        saved=number_in(saved),
        channel=channel if channel in set(Channel) else "",
        priority=priority if priority in PRIORITIES else "",
        category=category,
        tag=tag,
        team=team if team in teams_of(house, visitor) else "",
        mine=bool(mine),
        q=q,
        order=Order(order) if order in set(Order) else None,
    )


Asked = Annotated[Filters, Depends(_asked)]


@dataclass(frozen=True, kw_only=True)
class _Read:
    """What the ledger has for the page."""

    filters: Filters  # as they can be kept to
    kept: Kept | None  # the saved view that is shown
    order: Order
    found: InboxPage
    beside: Beside
    remarks: tuple[str, ...]
    marks: Marks


@dataclass(frozen=True, kw_only=True)
class Refused:
    """A ticket that was left as it is by an act upon several."""

    number: int
    why: str  # the phrase


@dataclass(frozen=True, kw_only=True)
class Bulk:
    """What whoever looks may choose from for several tickets at once."""

    people: dict[str, str]  # names by id
    tags: dict[str, str] | None  # names by id; None: any word
    tomorrow: str
    verifies: bool


@router.get("/inbox")
async def inbox(
    request: Request, house: TheHouse, visitor: Here, filters: Asked, *, after: At = "", before: At = "",
    done: Annotated[int, Query(ge=0, le=PAGE)] = 0,
) -> Response:  # fmt: skip
    return await shown(request, house, visitor, filters, after=after, before=before, done=done)


async def shown(
    request: Request, house: House, visitor: Visitor, filters: Filters, *, after: str = "", before: str = "",
    status: int = 200, done: int = 0, refused: Sequence[Refused] = (), problem: str = "",
) -> Response:  # fmt: skip
    """Show the list, with what became of the act upon several tickets that was asked for last."""
    language = language_of(request)
    read = await house.ledger.read(
        lambda session: _read(
            session,
            house,
            visitor,
            filters,
            after=from_link(after),
            before=from_link(before),
            language=language,
        )
    )
    if filters.saved and read.kept is None:
        problem, status = problem or "view_gone", 404
    found, beside, filters = read.found, read.beside, read.filters
    several = len(desks_of(house, visitor)) > 1
    return page(
        request, house, "inbox.html", visitor=visitor, status=status, filters=filters,
        lines=[
            line_of(request, house, line, beside.names, marks=read.marks)
            for line in found.lines
        ],
        beside=beside, kept=read.kept, keep=_way_to_keep(read), tag_choices=[(tag, tag) for tag in beside.tags],
        channels=list(Channel), priorities=PRIORITIES, orders=list(Order), order=read.order, several=several,
        own=own_ids(visitor), teams=teams_of(house, visitor),
        categories=categories_of(house, visitor), most=views.MOST_COUNTED,
        newer=filters.link(before=in_link(found.before)) if found.before else None,
        older=filters.link(after=in_link(found.after)) if found.after else None,
        here=filters.link(after=after, before=before), remarks=read.remarks, done=done, refused=refused, problem=problem, bulk=_bulk(house, visitor, beside.names),
    )  # fmt: skip


def _read(
    session: Session, house: House, visitor: Visitor, filters: Filters, *, after: Place | None, before: Place | None,
    language: Language,
) -> _Read:  # fmt: skip
    """Read the whole page in one go, so that list and counts tell of the same instant."""
    asker, saved = asker_at(visitor), views_of(session, visitor)
    now = next((kept(house, each, asker) for each in saved if each.id == filters.saved), None)
    filters = filters if now else replace(filters, saved=None)
    order = filters.order or (now.saved.order if now else Order.DUE)
    found = views.inbox(
        session, filters.wanted(visitor, desks_of(house, visitor), now), order=order, limit=PAGE, after=after,
        before=before, search=search_for(house, asker),
    )  # fmt: skip
    them = owners_of(visitor)
    waiting = {
        line.ticket.number: line.waits for line in found.lines if line.waits and line.ticket.status in TO_DO
    }
    numbers = [line.ticket.number for line in found.lines]
    return _Read(
        filters=filters,
        kept=now,
        order=order,
        found=found,
        beside=beside_of(session, house, visitor, filters, saved, language=language),
        remarks=told(session, house, visitor, now.saved, filters.q, language=language)
        if now
        else remarks_on(session, house, filters.q, asker, language=language),
        marks=Marks(
            drafted=views.with_drafts(session, numbers, by=them),
            unread=views.unseen(session, waiting, by=them),
            named=views.with_mentions(session, numbers, posts_of(visitor)),
            later=views.with_scheduled(session, numbers),
        ),
    )


def _way_to_keep(read: _Read) -> str:
    """Return the way to keeping the list that is shown as a view; "" where that is everything."""
    query = read.filters.query(read.kept)
    return "/views?" + urlencode({"query": query, "order": read.order}) + "#new" if query else ""


def _bulk(house: House, visitor: Visitor, names: Mapping[str, str]) -> Bulk | None:
    """Return what they may do to several tickets; None for whoever may only read."""
    desks = [
        desk
        for slug, desk in house.desks().items()
        if (visitor.desks is None or slug in visitor.desks) and visitor.actor(slug).may(Role.AGENT, slug)
    ]
    if not desks:
        return None
    known = [house.catalogue(desk.slug).tags for desk in desks]
    tags = (
        None
        if any(each is None for each in known)
        else {tag.id: tag.name for each in known for tag in each or ()}
    )
    return Bulk(
        people=dict(names),
        tags=tags,
        tomorrow=tomorrow(house.clock().astimezone(desks[0].desk.calendar.tz)),
        verifies=any(visitor.supervised([desk.slug]) for desk in desks),
    )
