"""The promises that were not kept in a period: which, why, who had the ticket, and whether somebody looked after it.

They are those of one desk, or of all that somebody supervises where none was chosen.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Annotated

from fastapi import Query, Request
from fastapi.responses import RedirectResponse, Response
from sqlmodel import Session

from console.chosen_desk import desks_looked_at
from console.doors import Visitor
from console.errors import status_of
from console.figures.statistics_page import Asked
from console.forms import Form, OurForm
from console.house import House, TheHouse
from console.language import language_of
from console.once import done_once
from console.pages.render import moments, page
from console.routes import Router
from console.supervised import supervised
from console.ticket.clock_keys import numbered_clock
from console.visitors import Here
from reports.breaches import Broken, broken
from reports.measures import names_of
from reports.periods import Days
from reports.rows import Names
from templates_replies.catalogue import Language
from templates_replies.explain_phrases import explanation
from templates_replies.moments import date_in_words, in_words
from tickets import ticket as tickets_
from tickets import views
from tickets.actions import promises
from tickets.actions.errors import ActError, UnknownValueError
from tickets.actions.promises import Key
from tickets.desk import Desk
from tickets.explain import Explanation
from tickets.ledger.tx import Tx

PATH = "/breaches"
PAGE = 20
Desks = Mapping[str, Desk]  # by slug
Moments = Callable[[datetime], str]  # how instants are written
Numbered = tuple[int, Key]  # a ticket, and which of its clocks


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What became of the form that was sent before."""

    done: int = 0
    left: int = 0  # could not be marked
    problem: str | None = None
    reason: str = ""  # what they had written
    chosen: frozenset[str] = frozenset()


Page = Annotated[int, Query(alias="page", ge=0, le=500)]
Told = Annotated[int, Query(ge=0, le=PAGE)]

router = Router(include_in_schema=False)


@router.get(PATH)
async def show(
    request: Request, house: TheHouse, visitor: Here, wanted: Asked, *,
    page_: Page = 0, unseen: bool = False, done: Told = 0, left: Told = 0,
) -> Response:  # fmt: skip
    return await _shown(
        request, house, visitor, wanted, page_=page_, unseen=unseen, outcome=Outcome(done=done, left=left)
    )


@router.post(PATH)
async def acknowledge(
    request: Request, house: TheHouse, visitor: Here, wanted: Asked, form: OurForm, *, page_: Page = 0,
    unseen: bool = False,
) -> Response:  # fmt: skip
    """Look after the promises that were ticked, or all on the page, for the reason that was given."""
    desks, chosen = _desks(house, visitor, wanted), _chosen(form)
    try:
        told = await _acknowledged(house, visitor, form, desks, chosen)
    except ActError as refused:
        problem = (
            "breaches_none_chosen"
            if not chosen
            else "breaches_no_reason"
            if not form.line("reason")
            else "refused_rule"
        )
        outcome = Outcome(problem=problem, reason=form.line("reason"), chosen=frozenset(chosen))
        return await _shown(
            request,
            house,
            visitor,
            wanted,
            page_=page_,
            unseen=unseen,
            outcome=outcome,
            status=status_of(refused),
        )
    address = wanted.address(
        desk=_named(desks), unseen="1" if unseen else None, page=str(page_) if page_ else None, done=str(told.done),
        left=str(told.left) if told.left else None,
    )  # fmt: skip
    return RedirectResponse(f"{PATH}?{address}", status_code=303)


def _chosen(form: Form) -> list[str]:
    ticked = form.data.getlist("shown" if form.line("every") else "chosen")
    return [each for each in ticked[:PAGE] if isinstance(each, str)]


async def _acknowledged(
    house: House, visitor: Visitor, form: Form, desks: Desks, chosen: list[str]
) -> Outcome:
    """Do it once. Raises ActError where nothing is ticked, or no reason given."""
    if not chosen:
        raise UnknownValueError("tick at least one", field="chosen", value="")
    first = next(iter(desks))
    by, at, reason = visitor.actor(first), house.clock(), form.line("reason")
    clocks = [numbered_clock(each) for each in chosen]
    command = form.command(by, body={"desk": _named(desks) or first, "chosen": chosen, "reason": reason})
    told = {"done": 0, "left": 0}

    def act(tx: Tx) -> None:
        for slug, theirs in _by_desk(tx, clocks).items():
            found = promises.acknowledge_many(
                tx, theirs, by=visitor.actor(slug or first), at=at, reason=reason
            )
            told["done"] += len(found.tickets)
            told["left"] += len(found.refused)

    await done_once(house.ledger, command, act, at=at)
    return Outcome(done=told["done"], left=told["left"])


