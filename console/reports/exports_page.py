"""The page of exports: which records, of which days and tickets, in which form."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated

from fastapi import Query, Request
from fastapi.responses import RedirectResponse, Response
from starlette.exceptions import HTTPException

from console.days import day_in
from console.doors import Visitor
from console.forms import Form, OurForm
from console.house import House, TheHouse
from console.language import language_of
from console.pages.render import page
from console.phrases import say
from console.reports.asking import ask_once
from console.reports.made_files import PATH as MADE
from console.reports.made_files import actors_of
from console.reports.makings_shown import problem_of
from console.reports.reported import known_of
from console.routes import Router
from console.supervised import supervised
from console.visitors import Here
from console.words.handling import PRIORITIES
from reports.errors import ReportError
from reports.exports.asked import FINDINGS, FORMATS, MESSAGES, TICKETS, WHAT
from reports.exports.kinds import KINDS
from reports.exports.words import heading
from reports.handed import Known
from reports.labels import Labels
from reports.making.order import LONGEST_FILTER, Order
from templates_replies.catalogue import Language
from tickets.desk import Desk
from tickets.lifecycle import Status
from tickets.message import Channel
from tickets.query import Filter, Key, written
from tickets.query import Query as Typed

PATH = "/exports"
LANGUAGES = ("id", "en")
WITH_NUMBERS = (TICKETS, MESSAGES)  # in which identity numbers may stand
# The fields of the form that choose one value, and what they are called as filters.
CHOICES: Mapping[str, Key] = {
    "status": Key.STATUS, "channel": Key.CHANNEL, "category": Key.CATEGORY, "agent": Key.AGENT, "team": Key.TEAM,
    "priority": Key.PRIORITY,
}  # fmt: skip

router = Router(include_in_schema=False)


@dataclass(frozen=True, kw_only=True)
class Wished:
    """The form as it was filled in; nothing of it need make sense."""

    what: str = TICKETS
    first: str = ""
    last: str = ""
    format: str = "xlsx"
    language: str = ""
    chosen: Mapping[str, str]  # by field
    q: str = ""
    identities: bool = False
    every: bool = False  # from all desks that they supervise
    beside: tuple[str, ...] = ()  # these, without the chosen one

    @property
    def order(self) -> Order:
        """Return what is asked for. Raises ReportError for days that are none."""
        terms = tuple(
            Filter(key=key, values=(self.chosen[field],))
            for field, key in CHOICES.items()
            if self.chosen.get(field)
        )
        text = " ".join(part for part in (written(Typed(terms=terms)), self.q.strip()) if part)
        return Order(
            what=self.what, format=self.format, language=self.language if self.language in LANGUAGES else None,
            first_on=_day(self.first), last_on=_day(self.last), filter="" if self.what == FINDINGS else text,
            identities=self.identities and self.what in WITH_NUMBERS, beside=self.beside if self.every else (),
        )  # fmt: skip


class BadDaysError(ReportError):
    """These are no days."""


@router.get(PATH)
async def show(
    request: Request, house: TheHouse, visitor: Here, *, desk: Annotated[str, Query(max_length=60)] = "",
    what: Annotated[str, Query(max_length=20)] = TICKETS,
) -> Response:  # fmt: skip
    desks = supervised(house, visitor)
    chosen = desks.get(desk) or visitor.begins_with(desks)
    today = chosen.calendar.day_of(house.clock())
    wished = Wished(
        what=what if what in WHAT else TICKETS, first=today.replace(day=1).isoformat(), last=today.isoformat(),
        language=language_of(request), chosen={},
    )  # fmt: skip
    return await _shown(request, house, visitor, chosen, wished)


@router.post(PATH)
async def make(request: Request, house: TheHouse, visitor: Here, form: OurForm) -> Response:
    """Have an export made; the page of files shows how far it is, and hands it out."""
    actors = actors_of(house, visitor)
    desk = supervised(house, visitor).get(form.line("desk"))
    if desk is None:
        raise HTTPException(403, "for supervisors")
    wished, by = _wished(form, beside=tuple(slug for slug in actors if slug != desk.slug)), actors[desk.slug]
    try:
        await ask_once(request, house, form, wished.order, desk, by=by, elsewhere=actors)
    except ReportError as refused:
        return await _shown(request, house, visitor, desk, wished, refused=refused)
    return RedirectResponse(MADE, status_code=303)


def _wished(form: Form, *, beside: tuple[str, ...]) -> Wished:
    what = form.line("what", longest=20)
    return Wished(
        what=what if what in WHAT else TICKETS, first=form.line("from", longest=10), last=form.line("to", longest=10),
        format=form.line("format", longest=10), language=form.line("language"), q=form.line("q", longest=LONGEST_FILTER),
        chosen={field: form.line(field) for field in CHOICES}, identities=bool(form.line("identities")),
        every=bool(form.line("every")), beside=beside,
    )  # fmt: skip


async def _shown(
    request: Request, house: House, visitor: Visitor, desk: Desk, wished: Wished, *, refused: ReportError | None = None
) -> Response:  # fmt: skip
    language = language_of(request)
    known = await house.ledger.read(lambda session: known_of(session, house, desk))
    return page(
        request, house, "exports.html", visitor=visitor, status=422 if refused else 200, desks=supervised(house, visitor),
        desk=desk, wished=wished, problem=problem_of(refused, language) if refused else "", kinds=WHAT, formats=FORMATS,
        languages=LANGUAGES, choices=_choices(desk, known, language), columns=_columns(language),
    )  # fmt: skip


def _choices(desk: Desk, known: Known, language: Language) -> Mapping[str, Sequence[tuple[str, str]]]:
    """Return what each field of the filter may be, with what it is called."""
    return {
        "status": [(each, say(language, each)) for each in Status],
        "channel": [
            (each, say(language, "email_channel" if each is Channel.EMAIL else each)) for each in Channel
        ],
        "category": list(known.category_names.items()),
        "agent": list(known.staff_names.items()),
        "team": [(team.id, team.name) for team in desk.teams],
        "priority": [(each, say(language, words)) for each, words in PRIORITIES.items()],
    }


def _columns(language: Language) -> Mapping[str, Sequence[str]]:
    """Return what the columns of each kind of records are called in a workbook."""
    labels = Labels(language)
    return {
        what: [heading(what, each.key, labels) for each in kind.columns if each.for_people]
        for what, kind in KINDS.items()
    }


def _day(text: str) -> date:
    if (day := day_in(text)) is None:
        raise BadDaysError(f'"{text[:20]}" is no day; expected 2026-10-31')
    return day
