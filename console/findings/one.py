"""One finding: written down, changed, told about, judged. What is refused is said on the page, and what was typed stays."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated

from fastapi import Query, Request
from fastapi.responses import RedirectResponse, Response
from sqlmodel import Session
from starlette.exceptions import HTTPException
from starlette.status import HTTP_303_SEE_OTHER as SEE_OTHER

from console.days import day_in
from console.doors import Visitor
from console.errors import status_of
from console.findings.listing import PATH
from console.findings.theirs import may_see, names_at, services_of
from console.forms import Form, OurForm, does_once
from console.house import House, TheHouse
from console.ids import Id, number_in
from console.language import language_of
from console.pages.render import moments, page
from console.phrases import has, say, why_refused
from console.routes import Router
from console.supervised import supervised
from console.visitors import Here
from templates_replies.catalogue import Language
from templates_replies.moments import date_in_words
from tickets import views
from tickets.actions import registering
from tickets.actions.errors import ActError, UnknownValueError
from tickets.actions.registering import NoSuchFindingError
from tickets.actor import Actor, Role
from tickets.desk import Desk
from tickets.findings import LONGEST_TEXT, Effect, Matter, Source, Stand
from tickets.ledger.tx import Tx
from tickets.views import FindingView, NoteView

router = Router(include_in_schema=False)


@dataclass(frozen=True, kw_only=True)
class Found:
    finding: FindingView
    notes: tuple[NoteView, ...]
    names: dict[str, str]  # of people, by id


@dataclass(frozen=True, kw_only=True)
class Refused:
    """Why nothing was changed, and what was typed."""

    problem: str
    status: int
    matter: Matter | None = None
    said: str = ""


@router.get(PATH + "/new")
async def begin(
    request: Request, house: TheHouse, visitor: Here, *, desk: Annotated[str, Query(max_length=60)] = "",
    ticket: Annotated[int | None, Query(ge=1, lt=10**15)] = None,
    clock: Annotated[str, Query(max_length=200)] = "", source: Annotated[str, Query(max_length=20)] = "",
) -> Response:  # fmt: skip
    """Show the form for a new one; of a ticket, of one of its promises, of its survey."""
    desks = supervised(house, visitor)
    whole = (
        await house.ledger.read(lambda session: views.ticket(session, ticket, link=house.links.path))
        if ticket
        else None
    )
    at_desk = desks.get(whole.ticket.desk if whole else desk) or visitor.begins_with(desks)
    theirs = whole.ticket if whole and whole.ticket.desk == at_desk.slug else None
    given = Source(source) if source in set(Source) else Source.TICKET if theirs else Source.HAND
    matter = Matter(
        text="", source=given, ticket=theirs.number if theirs else None, clock=clock or None,
        service=f"category:{theirs.category}" if theirs and theirs.category else None,
    )  # fmt: skip
    return await _form(request, house, visitor, at_desk, matter)


@router.post(PATH)
async def record(request: Request, house: TheHouse, visitor: Here, form: OurForm) -> Response:
    desk = supervised(house, visitor).get(form.line("desk"))
    if desk is None:
        raise HTTPException(404, "there is no such desk")
    matter, made = _matter(form), list[int]()

    def act(tx: Tx, by: Actor, at: datetime) -> None:
        made[:] = [registering.record(tx, desk.slug, _checked(form), calendar=desk.calendar, by=by, at=at)]

    refused = await _does(house, visitor, desk.slug, form, act)
    if refused is not None:
        return await _form(request, house, visitor, desk, matter, refused=refused)
    return RedirectResponse(f"{PATH}/{made[0]}" if made else PATH, status_code=SEE_OTHER)


@router.get(PATH + "/{id}")
async def show(request: Request, id: Id, house: TheHouse, visitor: Here) -> Response:  # noqa: A002  the column
    return await _shown(request, house, visitor, await _found(house, visitor, id))


@router.post(PATH + "/{id}/{act}")
async def act_upon(
    request: Request, id: Id, act: str, house: TheHouse, visitor: Here, form: OurForm  # noqa: A002
) -> Response:  # fmt: skip
    """Do to a finding what the pressed button says."""
    found = await _found(house, visitor, id)
    desk, said = house.desk(found.finding.desk).desk, form.text("said")
    with_calendar = {"calendar": desk.calendar}
    acts: dict[str, Callable[[Tx, Actor, datetime], None]] = {
        "change": lambda tx, by, at: registering.change(tx, id, _checked(form), **with_calendar, by=by, at=at),
        "note": lambda tx, by, at: registering.note(tx, id, said, by=by, at=at),
        "propose": lambda tx, by, at: registering.propose(tx, id, said, by=by, at=at),
        "send-back": lambda tx, by, at: registering.send_back(tx, id, said, **with_calendar, by=by, at=at),
        "close": lambda tx, by, at: registering.close(tx, id, said, _effect(form), by=by, at=at),
        "reopen": lambda tx, by, at: registering.reopen(tx, id, said, **with_calendar, by=by, at=at),
    }  # fmt: skip
    if act not in acts:
        raise NoSuchFindingError(id)
    refused = await _does(house, visitor, desk.slug, form, acts[act])
    if refused is not None:
        matter = _matter(form) if act == "change" else None
        refused = Refused(problem=refused.problem, status=refused.status, matter=matter, said=said)
        return await _shown(request, house, visitor, await _found(house, visitor, id), refused=refused)
    return RedirectResponse(f"{PATH}/{id}", status_code=SEE_OTHER)


async def _does(
    house: House, visitor: Visitor, desk: str, form: Form, act: Callable[[Tx, Actor, datetime], None]
) -> Refused | None:  # fmt: skip
    """Do it once; why it was refused, if it was."""
    by = visitor.actor(desk)
    try:
        await does_once(house, form, by, lambda tx, at: act(tx, by, at))
    except ActError as refused:
        code = getattr(refused, "field", None) or refused.code
        return Refused(
            problem=why_refused(code, of="finding_refused"), status=status_of(refused)
        )  # fmt: skip
    return None


async def _found(house: House, visitor: Visitor, id: int) -> Found:  # noqa: A002  the column
    """Return a finding that is for their eyes. Raises NoSuchFindingError."""

    def read(session: Session) -> Found | None:
        finding = views.finding(session, id)
        if finding is None or not may_see(visitor, finding):
            return None
        names = names_at(session, {finding.desk: house.desk(finding.desk).desk})
        return Found(finding=finding, notes=tuple(views.finding_notes(session, id)), names=names)

    found = await house.ledger.read(read)
    if found is None:
        raise NoSuchFindingError(id)
    return found


async def _form(
    request: Request, house: House, visitor: Visitor, desk: Desk, matter: Matter, *, refused: Refused | None = None
) -> Response:  # fmt: skip
    language = language_of(request)
    names = await house.ledger.read(lambda session: names_at(session, {desk.slug: desk}))
    return page(
        request, house, "finding_new.html", visitor=visitor, status=refused.status if refused else 200,
        desk=desk, desks=supervised(house, visitor), matter=matter, names=names, sources=tuple(Source),
        services=services_of(house, desk.slug, language), problem=refused.problem if refused else None, longest=LONGEST_TEXT,
    )  # fmt: skip


async def _shown(
    request: Request, house: House, visitor: Visitor, found: Found, *, refused: Refused | None = None
) -> Response:  # fmt: skip
    language, finding = language_of(request), found.finding
    desk, by, now = house.desk(finding.desk).desk, visitor.actor(finding.desk), house.clock()
    supervises = by.may(Role.SUPERVISOR, desk.slug)
    open_ = finding.stand is not Stand.CLOSED
    return page(
        request, house, "finding.html", visitor=visitor, status=refused.status if refused else 200, desk=desk,
        found=finding, notes=found.notes, names=found.names,
        matter=(refused.matter if refused else None) or _matter_of(finding), refused=refused,
        services=services_of(house, desk.slug, language), sources=tuple(Source), effects=tuple(Effect), longest=LONGEST_TEXT,
        overdue=finding.is_overdue(desk.calendar.day_of(now)), may_judge=supervises,
        may_tell=open_ and (supervises or finding.responsible == by.id),
        who=lambda key: found.names.get(key.partition(":")[2], key.partition(":")[2] or key),
        when=moments(request, desk.calendar.tz, now), on=lambda day: date_in_words(day, language),
        clock=_clock_name(finding, language),
    )  # fmt: skip


def _clock_name(found: FindingView, language: Language) -> str | None:
    kind = (found.clock or "").partition(".")[0]
    return say(language, kind) if has(kind) else None


def _matter_of(found: FindingView) -> Matter:
    return Matter(
        text=found.text, source=found.source, service=found.service, ticket=found.ticket, clock=found.clock,
        cause=found.cause, action=found.action, responsible=found.responsible, due_on=found.due_on,
    )  # fmt: skip


def _matter(form: Form) -> Matter:
    """Return what was typed, as far as it can be read."""
    ticket, source = form.line("ticket").removeprefix("#"), form.line("source")
    return Matter(
        text=form.text("text"), source=Source(source) if source in set(Source) else Source.HAND,
        service=form.line("service") or None, ticket=number_in(ticket),
        clock=form.line("clock") or None, cause=form.text("cause"), action=form.text("action"),
        responsible=form.line("responsible") or None, due_on=day_in(form.line("due_on")),
    )  # fmt: skip


def _checked(form: Form) -> Matter:
    """Return the same. Raises UnknownValueError for a ticket or a day that cannot be read."""
    matter = _matter(form)
    if form.line("ticket") and matter.ticket is None:
        raise UnknownValueError("expected the number of a ticket", field="ticket", value=form.line("ticket"))
    if form.line("due_on") and matter.due_on is None:
        raise UnknownValueError("expected a date", field="due_on", value=form.line("due_on"))
    return matter


def _effect(form: Form) -> Effect:
    given = form.line("effect")
    if given not in set(Effect):
        raise UnknownValueError("expected how far it has helped", field="effect", value=given)
    return Effect(given)
