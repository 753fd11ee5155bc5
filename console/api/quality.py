"""How well the matcher does, as programs see it."""

from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Query
from fastapi.responses import JSONResponse

from console.api.bodies import Asked
from console.api.caller import Caller, only_theirs
from console.api.shapes import answer
from console.house import TheHouse
from reports.export import span_of
from reports.quality import Figures, gate_of, quality
from tickets.actions.errors import UnknownValueError

router = APIRouter(tags=["quality"])


@router.get(
    "/quality", summary="What the matcher suggested from one day to another, and how often it was right"
)
async def show_quality(
    house: TheHouse,
    by: Caller,
    desk: Asked,
    first: Annotated[
        date | None, Query(alias="from", description="Local day; left out: of this month")
    ] = None,
    last: Annotated[
        date | None, Query(alias="to", description="Local day, included; left out: today")
    ] = None,
) -> JSONResponse:
    """Sums of all, by week and by the category suggested first; `gate` tells from which score on replies go by themselves."""
    only_theirs(by, desk)
    at_desk = house.desk(desk).desk
    today = house.clock().astimezone(at_desk.calendar.tz).date()
    first, last = first or today.replace(day=1), last or today
    if last < first:
        raise UnknownValueError(f"{last} is before {first}", field="to", value=str(last))
    start_at, end_at = span_of(at_desk, first, last)
    found, gate = await house.ledger.read(
        lambda session: (
            quality(session, desk=desk, start_at=start_at, end_at=end_at, tz=at_desk.calendar.tz),
            gate_of(session, desk),
        )
    )
    return answer(
        {
            "desk": desk, "from": str(first), "to": str(last), **_figures(found.all),
            "gate": {"threshold": gate.threshold, "judged": gate.judged},
            "weeks": [{"monday": str(each.monday), **_figures(each.figures)} for each in found.weeks],
            "categories": [
                {"category": each.category, **_figures(each.figures), "missed": each.missed}
                for each in found.categories
            ],
        }
    )  # fmt: skip


def _figures(found: Figures) -> dict[str, Any]:
    return {
        "messages": found.messages, "suggested": found.suggested, "judged": found.judged, "right": found.right,
        "precision": found.precision, "sent": found.sent, "sent_judged": found.sent_judged,
        "sent_right": found.sent_right, "sent_precision": found.sent_precision, "coverage": found.coverage,
        "out_of_scope": found.out_of_scope, "out_of_scope_share": found.out_of_scope_share,
    }  # fmt: skip
