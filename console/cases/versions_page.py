"""A running case moved to the newest version of its procedure: what that would do, then done by a supervisor."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from fastapi import Request
from fastapi.responses import Response
from starlette.exceptions import HTTPException

from console.cases.casework import case_of
from console.house import TheHouse
from console.ids import Id
from console.language import language_of
from console.pages.render import moments, page
from console.phrases import say
from console.routes import Router
from console.ticket.cases import newer
from console.ticket.doing import OnTicket, found_for
from console.visitors import Here
from procedures.cases.versions import Effect, effect
from procedures.definition.procedure import Procedure, Step
from procedures.running.moving import move_to_newest
from procedures.sop_table.times import time_words
from templates_replies.catalogue import Language
from tickets.actor import Role
from tickets.ledger.tx import Tx

FORBIDDEN, NOT_FOUND = 403, 404

router = Router(prefix="/tickets/{number}/cases/{id}/version", include_in_schema=False)


@dataclass(frozen=True, kw_only=True)
class Difference:
    """A step that both versions have, and what is other in it, in words."""

    title: str
    says: Sequence[str]


@router.get("")
async def show(
    request: Request, number: Id, id: Id, house: TheHouse, visitor: Here  # noqa: A002
) -> Response:  # fmt: skip
    found = await found_for(house, visitor, number)
    case, before = await case_of(house, number, id)
    desk = house.desk(found.ticket.desk)
    after = newer(house, case, before)
    if not visitor.actor(desk.slug).may(Role.SUPERVISOR, desk.slug):
        raise HTTPException(FORBIDDEN)
    if after is None:
        raise HTTPException(NOT_FOUND)
    language, calendar, now = language_of(request), desk.desk.calendar, house.clock()
    shown = effect(case, before, after, calendar=calendar, now=now)
    return page(
        request, house, "case_version.html", visitor=visitor, ticket=found.ticket, case=case, shown=after, effect=shown,
        differences=[_difference(each, after, language) for each in shown.changed],
        clocks=_clocks(shown, language, moments(request, calendar.tz, now)),
    )  # fmt: skip


@router.post("")
async def move(id: Id, doing: OnTicket) -> Response:  # noqa: A002
    case, before = await case_of(doing.house, doing.number, id)
    after = newer(doing.house, case, before) or before
    stands = {turn.step: doing.form.line(f"stands.{turn.step}") for turn in case.turns if turn.is_open}

    def act(tx: Tx, at: datetime) -> None:
        move_to_newest(tx, id, before=before, after=after, stands=stands, desk=doing.desk, by=doing.by, at=at)

    return await doing.does(act)


def _difference(pair: tuple[Step, Step], after: Procedure, language: Language) -> Difference:
    """Say what is other in a step: its words, its role, its time; or that its ways or questions are."""
    before, now = pair
    says = []
    if before.does != now.does:
        says.append(f"{before.does} → {now.does}")
    if before.roles != now.roles:
        says.append(say(language, "version_role", role=after.actor(now)))
    if before.standard != now.standard:
        times = (time_words(after, each, language) or "–" for each in pair)
        says.append(say(language, "version_time", times=" → ".join(times)))
    if before.outcomes != now.outcomes or before.otherwise != now.otherwise:
        says.append(say(language, "version_ways"))
    if before.asks != now.asks:
        says.append(say(language, "version_asks"))
    return Difference(title=f"{now.number}. {now.does}", says=says or [say(language, "version_other")])


def _clocks(shown: Effect, language: Language, when: Callable[[datetime], str]) -> list[tuple[str, str, str]]:
    """Return the steps whose turn it is and that stay: what they are called, when they were due and when they will be."""
    none = say(language, "version_no_clock")
    return [
        (
            f"{one.after.number}. {one.after.does}",
            when(one.due_before) if one.due_before else none,
            when(one.due_after) if one.due_after else none,
        )
        for one in shown.stands
        if one.after is not None
    ]
