"""The form of a procedure, for the contact who has its link: no log-in, no script; sent once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Annotated

from fastapi import Path, Request
from fastapi.responses import RedirectResponse, Response
from starlette.exceptions import HTTPException

from console.forms import Form, OurForm
from console.house import House, TheHouse
from console.language import language_of
from console.pages.render import page
from console.phrases import say
from console.requests.form import fields_of
from console.requests.typed_answers import typed_in
from console.routes import Router
from console.uploads import keep_chosen
from procedures.asking.questions import Kind, Question
from procedures.bookings.asking import asked_when, times_shown
from procedures.bookings.words import refusal_words
from procedures.definition.procedure import Procedure
from procedures.requests import rows
from procedures.requests.page import Submitted, Typed, submit
from procedures.requests.rows import RequestNow, SentFile, Stage
from procedures.requests.wanted import open_on, open_to_contacts
from procedures.words.answer_faults import fault_words
from templates_replies.catalogue import Language
from templates_replies.moments import date_in_words
from tickets.actions.errors import RuleError
from tickets.ledger.blobs import Stored
from tickets.ledger.tx import Tx
from tickets.message import File

Token = Annotated[str, Path(max_length=200)]

router = Router(prefix="/requests", include_in_schema=False)


@dataclass(frozen=True, kw_only=True)
class _Shown:
    """A form that is open, as its page shows it."""

    request: RequestNow
    procedure: Procedure | None  # None: to be chosen first
    offered: Sequence[Procedure]
    files: Sequence[SentFile]
    typed: Typed = field(default_factory=dict)
    problems: Mapping[str, str] = field(default_factory=dict)
    problem: str | None = None


@router.get("/{token}")
async def show(request: Request, token: Token, house: TheHouse, form: str = "") -> Response:
    found, files = await _found(house, token)
    shown = _shown(house, found, files, form)
    return await _page(request, house, shown)


@router.post("/{token}")
async def take(request: Request, token: Token, house: TheHouse, form: OurForm) -> Response:
    """Keep what can be taken, and send what is complete; what is wrong is said at its field, and stays as it was typed."""
    found, files = await _found(house, token)
    shown = _shown(house, found, files, form.line("procedure"))
    procedure = shown.procedure
    if not _is_open(found, house.clock()) or procedure is None:
        return await _page(request, house, shown)
    typed = typed_to(form, procedure.form)
    uploaded, problems = await uploaded_to(form, procedure.form, language_of(request))
    sends = not form.line("more")
    stored = dict(zip(uploaded, await keep_chosen(house, list(uploaded.values())), strict=True))
    try:
        done = await house.ledger.write(
            lambda tx: _submit(tx, found.id, procedure, typed, stored, house=house, sends=sends),
            name="request",
        )
    except RuleError:
        running = _Shown(
            request=found, procedure=procedure, offered=shown.offered, files=files, typed=typed, problem="request_running"
        )  # fmt: skip
        return await _page(request, house, running, status=409)
    if done is None or done.case is not None:
        return RedirectResponse(request.url.path, status_code=303)
    _, files = await _found(house, token)
    if not sends:
        kept = replace(shown, request=done.request, files=files, typed=typed, problems=problems)
        return await _page(request, house, kept)
    today = house.desk(found.desk).desk.calendar.day_of(house.clock())
    if done.not_to_be_had is not None:
        when = asked_when(procedure) or procedure.form[0].id
        problems[when] = refusal_words(done.not_to_be_had, language_of(request))
    problems |= {
        each.id: fault_words(each, done.faults[each.id], language_of(request), today=today)
        for each in procedure.form
        if each.id in done.faults and each.id not in problems
    }
    again = _Shown(
        request=done.request, procedure=procedure, offered=shown.offered, files=files, typed=typed, problems=problems,
        problem="request_incomplete",
    )  # fmt: skip
    return await _page(request, house, again, status=422)


def _submit(
    tx: Tx,
    id_: int,
    procedure: Procedure,
    typed: Typed,
    files: Mapping[str, Stored],
    *,
    house: House,
    sends: bool,
) -> Submitted | None:
    """Take it in; None where it was sent or given up meanwhile."""
    request, at = rows.load(tx, id_), house.clock()
    if request is None or not _is_open(request, at):
        return None
    return submit(tx, request, procedure, typed, files, desk=house.desk(request.desk), at=at, sends=sends)


async def _found(house: House, token: str) -> tuple[RequestNow, tuple[SentFile, ...]]:
    """Return the request of a link, and the files that were sent for it. Raises HTTPException(404)."""
    key = house.request_links.read(token)

    def look(tx: Tx) -> tuple[RequestNow, tuple[SentFile, ...]] | None:
        request = rows.load(tx, key) if key is not None else None
        return None if request is None else (request, rows.files_of(tx, request))

    found = await house.ledger.write(look, name="request") if key is not None else None
    if found is None or found[0].desk not in house.desks():
        raise HTTPException(404, "this link is not valid")
    return found


def _shown(house: House, request: RequestNow, files: Sequence[SentFile], wanted: str) -> _Shown:
    """Return what the page shows: the form that was chosen, or is the only one, else which there are."""
    today = house.desk(request.desk).desk.calendar.day_of(house.clock())
    offered = [
        each
        for each in open_on(open_to_contacts(house.procedures(request.desk)), today)
        if each.id in request.offered
    ]
    name = request.procedure or (wanted if len(offered) > 1 else offered[0].id if offered else "")
    procedure = next((each for each in offered if each.id == name), None)
    return _Shown(request=request, procedure=procedure, offered=offered, files=files)


def _is_open(request: RequestNow, at: datetime) -> bool:
    return request.is_live and at < request.drop_at


async def _page(request: Request, house: House, shown: _Shown, *, status: int = 200) -> Response:
    language, desk, now = language_of(request), house.desk(shown.request.desk).desk, house.clock()
    is_open = _is_open(shown.request, now) and bool(shown.offered)
    sent = shown.request.stage is Stage.SENT
    last = (shown.request.drop_at - timedelta(seconds=1)).astimezone(desk.calendar.tz)
    procedure = shown.procedure
    response = page(
        request, house, "request.html", status=status if is_open or sent else 410, desk=desk.name, sent=sent, over=not is_open,
        procedure=procedure, offered=shown.offered, ticket=shown.request.ticket, until=date_in_words(last, language),
        problem=shown.problem,
        fields=fields_of(
            procedure.form, language, answers=shown.request.answers, typed=shown.typed,
            files={each.attachment: each.name for each in shown.files}, problems=shown.problems,
            beside=await _times(house, shown.request, procedure, language) if is_open else {},
        ) if procedure else (),
    )  # fmt: skip
    response.headers["X-Robots-Tag"] = "noindex"
    response.headers["Referrer-Policy"] = "no-referrer"  # the address is the key
    return response


async def _times(
    house: House, request: RequestNow, procedure: Procedure, language: Language
) -> dict[str, str]:
    """Return what is taken and free of what the form books, by the question that asks when."""
    if not procedure.books:
        return {}
    desk, at = house.desk(request.desk).desk, house.clock()

    def look(tx: Tx) -> dict[str, str]:
        shown = {
            each.id: times_shown(tx, procedure, each, request.answers, language, desk=desk, at=at)
            for each in procedure.form
        }
        return {name: words for name, words in shown.items() if words is not None}

    return await house.ledger.write(look, name="request")


def typed_to(form: Form, questions: Sequence[Question]) -> dict[str, str | Sequence[str]]:
    """Return what was typed to each question that is no file."""
    typed: dict[str, str | Sequence[str]] = {}
    for question in questions:
        if question.kind is not Kind.FILE:
            typed[question.id] = typed_in(form, question)
    return typed


async def uploaded_to(
    form: Form, questions: Sequence[Question], language: Language
) -> tuple[dict[str, File], dict[str, str]]:
    """Return the first file at each question for one, and what is to be said of those that are too large."""
    files: dict[str, File] = {}
    problems: dict[str, str] = {}
    for question in questions:
        if question.kind is Kind.FILE:
            try:
                found = await form.files(f"answer.{question.id}")
            except HTTPException:  # too large
                problems[question.id] = say(language, "request_too_large")
                continue
            if found:
                files[question.id] = found[0]
    return files, problems
