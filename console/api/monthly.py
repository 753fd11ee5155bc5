"""The monthly report, as programs ask for it: its figures and findings as JSON, or one of its files."""

from typing import Annotated, Literal

from fastapi import Query
from fastapi.responses import Response

from console.api.caller import Asked as Call
from console.api.caller import Asking
from console.api.shapes import answer
from console.api.statistics import Word
from console.api.tickets import REFUSALS
from console.doors import trail
from console.doors.trail import Entry, Kind
from console.reports.handing_out import data_of_month, file_of_month
from console.routes import Router
from reports import monthly
from reports.errors import BadFormatError
from reports.files import TYPES
from reports.monthly import Asked
from reports.part import Part
from tickets.actions.errors import NotAllowedError
from tickets.actions.rights import require
from tickets.actor import Role

JSON = "json"
FORMATS = (JSON, *monthly.FORMATS)
Month = Annotated[str, Query(max_length=20, description="YYYY-MM, such as 2026-10")]
Format = Annotated[str, Query(max_length=10, description=" or ".join(FORMATS))]

router = Router(tags=["reports"], responses=REFUSALS)


@router.get("/reports/monthly", summary="The report of a month", response_class=Response)
async def show_month(
    asked: Asking, *, desk: str, month: Month, format: Format = JSON,  # noqa: A002
    language: Literal["id", "en"] | None = None, team: Word = None, category: Word = None, identities: bool = False,
) -> Response:  # fmt: skip
    """Its figures, comparison and findings as JSON, or one of its files.

    A supervisor's token asks for files. Identity numbers are masked in them unless it is good for `identity:read` and asks for `identities`.
    """
    require(asked.by, Role.SUPERVISOR if format in monthly.FORMATS else Role.VIEWER, desk)
    if identities and not asked.numbers.whole:
        raise NotAllowedError("the token may not read identity numbers")
    wanted = Asked(
        month=month, format=format, language=language, part=Part(team=team, category=category), identities=identities
    )  # fmt: skip
    if format not in FORMATS:
        raise BadFormatError(format, FORMATS)
    if format == JSON:
        return answer(await data_of_month(asked.house, desk, wanted))
    return await _file(asked, desk, wanted)


async def _file(call: Call, slug: str, wanted: Asked) -> Response:
    """Hand the file out, and leave a line in the trail."""
    house = call.house
    content = await file_of_month(house, slug, wanted)
    data = {"what": "report", "format": wanted.format, **({"identities": True} if wanted.identities else {})}
    entry = Entry(kind=Kind.EXPORTED, who=call.by.key, knock=call.numbers.knock, desk=slug, data=data)
    await house.ledger.write(lambda tx: trail.write(tx, entry, at=house.clock()), name="trail")
    name = f"{slug}-{wanted.month}.{wanted.format}"
    return Response(
        content, media_type=TYPES[wanted.format],
        headers={"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"},
    )  # fmt: skip
