"""The surveys: what contacts were asked and said, and what was done about low scores."""

from datetime import datetime, timedelta
from typing import Any

from fastapi.responses import JSONResponse

from console.api.bodies import FollowUp
from console.api.caller import Asking
from console.api.days import SomeDays
from console.api.shapes import ErrorShape, FullTicket, answer, encode
from console.api.tickets import Number
from console.house import House, TheHouse
from console.routes import Router
from reports.satisfaction import PublicService, Satisfaction, SurveyRow, public_service, satisfaction
from tickets.actions import survey
from tickets.desk import Desk
from tickets.ledger.tx import Tx
from tickets.survey import ELEMENTS, period_at

_REFUSALS: dict[int | str, dict[str, Any]] = {
    401: {"model": ErrorShape, "description": "No valid token"},
    403: {"model": ErrorShape, "description": "The token has no right to this"},
    404: {"model": ErrorShape, "description": "There is no such ticket"},
    409: {"model": ErrorShape, "description": "There is no low score that waits"},
    422: {"model": ErrorShape, "description": "The request is malformed or names what there is not"},
}

router = Router(tags=["surveys"], responses=_REFUSALS)
acts = Router(tags=["surveys"], responses=_REFUSALS)  # upon tickets


@router.get("/surveys", summary="The questions asked from one day to another, and their figures")
async def list_surveys(house: TheHouse, asked: SomeDays) -> JSONResponse:
    """Answers, the newest first, with the mean, the scores, and the survey of public services of the last day."""
    desk = asked.desk.slug
    found = await house.ledger.read(
        lambda session: satisfaction(session, desk=desk, start_at=asked.start_at, end_at=asked.end_at)
    )
    public = await _public(house, asked.desk, asked.end_at - timedelta(microseconds=1))
    return answer(
        {
            "desk": desk,
            "from": str(asked.first),
            "to": str(asked.last),
            **figures(found),
            "items": [_item(row) for row in reversed(found.rows)],
            "public_service": public_figures(public) if public else None,
        }
    )


@acts.post(
    "/tickets/{number}/follow-up",
    summary="Say what was done about a low score",
    responses={200: {"model": FullTicket}},
)
async def follow_up(number: Number, body: FollowUp, asked: Asking) -> JSONResponse:
    """For supervisors: the finding is closed."""

    def act(tx: Tx, at: datetime) -> None:
        survey.follow_up(tx, number, body.text, by=asked.by, at=at)

    return await asked.does(number, act, body)


def figures(found: Satisfaction) -> dict[str, Any]:
    """Return the sums of a span as JSON."""
    return {
        "scale": found.scale,
        "asked": found.asked,
        "withheld": found.withheld,
        "answered": found.answered,
        "share": found.share,
        "mean": None if found.mean is None else float(found.mean),
        "satisfied": found.satisfied,
        "distribution": {str(score): count for score, count in found.counts.items()},
        "low": found.low,
        "to_follow_up": found.waiting,
    }


def public_figures(public: PublicService) -> dict[str, Any]:
    """Return the index of public services as JSON."""
    index = public.index
    means = index.means or (None,) * len(ELEMENTS)
    return {
        "period": public.period,
        "invited": public.invited,
        "answers": index.answers,
        "index": None if index.index is None else float(index.index),
        "class": index.grade,
        "elements": [
            {"element": str(element), "mean": None if mean is None else float(mean)}
            for element, mean in zip(ELEMENTS, means, strict=True)
        ],
    }


async def _public(house: House, desk: Desk, at: datetime) -> PublicService | None:
    public = desk.survey.public_service if desk.survey else None
    if public is None:
        return None
    key = period_at(public.period, at, desk.calendar.tz).key
    return await house.ledger.read(lambda session: public_service(session, desk=desk.slug, period=key))


def _item(row: SurveyRow) -> dict[str, Any]:
    return {
        "ticket": row.ticket,
        "cycle": row.cycle,
        "channel": row.channel,
        "category": row.category,
        "agent": row.assignee,
        **{
            name: encode(getattr(row, name))
            for name in ("asked_at", "withheld", "scale", "score", "answered_at")
        },
        "comment": row.remark,
        **{
            name: encode(getattr(row, name))
            for name in ("found_at", "followed_up_at", "followed_up_by", "follow_up")
        },
    }
