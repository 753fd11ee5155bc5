"""The promises that were not kept in a period: which, why, who had the ticket, and whether somebody looked after it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import RedirectResponse, Response
from sqlmodel import Session

from console.clock_keys import numbered_clock
from console.doors import Visitor
from console.errors import status_of
from console.forms import Form, OurForm
from console.house import House, TheHouse
from console.language import language_of
from console.once import Command, key_of, once
from console.pages.render import moments, page
from console.statistics_page import Asked
from console.supervised import supervised
from console.visitors import Here
from reports.breaches import Broken, broken
from reports.measures import names_of
from reports.periods import Days
from reports.rows import Names
from templates_replies.catalogue import Language
from templates_replies.explain_phrases import explanation
from templates_replies.moments import date_in_words, in_words
from tickets import views
from tickets.actions import promises
from tickets.actions.errors import ActError, UnknownValueError
from tickets.desk import Desk
from tickets.explain import Explanation
from tickets.ledger.writer import Tx

PATH = "/breaches"
PAGE = 20


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

router = APIRouter(include_in_schema=False)


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
    desk, chosen = _desk(house, visitor, wanted), _chosen(form)
    try:
        told = await _acknowledged(house, visitor, form, desk, chosen)
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
        desk=desk.slug, unseen="1" if unseen else None, page=str(page_) if page_ else None, done=str(told.done),
        left=str(told.left) if told.left else None,
    )  # fmt: skip
    return RedirectResponse(f"{PATH}?{address}", status_code=303)


def _chosen(form: Form) -> list[str]:
    ticked = form.data.getlist("shown" if form.line("every") else "chosen")
    return [each for each in ticked[:PAGE] if isinstance(each, str)]


async def _acknowledged(house: House, visitor: Visitor, form: Form, desk: Desk, chosen: list[str]) -> Outcome:
    """Do it once. Raises ActError where nothing is ticked, or no reason given."""
    if not chosen:
        raise UnknownValueError("tick at least one", field="chosen", value="")
    by, at, reason = visitor.actor(desk.slug), house.clock(), form.line("reason")
    clocks = [numbered_clock(each) for each in chosen]
    command = Command(
        account="console", event_id=key_of(by, form.once), by=by, path=PATH,
        body={"desk": desk.slug, "chosen": chosen, "reason": reason},
    )  # fmt: skip
    told = {"done": 0, "left": 0}

    def act(tx: Tx) -> None:
        found = promises.acknowledge_many(tx, clocks, by=by, at=at, reason=reason)
        told.update(done=len(found.tickets), left=len(found.refused))

    await house.ledger.write(lambda tx: once(tx, command, act, at=at), name="console")
    return Outcome(done=told["done"], left=told["left"])


# -- the page ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class Shown:
    """One broken promise as the page shows it."""

    broken: Broken
    why: str
    key: str  # under which a form names it


def _desk(house: House, visitor: Visitor, wanted: Asked) -> Desk:
    desks = supervised(house, visitor)
    return desks.get(wanted.desk) or visitor.begins_with(desks)


async def _shown(
    request: Request, house: House, visitor: Visitor, wanted: Asked, *, page_: int, unseen: bool, outcome: Outcome,
    status: int = 200,
) -> Response:  # fmt: skip
    desk = _desk(house, visitor, wanted)
    now, language = house.clock(), language_of(request)
    days = wanted.days(zone=desk.calendar.zone, today=now.astimezone(desk.calendar.tz).date())

    def read(session: Session) -> tuple[Names, list[tuple[Broken, Explanation | None]]]:
        names = names_of(
            desk, category_names={each.id: each.name for each in house.catalogue(desk.slug).categories},
            staff_names={each.id: each.name for each in views.colleagues(session, frozenset({desk.slug}))},
        )  # fmt: skip
        return names, _read(session, desk, wanted, days, names, now=now, page_=page_, unseen=unseen)

    names, found = await house.ledger.read(read)
    actors = {f"staff:{id_}": name for id_, name in names.staff.items()} | {
        visitor.actor(desk.slug).key: visitor.name
    }
    return page(
        request, house, "breaches.html", visitor=visitor, status=status, desk=desk, wanted=wanted, days=days, page_=page_,
        unseen=unseen, outcome=outcome, more=len(found) > PAGE, actors=actors,
        found=[_one(each, explained, actors, language) for each, explained in found[:PAGE]],
        when=moments(request, desk.calendar.tz, now), on=partial(date_in_words, language=language),
        length=partial(in_words, language=language),
    )  # fmt: skip


def _read(
    session: Session, desk: Desk, wanted: Asked, days: Days, names: Names, *, now: datetime, page_: int, unseen: bool
) -> list[tuple[Broken, Explanation | None]]:  # fmt: skip
    """Read one page of them and one more, each with its clock explained."""
    found = broken(
        session, desk=desk.slug, days=days, part=wanted.part, now=now, names=names, most=PAGE + 1,
        skipped=page_ * PAGE, only_unseen=unseen,
    )  # fmt: skip
    return [
        (each, next((one for one in views.explanations(session, each.ticket, now=now, kind=each.promise.kind) if _is_of(one, each)), None))
        for each in found
    ]  # fmt: skip


def _is_of(explained: Explanation, each: Broken) -> bool:
    return (explained.subject, explained.cycle) == (each.about, each.promise.cycle)


def _one(each: Broken, explained: Explanation | None, actors: Mapping[str, str], language: Language) -> Shown:
    return Shown(
        broken=each, why=_why(each, explained, actors, language),
        key=f"{each.ticket}.{each.promise.kind}.{each.promise.cycle}.{each.about}",
    )  # fmt: skip


def _why(each: Broken, explained: Explanation | None, actors: Mapping[str, str], language: Language) -> str:
    """Explain a clock, without the line that only names it."""
    if explained is None:
        return ""
    return explanation(language, explained, ticket=each.ticket, names=actors).partition("\n")[2]
