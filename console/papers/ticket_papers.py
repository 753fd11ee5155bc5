"""The papers of a ticket: looked at, handed out, made void, typeset again."""

from datetime import datetime
from typing import Annotated
from urllib.parse import quote

from fastapi import Path, Request
from fastapi.responses import Response
from starlette.exceptions import HTTPException

from console.house import House, TheHouse
from console.ids import Id
from console.kept_files import kept_file
from console.language import language_of
from console.pages.render import moments, page
from console.routes import Router
from console.ticket.doing import OnTicket, found_for
from console.ticket.papers_shown import lines_of
from console.visitors import Here
from procedures.papers import actions, views
from procedures.papers.rows import NoSuchPaperError, PaperNow, State, page_of
from procedures.papers.values import settled
from tickets.actor import Role
from tickets.ledger.tx import Tx
from tickets.views import colleagues

At = Annotated[int, Path(ge=0, lt=100)]

router = Router(prefix="/tickets/{number}/papers/{id}", include_in_schema=False)


@router.get("")
async def show(
    request: Request, number: Id, id: Id, house: TheHouse, visitor: Here  # noqa: A002
) -> Response:  # fmt: skip
    """Show a paper: what it says of itself, and pictures of its pages."""
    found = await found_for(house, visitor, number)
    paper = await paper_of(house, number, id)
    desk, by = house.desk(paper.desk).desk, visitor.actor(paper.desk)
    people = await house.ledger.read(lambda session: colleagues(session, frozenset({paper.desk})))
    (line,) = lines_of(
        [paper], language_of(request), names={each.id: each.name for each in people},
        when=moments(request, desk.calendar.tz, house.clock()),
    )  # fmt: skip
    return page(
        request, house, "paper.html", visitor=visitor, ticket=found.ticket, paper=paper, line=line,
        content=settled(paper.content, paper.number),
        public=page_of(paper.token) if paper.state is not State.DRAFT else None,
        may_void=by.may(Role.SUPERVISOR, paper.desk) and paper.state in {State.DRAFT, State.ISSUED},
        may_again=by.may(Role.AGENT, paper.desk) and paper.error is not None,
    )  # fmt: skip


@router.get("/file")
async def hand_out(number: Id, id: Id, house: TheHouse, visitor: Here) -> Response:  # noqa: A002
    await found_for(house, visitor, number)
    return await file_of(house, await paper_of(house, number, id))


@router.get("/pages/{at}")
async def picture(
    request: Request, number: Id, id: Id, at: At, house: TheHouse, visitor: Here  # noqa: A002
) -> Response:  # fmt: skip
    """Hand out the picture of a page, the first being 0."""
    await found_for(house, visitor, number)
    paper = await paper_of(house, number, id)
    if at >= len(paper.previews):
        raise NoSuchPaperError(id)
    return await kept_file(
        house.ledger, paper.previews[at], type="image/png", asked=request,
        headers={"Cache-Control": "private, no-cache"},
    )  # fmt: skip


@router.post("/void")
async def void(id: Id, doing: OnTicket) -> Response:  # noqa: A002
    await paper_of(doing.house, doing.number, id)

    def act(tx: Tx, at: datetime) -> None:
        actions.void(tx, id, doing.form.text("reason"), by=doing.by, at=at)

    return await doing.does(act)


@router.post("/again")
async def again(id: Id, doing: OnTicket) -> Response:  # noqa: A002
    await paper_of(doing.house, doing.number, id)

    def act(tx: Tx, at: datetime) -> None:
        actions.again(tx, id, desk=doing.desk, by=doing.by, at=at)

    return await doing.does(act)


async def paper_of(house: House, number: int, id: int) -> PaperNow:  # noqa: A002
    """Return a paper of a ticket. Raises NoSuchPaperError."""
    paper = await house.ledger.read(lambda session: views.paper(session, id))
    if paper is None or paper.ticket != number:
        raise NoSuchPaperError(id)
    return paper


async def file_of(house: House, paper: PaperNow) -> Response:
    """Hand out the file of a paper, as a download. Raises HTTPException(404) where it has none."""
    if paper.sha256 is None:
        raise HTTPException(404, "the paper has no file yet")
    return await kept_file(
        house.ledger, paper.sha256, type=paper.type or "",
        headers={
            "Content-Disposition": f"attachment; filename*=utf-8''{quote(paper.name or paper.title)}",
            "Content-Security-Policy": "default-src 'none'; sandbox", "Cache-Control": "private, no-cache",
        },
    )  # fmt: skip
