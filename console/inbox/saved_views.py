"""The saved views of whoever looks: made of what a list or a search showed, named, put in order, shared, taken away."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import Annotated

from fastapi import Query, Request
from fastapi.responses import RedirectResponse, Response
from sqlmodel import Session

from console.doors import Visitor
from console.errors import status_of
from console.forms import Form, OurForm, does_once
from console.house import House, TheHouse
from console.inbox.beside import desks_of
from console.inbox.filters import Filters
from console.language import language_of
from console.pages.render import page
from console.phrases import why_refused
from console.routes import Router
from console.search.kept import kept, owner, owners_of, told, views_of
from console.search.searching import asker_at, search_for
from console.visitors import Here
from templates_replies.catalogue import Language
from tickets import views
from tickets.actions import keeping_views
from tickets.actions.errors import ActError
from tickets.actions.keeping_views import NoSuchViewError, Wish
from tickets.actor import Actor
from tickets.ledger.tx import Tx
from tickets.query import LONGEST
from tickets.views import Order, Saved

PATH = "/views"

router = Router(include_in_schema=False)


@dataclass(frozen=True, kw_only=True)
class Refused:
    """Why nothing was changed."""

    why: str  # the phrase
    status: int


@dataclass(frozen=True, kw_only=True)
class Row:
    """A view as the page shows it."""

    saved: Saved
    may_change: bool
    many: int
    remarks: tuple[str, ...]  # what of it is not read as it was meant

    @property
    def wish(self) -> Wish:
        saved = self.saved
        return Wish(name=saved.name, query=saved.query, ordered=saved.order, desk=saved.desk)


@router.get(PATH)
async def show(
    request: Request, house: TheHouse, visitor: Here, *,
    query: Annotated[str, Query(max_length=LONGEST)] = "", order: Annotated[str, Query(max_length=20)] = "",
) -> Response:  # fmt: skip
    new = Wish(name="", query=query, ordered=_order(order))
    return await _page(request, house, visitor, new)


@router.post(PATH)
async def keep(request: Request, house: TheHouse, visitor: Here, form: OurForm) -> Response:
    wish = _wish(form, house)
    by, made = owner(visitor, wish.desk), list[int]()

    def act(tx: Tx, at: datetime) -> None:
        made[:] = [keeping_views.keep(tx, wish, by=by, at=at)]

    refused = await _does(house, form, by, act)
    if refused is not None:
        return await _page(request, house, visitor, wish, refused=refused)
    way = f"/inbox?saved={made[0]}" if made else PATH  # a form that is sent again has made it already
    return RedirectResponse(way, status_code=303)


@router.post(PATH + "/{view}")
async def change(request: Request, view: int, house: TheHouse, visitor: Here, form: OurForm) -> Response:
    """Do to a view what the pressed button says."""
    everything = await house.ledger.read(lambda session: views_of(session, visitor))
    saved = next((each for each in everything if each.id == view), None)
    if saved is None:
        raise NoSuchViewError(view)
    wish, does = _wish(form, house), form.line("does")
    by = owner(visitor, saved.desk or wish.desk)
    beside = [each for each in everything if each.desk == saved.desk]
    at_place = beside.index(saved)

    def act(tx: Tx, at: datetime) -> None:
        if does == "drop":
            keeping_views.drop(tx, view, by=by, at=at)
        elif does in ("up", "down"):
            keeping_views.move(tx, view, at_place + (1 if does == "down" else -1), by=by)
        else:
            keeping_views.change(tx, view, wish, by=by, at=at)

    refused = await _does(house, form, by, act)
    if refused is not None:
        return await _page(
            request, house, visitor, Wish(name="", query=""), refused=refused, tried={view: wish}
        )
    return RedirectResponse(PATH if does == "drop" else f"{PATH}#view-{view}", status_code=303)


async def _does(house: House, form: Form, by: Actor, act: Callable[[Tx, datetime], None]) -> Refused | None:
    """Do it once; why it was refused, if it was."""
    body = {name: form.line(name) for name in ("does", "name", "query", "order", "desk")}
    try:
        await does_once(house, form, by, act, body=body)
    except NoSuchViewError:
        raise
    except ActError as error:
        return Refused(why=why_refused(error.code, of="view"), status=status_of(error))
    return None


def _wish(form: Form, house: House) -> Wish:
    desk = form.line("desk")
    return Wish(
        name=form.line("name"), query=form.line("query", longest=LONGEST), ordered=_order(form.line("order")),
        desk=house.desk(desk).slug if desk else None,
    )  # fmt: skip


def _order(given: str) -> Order:
    return Order(given) if given in set(Order) else Order.DUE


async def _page(
    request: Request, house: House, visitor: Visitor, new: Wish, *, refused: Refused | None = None,
    tried: Mapping[int, Wish] = MappingProxyType({}),
) -> Response:  # fmt: skip
    """Show the views; `tried` is what was refused, by the view that it was meant for."""
    language = language_of(request)
    rows, fits = await house.ledger.read(lambda session: _read(session, house, visitor, new, language))
    desks = {slug: desk.desk.name for slug, desk in house.desks().items()}
    return page(
        request, house, "saved_views.html", visitor=visitor, status=refused.status if refused else 200,
        problem=refused.why if refused else "", new=new, fits=fits, rows=rows, tried=tried, orders=list(Order),
        shares=visitor.supervised(desks), desks=desks, most=views.MOST_COUNTED, longest_name=keeping_views.LONGEST_NAME, longest=LONGEST,
    )  # fmt: skip


def _read(
    session: Session, house: House, visitor: Visitor, new: Wish, language: Language
) -> tuple[list[Row], Row | None]:
    """Read the views that somebody has, and how many tickets the new one would have."""
    saved = views_of(session, visitor)
    draft = Saved(
        id=0, name=new.name, query=new.query, order=Order(new.ordered), desk=new.desk, owner="", place=0,
        changed_at=house.clock(),
    )  # fmt: skip
    asked = (*saved, *([draft] if new.query.strip() else []))
    asker, desks = asker_at(visitor), desks_of(house, visitor)
    wanted = {each.id: Filters().wanted(visitor, desks, kept(house, each, asker)) for each in asked}
    counts = views.how_many(session, wanted, search=search_for(house, asker))
    supervised = visitor.supervised(house.desks())
    rows = [
        Row(
            saved=each, may_change=each.owner in owners_of(visitor) or each.desk in supervised,
            many=counts[each.id], remarks=told(session, house, visitor, each, language=language),
        )
        for each in asked
    ]  # fmt: skip
    return [row for row in rows if row.saved.id], next((row for row in rows if not row.saved.id), None)
