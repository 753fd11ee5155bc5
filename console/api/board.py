"""The board and the verification of what is solved, for programs."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from fastapi import Request
from fastapi.responses import JSONResponse
from pydantic.dataclasses import dataclass
from sqlmodel import Session

from console.api.bodies import Chosen, SendBack
from console.api.caller import Asking, Caller, only_theirs
from console.api.shapes import ErrorShape, FullTicket, answer
from console.api.tickets import Number
from console.board.measured import Measured, measured_in
from console.house import TheHouse
from console.routes import Router
from reports.indicators import Indicators
from tickets import views
from tickets.actions import supervising
from tickets.desk import DeskNow
from tickets.ledger.tx import Tx
from tickets.lifecycle import Status
from tickets.views import overdue_findings
from tickets.views.board import Board, board

_REFUSALS: dict[int | str, dict[str, Any]] = {
    401: {"model": ErrorShape, "description": "No valid token"},
    403: {"model": ErrorShape, "description": "The token has no right to this"},
    409: {"model": ErrorShape, "description": "A rule of the desk forbids it now"},
    422: {"model": ErrorShape, "description": "The request is malformed, or there is no such desk"},
}

router = Router(tags=["supervision"], responses=_REFUSALS)
acts = Router(tags=["supervision"], responses=_REFUSALS)  # upon tickets


@dataclass(frozen=True, kw_only=True)
class FigureShape:
    """One figure; `tickets` are their numbers, worst first, and `more` says that it was not counted to the end."""

    count: int
    more: bool
    since: datetime | None
    tickets: tuple[int, ...]


@dataclass(frozen=True, kw_only=True)
class KeptShape:
    account: str
    event_id: str
    at: datetime
    error: str | None


@dataclass(frozen=True, kw_only=True)
class MonthShape:
    """The success indicators of the running month; shares from 0 to 1, null where there is nothing to measure."""

    month: str
    tickets: int
    solved_in_time: float | None
    categorised: float | None


@dataclass(frozen=True, kw_only=True)
class BoardShape:
    desk: str
    at: datetime
    failed_intake: tuple[KeptShape, ...]
    figures: Mapping[str, FigureShape]
    overdue_findings: int
    month: MonthShape


@dataclass(frozen=True, kw_only=True)
class BoardList:
    items: tuple[BoardShape, ...]


@dataclass(frozen=True, kw_only=True)
class RefusedShape:
    ticket: int
    code: str
    message: str


@dataclass(frozen=True, kw_only=True)
class VerifiedShape:
    verified: tuple[int, ...]
    refused: tuple[RefusedShape, ...]


@router.get("/board", summary="What is to be looked after, by desk", responses={200: {"model": BoardList}})
async def show_board(
    request: Request, house: TheHouse, by: Caller, *, desk: str | None = None
) -> JSONResponse:
    only_theirs(by, desk)
    desks = {
        slug: each
        for slug, each in sorted(house.desks().items())
        if (desk is None or slug == desk) and by.belongs_to(slug)
    }
    if desk is not None and not desks:
        house.desk(desk)  # says that there is none
    now, measured = house.clock(), measured_in(request.app)

    def read(session: Session) -> list[BoardShape]:
        return [_shape(session, each, measured, now=now) for each in desks.values()]

    return answer(BoardList(items=tuple(await house.ledger.read(read))))


@acts.post(
    "/tickets/verify", summary="Confirm several solved tickets", responses={200: {"model": VerifiedShape}}
)
async def verify_chosen(body: Chosen, asked: Asking) -> JSONResponse:
    """For supervisors. Those that may not be verified are told why, and left as they are."""
    refused: dict[int, Exception] = {}

    def act(tx: Tx, at: datetime) -> None:
        refused.clear()  # the writer may run a job twice
        refused.update(supervising.verify_many(tx, body.tickets, by=asked.by, at=at).refused)

    await asked.does_once(act, body)
    lines = await asked.house.ledger.read(lambda session: views.lines_of(session, body.tickets))
    closed = {line.ticket.number for line in lines if line.ticket.status == Status.CLOSED}
    return answer(
        VerifiedShape(
            verified=tuple(
                number for number in dict.fromkeys(body.tickets) if number in closed - refused.keys()
            ),
            refused=tuple(
                RefusedShape(ticket=number, code=getattr(error, "code", "not_found"), message=str(error))
                for number, error in refused.items()
            ),
        )
    )


@acts.post(
    "/tickets/{number}/send-back",
    summary="Do not confirm: open again, with a note",
    responses={
        200: {"model": FullTicket},
        404: {"model": ErrorShape, "description": "There is no such ticket"},
    },
)
async def send_back(number: Number, body: SendBack, asked: Asking) -> JSONResponse:
    """For supervisors. The resolution clock runs anew; the agent is told, the contact is not."""

    def act(tx: Tx, at: datetime) -> None:
        desk = asked.desk_of(tx, number)
        asked.house.acts.send_back(tx, number, body.note, desk=desk, by=asked.by, at=at)

    return await asked.does(number, act, body)


def _shape(session: Session, desk: DeskNow, measured: Measured, *, now: datetime) -> BoardShape:
    seen: Board = board(session, desk.slug, desk.desk.supervision, now=now)
    month: Indicators = measured.of(session, desk, now=now)
    return BoardShape(
        desk=desk.slug,
        at=seen.at,
        failed_intake=tuple(
            KeptShape(account=each.account, event_id=each.event_id, at=each.at, error=each.error)
            for each in seen.kept
        ),
        figures={
            str(figure): FigureShape(
                count=tally.count, more=tally.more, since=tally.since, tickets=tally.tickets
            )
            for figure, tally in seen.tallies.items()
        },
        overdue_findings=overdue_findings(session, desk.slug, desk.desk.calendar.day_of(now)),
        month=MonthShape(
            month=str(month.month),
            tickets=month.tickets,
            solved_in_time=month.share_in_time,
            categorised=month.share_categorised,
        ),
    )
