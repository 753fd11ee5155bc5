"""The archive: cases that are over, found by name, each handed out as one ZIP."""

from datetime import datetime
from typing import Annotated

from fastapi import Query
from fastapi.responses import JSONResponse, Response
from pydantic.dataclasses import dataclass

from console.api.caller import Asking, Caller
from console.api.shapes import answer
from console.api.theirs import theirs
from console.api.tickets import REFUSALS
from console.cases.archive_page import handed_out
from console.doors import trail
from console.doors.trail import Entry, Kind
from console.house import TheHouse
from console.ids import Id
from console.routes import Router
from procedures.archive import views
from procedures.archive.gathering import gathered
from procedures.archive.views import Span, Wanted
from procedures.cases.rows import NoSuchCaseError
from procedures.words.masking import hidden
from tickets.actions.errors import NotAllowedError
from tickets.actions.rights import require
from tickets.actor import Role

PAGE, LONGEST_LIST = 50, 200

router = Router(tags=["cases"], responses=REFUSALS)


@dataclass(frozen=True, kw_only=True)
class FiledShape:
    case: int
    ticket: int
    desk: str
    procedure: str
    name: str
    ending: str  # done, refused, withdrawn
    begun_at: datetime
    ended_at: datetime


@router.get("/archive", summary="Cases that are over")
async def list_filed(
    house: TheHouse, by: Caller, *, desk: str,
    q: Annotated[str, Query(max_length=100)] = "", procedure: Annotated[str, Query(max_length=60)] = "",
    limit: Annotated[int, Query(ge=1, le=LONGEST_LIST)] = PAGE, after: Annotated[int, Query(ge=0, le=10**6)] = 0,
) -> JSONResponse:  # fmt: skip
    """The last that ended first, long numbers in their names masked. `q` are words that all stand in the name."""
    require(by, Role.VIEWER, desk)
    wanted = Wanted(desks={desk: Span()}, q=q, procedure=procedure)
    found = await house.ledger.read(
        lambda session: views.filed(session, wanted, most=limit + 1, skipped=after)
    )
    items = [FiledShape(**vars(each) | {"name": hidden(each.name)}) for each in found[:limit]]
    return answer({"items": items, "next": after + limit if len(found) > limit else None})


@router.get(
    "/cases/{id}/archive.zip", summary="A case with everything that belongs to it", response_class=Response
)
async def take_out(id: Id, asked: Asking, *, identities: bool = False) -> Response:  # noqa: A002
    """Identity numbers are masked unless a supervisor's token, good for `identity:read`, asks for `identities`."""
    if identities and not asked.numbers.whole:
        raise NotAllowedError("the token may not read identity numbers")
    house, at = asked.house, asked.house.clock()
    found = await house.ledger.read(lambda session: gathered(session, id))
    case = theirs(asked.by, found.view, NoSuchCaseError(id))
    response = await handed_out(house, found, by=asked.by, at=at, identities=identities)
    data = {"what": "archive", "format": "zip", "case": id, **({"identities": True} if identities else {})}
    entry = Entry(kind=Kind.EXPORTED, who=asked.by.key, knock=asked.numbers.knock, desk=case.desk, data=data)
    await house.ledger.write(lambda tx: trail.write(tx, entry, at=at), name="trail")
    return response
