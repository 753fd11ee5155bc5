"""The SOP form as a file: of a procedure, and with a case on it."""

from typing import Annotated

from fastapi import Path
from fastapi.responses import Response

from console.api.caller import Asking, Caller
from console.api.cases import found_case
from console.api.tickets import REFUSALS
from console.cases.sop_files import Ending, sop_file
from console.house import TheHouse
from console.ids import Id
from console.routes import Router
from procedures.running.actions import chosen
from procedures.sop_table.form import Paper
from procedures.sop_table.progress import on_table, reader_of
from procedures.words.masking import hidden_at_desk
from templates_replies.catalogue import supported_language
from tickets.actions.rights import require
from tickets.actor import Role
from tickets.views import colleagues

Name = Annotated[str, Path(max_length=100)]

router = Router(tags=["cases"], responses=REFUSALS)


@router.get(
    "/procedures/{name}/table.{ending}", summary="The SOP form of a procedure", response_class=Response
)
async def take_form(
    name: Name, ending: Ending, house: TheHouse, by: Caller, desk: str, paper: Paper = Paper.A4
) -> Response:  # fmt: skip
    """As PDF, PNG or SVG, in the desk's language. `paper`: the sheet of the PDF."""
    require(by, Role.VIEWER, desk)
    found, procedure = house.desk(desk).desk, chosen(house.procedures(desk), name)
    language = supported_language(found.language)
    return await sop_file(
        house, procedure, ending, language, zone=found.calendar.tz, paper=paper, name=procedure.id
    )


@router.get("/cases/{id}/table.{ending}", summary="The SOP form with a case on it", response_class=Response)
async def take_case(id: Id, ending: Ending, asked: Asking, paper: Paper = Paper.A4) -> Response:  # noqa: A002
    """What is done, by whom, how long it took of its standard, where it stands; as PDF, PNG or SVG. Identity numbers are masked."""
    house = asked.house
    found, procedure = await found_case(asked, id)
    desk = house.desk(found.case.desk).desk
    people = await house.ledger.read(lambda session: colleagues(session, frozenset({desk.slug})))
    reader = reader_of(found.clocks, desk, {each.id: each.name for each in people}, mask=hidden_at_desk)
    return await sop_file(
        house, procedure, ending, reader.language, zone=desk.calendar.tz, paper=paper,
        case=on_table(found.case, procedure, reader), name=f"{procedure.id}-{found.case.ticket}",
    )  # fmt: skip