def _by_desk(tx: Tx, clocks: Iterable[Numbered]) -> Mapping[str, list[Numbered]]:
    """Part clocks by the desk of their ticket; those of no ticket are nobody's."""
    found: dict[str, list[Numbered]] = defaultdict(list)
    for number, key in clocks:
        try:
            desk = tickets_.load(tx, number).desk
        except tickets_.NoSuchTicketError:
            desk = ""
        found[desk].append((number, key))
    return found


# -- the page ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class Shown:
    """One broken promise as the page shows it."""

    broken: Broken
    why: str
    key: str  # under which a form names it
    when: Moments


def _desks(house: House, visitor: Visitor, wanted: Asked) -> Desks:
    """Return the desk that is looked at, or all that they supervise where none is."""
    return desks_looked_at(wanted.desk, visitor.chosen, supervised(house, visitor))


def _named(desks: Desks) -> str | None:
    """Return what the address says of the desks; None of several."""
    return next(iter(desks)) if len(desks) == 1 else None


async def _shown(
    request: Request, house: House, visitor: Visitor, wanted: Asked, *, page_: int, unseen: bool, outcome: Outcome,
    status: int = 200,
) -> Response:  # fmt: skip
    desks = _desks(house, visitor, wanted)
    now, language = house.clock(), language_of(request)
    days = {
        slug: wanted.days(zone=desk.calendar.zone, today=desk.calendar.day_of(now))
        for slug, desk in desks.items()
    }

    def read(session: Session) -> tuple[dict[str, str], list[tuple[Broken, Explanation | None]]]:
        staff = {each.id: each.name for each in views.colleagues(session, frozenset(desks))}
        names = {slug: _names(house, desk, staff) for slug, desk in desks.items()}
        return staff, _read(session, wanted, days, names, now=now, page_=page_, unseen=unseen)

    staff, found = await house.ledger.read(read)
    actors = {f"staff:{id_}": name for id_, name in staff.items()}
    actors |= {visitor.actor(slug).key: visitor.name for slug in desks}
    when = {slug: moments(request, desk.calendar.tz, now) for slug, desk in desks.items()}
    return page(
        request, house, "breaches.html", visitor=visitor, status=status, desks=desks, desk=_named(desks), wanted=wanted,
        days=next(iter(days.values())), page_=page_, unseen=unseen, outcome=outcome, more=len(found) > PAGE, actors=actors,
        found=[_one(each, explained, actors, language, when[each.desk]) for each, explained in found[:PAGE]],
        on=partial(date_in_words, language=language), length=partial(in_words, language=language),
    )  # fmt: skip


def _names(house: House, desk: Desk, staff: Mapping[str, str]) -> Names:
    categories = {each.id: each.name for each in house.catalogue(desk.slug).categories}
    return names_of(desk, category_names=categories, staff_names=staff)


def _read(
    session: Session, wanted: Asked, days: Mapping[str, Days], names: Mapping[str, Names], *, now: datetime,
    page_: int, unseen: bool,
) -> list[tuple[Broken, Explanation | None]]:  # fmt: skip
    """Read one page of them and one more, each with its clock explained."""
    found = broken(
        session, desks=days, part=wanted.part, now=now, names=names, most=PAGE + 1, skipped=page_ * PAGE,
        only_unseen=unseen,
    )  # fmt: skip
    return [
        (each, next((one for one in views.explanations(session, each.ticket, now=now, kind=each.promise.kind) if _is_of(one, each)), None))
        for each in found
    ]  # fmt: skip


def _is_of(explained: Explanation, each: Broken) -> bool:
    return (explained.subject, explained.cycle) == (each.about, each.promise.cycle)


def _one(
    each: Broken, explained: Explanation | None, actors: Mapping[str, str], language: Language, when: Moments
) -> Shown:
    return Shown(
        broken=each, when=when, why=_why(each, explained, actors, language),
        key=f"{each.ticket}.{each.promise.kind}.{each.promise.cycle}.{each.about}",
    )  # fmt: skip


def _why(each: Broken, explained: Explanation | None, actors: Mapping[str, str], language: Language) -> str:
    """Explain a clock, without the line that only names it."""
    if explained is None:
        return ""
    return explanation(language, explained, ticket=each.ticket, names=actors).partition("\n")[2]
