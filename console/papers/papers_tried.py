"""A paper of a procedure with sample values, for whoever wants to see what its template makes of them. Nothing is kept."""

from typing import Annotated

from fastapi import Path, Query, Request
from fastapi.responses import Response
from starlette.exceptions import HTTPException

from console.house import TheHouse
from console.pages.render import page
from console.routes import Router
from console.visitors import Here
from procedures.papers.sample import sample_job
from procedures.papers.typesetting import Fault, attempt
from tickets import revisions
from tickets.binary_texts import as_bytes

Name = Annotated[str, Path(max_length=60)]

router = Router(include_in_schema=False)


@router.get("/procedures/{procedure}/papers/{paper}")
async def take(
    request: Request, procedure: Name, paper: Name, house: TheHouse, visitor: Here, desk: Annotated[str, Query(max_length=60)]
) -> Response:  # fmt: skip
    """Hand it out as a file, or say what is wrong with its template."""
    is_theirs = desk in house.desks() and (visitor.desks is None or desk in visitor.desks)
    known = house.procedures(desk) if is_theirs else ()
    of = next((one for one in known if one.id == procedure), None)
    wanted = of.paper(paper) if of else None
    if of is None or wanted is None or not wanted.is_made:
        raise HTTPException(404, "there is no such paper")
    newest = await house.ledger.write(lambda tx: revisions.newest(tx, desk), name="papers")
    files = {name: as_bytes(text) for name, text in (newest.files if newest else {}).items()}
    signed = paper in of.paperwork.signs
    job = sample_job(wanted, of, house.desk(desk).desk, files, house.clock(), signed=signed)
    made = await house.typeset(attempt, job)
    if isinstance(made, Fault):
        return page(
            request, house, "paper_fault.html", visitor=visitor, status=422, procedure=of, paper=wanted, desk=desk,
            fault=made.said,
        )  # fmt: skip
    return Response(
        made.content, media_type=made.type,
        headers={
            "Content-Disposition": f'attachment; filename="{paper}{made.suffix}"',
            "Content-Security-Policy": "default-src 'none'; sandbox",
        },
    )  # fmt: skip
