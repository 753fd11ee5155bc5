"""The statistics, as programs see them: the figures of the page and of the month's report."""

from typing import Annotated, Any

from fastapi import Query
from fastapi.responses import JSONResponse

from console.api.days import SomeDays
from console.api.shapes import answer
from console.house import TheHouse
from console.routes import Router
from reports.measures import names_of
from reports.month_data import groups_data, promise_data
from reports.part import Part
from reports.statistics import Statistics, statistics
from reports.sums import STEPS
from reports.table import minutes
from tickets import views

router = Router(tags=["reports"])
Word = Annotated[str | None, Query(max_length=200)]


@router.get("/reports/statistics", summary="The figures of some days and of a part of the tickets")
async def show_statistics(
    house: TheHouse, asked: SomeDays, *,
    channel: Word = None, category: Word = None, agent: Word = None, team: Word = None,
) -> JSONResponse:  # fmt: skip
    """Of the tickets created in these days, as they stand now. Shares are from 0 to 1; weekdays from 1, Monday, to 7."""
    desk = asked.desk.slug
    people = await house.ledger.read(lambda session: views.colleagues(session, frozenset({desk})))
    names = names_of(
        asked.desk, category_names={each.id: each.name for each in house.catalogue(desk).categories},
        staff_names={each.id: each.name for each in people},
    )  # fmt: skip
    part = Part(channel=channel, category=category, agent=agent, team=team)
    found = await house.ledger.read(
        lambda session: statistics(
            session, desk=desk, days=asked.whole, now=house.clock(), names=names, part=part
        )
    )
    return answer({"desk": desk, **_shape(found)})


def _shape(found: Statistics) -> dict[str, Any]:
    return {
        "from": str(found.days.first_on), "to": str(found.days.last_on), "gone": list(found.gone), "tickets": found.tickets,
        "finished": found.finished, "promises": {each.kind: promise_data(each) for each in found.promises},
        "lengths": {
            kind: {"up_to_minutes": [minutes(step) for step in STEPS[kind]], "tickets": list(counts)}
            for kind, counts in found.steps.items()
        },
        "days": [{"on": str(day.on), "tickets": day.tickets, "finished": day.finished} for day in found.by_day],
        "hours": [
            {"weekday": weekday + 1, "hour": hour, "tickets": many}
            for (weekday, hour), many in sorted(found.by_hour.items())
        ],
        "channels": groups_data(found.channels), "categories": groups_data(found.categories),
        "agents": groups_data(found.agents), "teams": groups_data(found.teams),
    }  # fmt: skip
