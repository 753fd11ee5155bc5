"""The figures of a procedure over many cases, as programs see them."""

from datetime import timedelta
from typing import Annotated, Any

from fastapi import Path
from fastapi.responses import JSONResponse

from console.api.days import SomeDays
from console.api.shapes import answer
from console.house import TheHouse
from console.routes import Router
from procedures.running.actions import chosen
from reports.procedures import ProcedureFigures, StepFigures, procedure_figures
from reports.table import minutes

router = Router(tags=["reports"])
Name = Annotated[str, Path(max_length=100)]


@router.get("/procedures/{name}/figures", summary="The figures of a procedure over many cases")
async def show(name: Name, house: TheHouse, asked: SomeDays) -> JSONResponse:
    """Of the cases begun in these days, as they stand now. Steps count as their standards do; shares are from 0 to 1."""
    desk = asked.desk.slug
    procedure = chosen(house.procedures(desk), name)
    found = await house.ledger.read(
        lambda session: procedure_figures(session, procedure, desk=desk, days=asked.whole, now=house.clock())
    )
    return answer({"desk": desk, **_shape(found)})


def _shape(found: ProcedureFigures) -> dict[str, Any]:
    return {
        "procedure": found.procedure.id, "from": str(found.days.first_on), "to": str(found.days.last_on),
        "cases": found.cases, "open": found.open, "ends": dict(found.ends), "repeating": found.went_round,
        "median_minutes": _minutes(found.median), "p90_minutes": _minutes(found.p90),
        "bottleneck": found.bottleneck.step.id if found.bottleneck else None,
        "steps": [_step(one) for one in found.steps],
        "loops": [
            {"step": loop.step.id, "outcome": loop.outcome, "to": [step.id for step in loop.to], "taken": loop.taken}
            for loop in found.loops
        ],
    }  # fmt: skip


def _step(one: StepFigures) -> dict[str, Any]:
    within = one.step.standard.within if one.step.standard else None
    return {
        "step": one.step.id, "number": one.step.number, "does": one.step.does, "role": one.role,
        "standard": str(within) if within else None, "counts": within.counts if within else "calendar",
        "done": one.done, "median_minutes": _minutes(one.median), "p90_minutes": _minutes(one.p90), "late": one.late,
        "late_share": one.late_share, "overdue_minutes": minutes(one.overdue), "open": one.open, "passed": one.passed,
        "again": one.again, "ways": dict(one.ways),
    }  # fmt: skip


def _minutes(length: timedelta | None) -> float | None:
    return None if length is None else minutes(length)
