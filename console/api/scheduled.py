"""Answers that go later."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Annotated, Any

from fastapi import Path
from fastapi.responses import JSONResponse
from pydantic import AwareDatetime, BaseModel, Field
from pydantic.dataclasses import dataclass

from console.api.bodies import Said
from console.api.caller import Act, Asked, Asking, Caller
from console.api.shapes import answer
from console.api.tickets import REFUSALS, Number
from console.house import House, TheHouse
from console.routes import Router
from tickets import views
from tickets.actions import scheduling
from tickets.actions.answering import Words
from tickets.actions.errors import UnknownValueError
from tickets.actions.rights import require
from tickets.actor import Actor, Role
from tickets.ledger.tx import Tx
from tickets.scheduled import Then
from tickets.ticket import NoSuchTicketError
from tickets.views import ScheduledView

CREATED = 201

Id = Annotated[int, Path(ge=1, lt=10**15, description="The answer's id, as the list has it")]

router = Router(prefix="/tickets/{number}/scheduled", tags=["tickets"], responses=REFUSALS)


class Schedule(BaseModel):
    text: Said
    send_at: AwareDatetime = Field(description="When it goes; within a year")
    wait: bool = Field(default=False, description="The ticket waits for the contact then")
    solve: bool = Field(
        default=False, description="The ticket is solved then, unless the contact writes until it goes"
    )
    despite: bool = Field(default=False, description="It goes also if the contact writes until then")
    seen: int | None = Field(
        default=None, ge=0, lt=10**15, description="The newest message that was known; see `/reply`"
    )
    as_written: bool = Field(default=False, description="Its braces are meant as they stand")


class Reschedule(BaseModel):
    text: Said | None = None
    send_at: AwareDatetime | None = None
    wait: bool | None = Field(default=None, description="As when it was scheduled; left out: as it was")
    solve: bool | None = Field(default=None, description="As when it was scheduled; left out: as it was")


@dataclass(frozen=True, kw_only=True)
class HeldShape:
    at: datetime
    why: str  # contact, colleague, over, assigned, window, rights, refused


@dataclass(frozen=True, kw_only=True)
class ScheduledShape:
    id: int
    by: str
    created_at: datetime  # or changed last
    send_at: datetime
    text: str
    files: Sequence[str]  # names
    wait: bool
    solve: bool
    despite: bool
    held: HeldShape | None  # why it has not gone


@router.get("", summary="Answers that go later")
async def list_scheduled(number: Number, house: TheHouse, by: Caller) -> JSONResponse:
    return await _listed(house, number, by)


@router.post("", summary="Let an answer go later", status_code=CREATED)
async def schedule(number: Number, body: Schedule, asked: Asking) -> JSONResponse:
    """Held when its time has come if its author could not know of something: see `held.why`."""
    words = Words(text=body.text, as_written=body.as_written)

    def act(tx: Tx, at: datetime) -> None:
        scheduling.schedule(
            tx, number, words, due_at=body.send_at.astimezone(UTC), by=asked.by, at=at,
            then=_then(body) or Then.NOTHING, despite=body.despite, seen=body.seen,
        )  # fmt: skip

    return await _done(asked, number, act, body, status=CREATED)


@router.post("/{id}", summary="Let it go at another time, or say something else")
async def reschedule(number: Number, id: Id, body: Reschedule, asked: Asking) -> JSONResponse:  # noqa: A002
    """One that was held waits again."""
    send_at = body.send_at.astimezone(UTC) if body.send_at is not None else None

    def act(tx: Tx, at: datetime) -> None:
        scheduling.change(
            tx, number, id, by=asked.by, at=at, due_at=send_at, text=body.text, then=_then(body)
        )

    return await _done(asked, number, act, body)


@router.post("/{id}/send", summary="Send it now")
async def send_now(number: Number, id: Id, asked: Asking) -> JSONResponse:  # noqa: A002
    def act(tx: Tx, at: datetime) -> int:
        return scheduling.send_now(tx, number, id, solve=asked.house.solve, by=asked.by, at=at)

    return await _done(asked, number, act)


@router.post("/{id}/cancel", summary="Let it not go at all")
async def cancel(number: Number, id: Id, asked: Asking) -> JSONResponse:  # noqa: A002
    def act(tx: Tx, at: datetime) -> None:
        scheduling.cancel(tx, number, id, by=asked.by, at=at)

    return await _done(asked, number, act)


def _then(body: Schedule | Reschedule) -> Then | None:
    """Return what is to become of the ticket; None where that stays as it was. Raises UnknownValueError for both."""
    if body.wait and body.solve:
        raise UnknownValueError("a ticket waits or is solved, not both", field="solve", value="true")
    if body.wait is None and body.solve is None:
        return None
    return Then.SOLVE if body.solve else Then.WAIT if body.wait else Then.NOTHING


async def _done(asked: Asked, number: int, act: Act, body: Any = None, *, status: int = 200) -> JSONResponse:
    await asked.does_once(act, body)
    return await _listed(asked.house, number, asked.by, status=status)


async def _listed(house: House, number: int, by: Actor, *, status: int = 200) -> JSONResponse:
    """Answer with what waits on a ticket of theirs."""
    found = await house.ledger.read(
        lambda session: views.ticket(session, number, link=house.links.url, desks=by.desks)
    )
    if found is None:
        raise NoSuchTicketError(number)
    require(by, Role.VIEWER, found.ticket.desk)
    waiting = await house.ledger.read(lambda session: views.scheduled_answers(session, number))
    return answer({"items": [_shape(each) for each in waiting], "next": None}, status)


def _shape(found: ScheduledView) -> ScheduledShape:
    held = None
    if found.held_at is not None and found.held_why is not None:
        held = HeldShape(at=found.held_at, why=str(found.held_why))
    return ScheduledShape(
        id=found.id, by=found.by, created_at=found.at, send_at=found.due_at, text=found.text, files=found.files,
        wait=found.then is Then.WAIT, solve=found.then is Then.SOLVE, despite=found.despite, held=held,
    )  # fmt: skip
