"""The papers of a case: listed, handed out, made void."""

from datetime import datetime

from fastapi.responses import JSONResponse, Response
from pydantic import BaseModel
from pydantic.dataclasses import dataclass

from console.api.bodies import Text
from console.api.caller import Asked, Asking
from console.api.cases import their_case
from console.api.shapes import answer
from console.api.theirs import theirs
from console.api.tickets import REFUSALS
from console.ids import Id
from console.papers.ticket_papers import file_of
from console.routes import Router
from procedures.papers import actions, views
from procedures.papers.rows import NoSuchPaperError, PaperNow, State, page_of
from tickets.actions.rights import require
from tickets.actor import Role
from tickets.ledger.tx import Tx

router = Router(tags=["cases"], responses=REFUSALS)


class Void(BaseModel):
    reason: Text


@dataclass(frozen=True, kw_only=True)
class PaperShape:
    id: int
    case: int
    ticket: int
    paper: str  # its id in the procedure
    name: str
    state: str  # draft, issued, void, replaced
    number: str | None
    made_at: datetime
    made_by: str
    issued_at: datetime | None
    issued_by: str | None
    file: str | None  # its name; null: it is not typeset yet
    type: str | None
    size: int | None
    sha256: str | None
    error: str | None  # why it cannot be typeset
    url: str | None  # of its public page


@router.get("/cases/{id}/papers", summary="The papers of a case")
async def list_papers(id: Id, asked: Asking) -> JSONResponse:  # noqa: A002
    """The oldest first, with those that were replaced or are void."""
    await their_case(asked.house, asked.by, id)
    papers = await asked.house.ledger.read(lambda session: views.of_cases(session, [id]))
    return answer({"items": [_shape(paper, asked) for paper in papers], "next": None})


@router.get("/papers/{id}/file", summary="The file of a paper", response_class=Response)
async def take_file(id: Id, asked: Asking) -> Response:  # noqa: A002
    """404 while it is not typeset."""
    return await file_of(asked.house, await _theirs(asked, id))


@router.post("/papers/{id}/void", summary="Make a paper void")
async def void(id: Id, body: Void, asked: Asking) -> JSONResponse:  # noqa: A002
    """It keeps its number, and its public page says so. For supervisors."""
    await _theirs(asked, id)

    def act(tx: Tx, at: datetime) -> None:
        actions.void(tx, id, body.reason, by=asked.by, at=at)

    await asked.does_once(act, body)
    return answer(_shape(await _theirs(asked, id), asked))


async def _theirs(asked: Asked, id: int) -> PaperNow:  # noqa: A002
    """Return a paper of a desk of theirs. Raises NoSuchPaperError."""
    found = await asked.house.ledger.read(lambda session: views.paper(session, id))
    paper = theirs(asked.by, found, NoSuchPaperError(id))
    require(asked.by, Role.VIEWER, paper.desk)
    return paper


def _shape(paper: PaperNow, asked: Asked) -> PaperShape:
    is_public = paper.state is not State.DRAFT
    return PaperShape(
        id=paper.id,
        case=paper.case,
        ticket=paper.ticket,
        paper=paper.paper,
        name=paper.title,
        state=paper.state,
        number=paper.number,
        made_at=paper.made_at,
        made_by=paper.made_by,
        issued_at=paper.final_at or (paper.made_at if is_public else None),
        issued_by=paper.final_by or (paper.made_by if is_public else None),
        file=paper.name,
        type=paper.type,
        size=paper.size,
        sha256=paper.sha256,
        error=paper.error,
        url=asked.house.public_url.rstrip("/") + page_of(paper.token) if is_public else None,
    )
