"""A running case and the newest version of its procedure: what moving it would do, and moving it."""

from collections.abc import Sequence
from datetime import datetime

from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field
from pydantic.dataclasses import dataclass

from console.api.bodies import Line
from console.api.caller import Asking
from console.api.cases import found_case, shown_case
from console.api.shapes import answer
from console.api.tickets import REFUSALS
from console.ids import Id
from console.routes import Router
from console.ticket.cases import newer
from procedures.cases.versions import effect
from procedures.definition.procedure import Step
from procedures.running.moving import move_to_newest
from tickets.actions.rights import require
from tickets.actor import Role
from tickets.ledger.tx import Tx

router = Router(tags=["cases"], responses=REFUSALS)


class Move(BaseModel):
    stands: dict[Line, Line] = Field(
        default_factory=dict,
        description="Of an open step that is gone: the step at which the case stands instead",
    )


@dataclass(frozen=True, kw_only=True)
class StepShape:
    step: str
    number: str
    does: str


@dataclass(frozen=True, kw_only=True)
class StandShape:
    """A step whose turn it is."""

    step: str
    stays: bool
    due_before: datetime | None
    due_after: datetime | None


@dataclass(frozen=True, kw_only=True)
class EffectShape:
    newer: bool
    added: Sequence[StepShape] = ()
    gone: Sequence[StepShape] = ()
    changed: Sequence[StepShape] = ()  # as they are in the newer version
    stands: Sequence[StandShape] = ()


@router.get("/cases/{id}/version", summary="What moving a case to the newest version would do")
async def show(id: Id, asked: Asking) -> JSONResponse:  # noqa: A002
    """`newer` is false where there is nothing newer, or the case is over."""
    found, before = await found_case(asked, id)
    after = newer(asked.house, found.case, before)
    if after is None:
        return answer(EffectShape(newer=False))
    calendar = asked.house.desk(found.case.desk).desk.calendar
    shown = effect(found.case, before, after, calendar=calendar, now=asked.house.clock())
    stands = [
        StandShape(
            step=one.before.id,
            stays=one.after is not None,
            due_before=one.due_before,
            due_after=one.due_after,
        )
        for one in shown.stands
    ]
    return answer(
        EffectShape(
            newer=True, added=[_step(each) for each in shown.added], gone=[_step(each) for each in shown.gone],
            changed=[_step(each) for _, each in shown.changed], stands=stands,
        )
    )  # fmt: skip


@router.post("/cases/{id}/version", summary="Move a case to the newest version of its procedure")
async def move(id: Id, asked: Asking, body: Move | None = None) -> JSONResponse:  # noqa: A002
    """For supervisors. 409 where there is nothing newer; 422 where the open step is gone and `stands` does not say where else."""
    given = body or Move()
    found, before = await found_case(asked, id)
    require(asked.by, Role.SUPERVISOR, found.case.desk)
    after = newer(asked.house, found.case, before) or before

    def act(tx: Tx, at: datetime) -> None:
        desk = asked.desk_of(tx, found.case.ticket)
        move_to_newest(tx, id, before=before, after=after, stands=given.stands, desk=desk, by=asked.by, at=at)

    await asked.does_once(act, given)
    return await shown_case(asked, id)


def _step(step: Step) -> StepShape:
    return StepShape(step=step.id, number=step.number, does=step.does)
