"""How well the matcher does, as programs see it."""

from collections.abc import Iterable
from typing import Any

from fastapi.responses import JSONResponse

from console.api.days import SomeDays
from console.api.shapes import answer
from console.house import TheHouse
from console.routes import Router
from reports.quality import Figures, Week, gate_of, quality

router = Router(tags=["quality"])


@router.get(
    "/quality", summary="What the matcher suggested from one day to another, and how often it was right"
)
async def show_quality(house: TheHouse, asked: SomeDays) -> JSONResponse:
    """Sums of all, by week, and by the category suggested first with its weeks; `gate` tells from which score on replies go by themselves."""
    desk = asked.desk.slug
    found, gate = await house.ledger.read(
        lambda session: (
            quality(
                session, desk=desk, start_at=asked.start_at, end_at=asked.end_at, tz=asked.desk.calendar.tz
            ),
            gate_of(session, desk),
        )
    )
    return answer(
        {
            "desk": desk, "from": str(asked.first), "to": str(asked.last), **_figures(found.all),
            "gate": {"threshold": gate.threshold, "judged": gate.judged},
            "weeks": _weeks(found.weeks),
            "categories": [
                {
                    "category": each.category, **_figures(each.figures), "missed": each.missed,
                    "weeks": _weeks(each.weeks),
                }
                for each in found.categories
            ],
        }
    )  # fmt: skip


def _weeks(found: Iterable[Week]) -> list[dict[str, Any]]:
    return [{"monday": str(each.monday), **_figures(each.figures)} for each in found]


def _figures(found: Figures) -> dict[str, Any]:
    return {
        "messages": found.messages, "suggested": found.suggested, "judged": found.judged, "right": found.right,
        "precision": found.precision, "sent": found.sent, "sent_judged": found.sent_judged,
        "sent_right": found.sent_right, "sent_precision": found.sent_precision, "coverage": found.coverage,
        "out_of_scope": found.out_of_scope, "out_of_scope_sent": found.out_of_scope_sent,
        "out_of_scope_share": found.out_of_scope_share,
    }  # fmt: skip
