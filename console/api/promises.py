"""The promises of a ticket: each clock explained, acknowledged, given more time."""

from datetime import date, datetime
from typing import Annotated

from fastapi import Path, Query
from fastapi.responses import JSONResponse
from pydantic.dataclasses import dataclass

from console.api.bodies import Acknowledge, Extend, WhichClock
from console.api.caller import Asking, Caller
from console.api.shapes import FullTicket, answer
from console.api.tickets import REFUSALS, Number
from console.house import TheHouse
from console.routes import Router
from procedures.cases.step_clock import CLOCK_RULES
from templates_replies.catalogue import Language, supported_language
from templates_replies.explain_phrases import explanation
from tickets import ticket as tickets_
from tickets import views
from tickets.actions import promises
from tickets.actions.errors import UnknownValueError
from tickets.actions.rights import require_on
from tickets.actor import Actor, Role
from tickets.explain import Explanation
from tickets.hours import HoursError, Span
from tickets.ledger.events import clocks_of
from tickets.ledger.tx import Tx
from tickets.ticket import NoSuchTicketError

Kind = Annotated[str, Path(max_length=50, description="Such as `first_response` or `resolution`")]

router = Router(tags=["promises"], responses=REFUSALS)


@dataclass(frozen=True, kw_only=True)
class Stretch:
    start: datetime
    end: datetime | None  # null: it still lasts
    note: str = ""  # the exception to the usual hours


@dataclass(frozen=True, kw_only=True)
class DayOff:
    on: date
    name: str


@dataclass(frozen=True, kw_only=True)
class DueMoved:
    at: datetime
    by: str | None
    why: str  # extended, policy, category, priority, desk
    reason: str | None
    due_before: datetime
    due_after: datetime
    promise_before: str
    promise_after: str


@dataclass(frozen=True, kw_only=True)
class ExplainedClock:
    """Why a clock is due when it is. Instants have the desk's offset; lengths are in seconds."""

    ticket: int
    kind: str
    subject: str
    cycle: int
    promise: str
    counts: str  # operating, calendar
    started_at: datetime
    due_at: datetime
    counted: tuple[Stretch, ...]  # from the start to the due time, or to a pause that still lasts
    closed: tuple[DayOff, ...]
    pauses: tuple[Stretch, ...]
    changes: tuple[DueMoved, ...]
    used_seconds: int
    left_seconds: int
    late_seconds: int
    met_at: datetime | None
    ended_at: datetime | None
    breached_at: datetime | None
    paused_at: datetime | None
    words: str


@router.get(
    "/tickets/{number}/clocks/{kind}/explain",
    summary="Why a clock is due when it is",
    responses={200: {"model": ExplainedClock}},
)
async def explain_clock(
    number: Number,
    kind: Kind,
    house: TheHouse,
    by: Caller,
    *,
    cycle: Annotated[
        int | None, Query(ge=1, lt=10**9, description="Which run of its kind; left out: the newest")
    ] = None,
    subject: Annotated[
        str | None, Query(max_length=100, description="The team of a `second_line` clock")
    ] = None,
    language: Annotated[Language | None, Query(description="Of the words; left out: the desk's")] = None,
) -> JSONResponse:
    now = house.clock()
    ticket = await house.ledger.read(
        lambda session: views.ticket(session, number, link=house.links.url, desks=by.desks)
    )
    if ticket is None:
        raise NoSuchTicketError(number)
    found = await house.ledger.read(
        lambda session: views.explanations(session, number, now=now, kind=kind, rules=CLOCK_RULES)
    )
    meant = [each for each in found if cycle in {None, each.cycle} and subject in {None, each.subject}]
    if not meant:
        raise _no_clock(number, kind)
    desk = ticket.ticket.desk
    people = await house.ledger.read(lambda session: views.colleagues(session, frozenset({desk})))
    spoken: Language = language or supported_language(house.desk(desk).desk.language)
    names = {person.actor.key: person.name for person in people}
    words = explanation(spoken, meant[-1], ticket=number, names=names)
    return answer(_shape(meant[-1], number, words))


@router.post(
    "/tickets/{number}/clocks/{kind}/acknowledge",
    summary="Look after a clock's alert",
    responses={200: {"model": FullTicket}},
)
async def acknowledge(
    number: Number, kind: Kind, asked: Asking, body: Acknowledge | None = None
) -> JSONResponse:
    """For supervisors; the others are told. The first to say so stays named. A broken promise may have ended."""

    def act(tx: Tx, at: datetime) -> None:
        which = body or Acknowledge()
        key = _running(tx, number, kind, which, by=asked.by)
        promises.acknowledge(tx, number, key, by=asked.by, at=at, reason=which.reason or "")

    return await asked.does(number, act, body)


@router.post(
    "/tickets/{number}/clocks/{kind}/extend",
    summary="Give a clock more time",
    responses={200: {"model": FullTicket}},
)
async def extend(number: Number, kind: Kind, body: Extend, asked: Asking) -> JSONResponse:
    """For supervisors, with a reason, which is kept. What is broken stays broken."""

    def act(tx: Tx, at: datetime) -> None:
        key = _running(tx, number, kind, body, by=asked.by)
        promises.extend_by(tx, number, key, _span(body.within), reason=body.reason, by=asked.by, at=at)

    return await asked.does(number, act, body)


def _span(within: str) -> Span:
    try:
        return Span.parse(within)
    except HoursError as error:
        raise UnknownValueError(str(error), field="within", value=within) from error


def _running(tx: Tx, number: int, kind: str, which: WhichClock, *, by: Actor) -> tuple[str, str, int]:
    """Return the key of the clock that is meant, the newest of its kind if only that is said.

    Raises NoSuchTicketError, NotAllowedError: whoever may not extend one is not told which there are.
    """
    require_on(by, Role.SUPERVISOR, tickets_.load(tx, number))
    meant = [
        clock.key
        for clock in clocks_of(tx, number)
        if clock.kind == kind
        and which.cycle in {None, clock.cycle}
        and which.subject in {None, clock.subject}
    ]
    if not meant:
        raise _no_clock(number, kind)
    return meant[-1]


def _no_clock(number: int, kind: str) -> UnknownValueError:
    return UnknownValueError(f"ticket #{number} has no such clock", field="clock", value=kind)


def _shape(found: Explanation, number: int, words: str) -> ExplainedClock:
    return ExplainedClock(
        ticket=number, kind=found.kind, subject=found.subject, cycle=found.cycle, promise=found.promise,
        counts=found.counts, started_at=found.started_at, due_at=found.due_at,
        counted=tuple(Stretch(start=start, end=end, note=note) for start, end, note in found.counted),
        closed=tuple(DayOff(on=on, name=name) for on, name in found.closed),
        pauses=tuple(Stretch(start=start, end=end) for start, end in found.pauses),
        changes=tuple(
            DueMoved(
                at=change.at, by=change.by, why=change.why, reason=change.reason, due_before=change.before,
                due_after=change.after, promise_before=change.promise_before, promise_after=change.promise_after,
            )
            for change in found.changes
        ),
        used_seconds=int(found.used.total_seconds()), left_seconds=int(found.left.total_seconds()),
        late_seconds=int(found.late.total_seconds()), met_at=found.met_at, ended_at=found.ended_at,
        breached_at=found.breached_at, paused_at=found.paused_at, words=words,
    )  # fmt: skip
