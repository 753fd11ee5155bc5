"""The self-evaluation of a year, as programs ask for it: one of its files."""

from typing import Annotated, Literal

from fastapi import Query
from fastapi.responses import Response

from console.api.caller import Asking
from console.api.tickets import REFUSALS
from console.doors import trail
from console.doors.trail import Entry, Kind
from console.reports.handing_out import file_of_year
from console.routes import Router
from reports.files import TYPES
from reports.led.files import FORMATS
from reports.led.year import read_year
from templates_replies.catalogue import Language, supported_language
from tickets.actions.rights import require
from tickets.actor import Role

Year = Annotated[str, Query(max_length=10, description="YYYY, such as 2026")]
Format = Annotated[str, Query(max_length=10, description=" or ".join(FORMATS))]

router = Router(tags=["reports"], responses=REFUSALS)


@router.get("/reports/annual", summary="The self-evaluation of a year", response_class=Response)
async def show_year(
    asked: Asking, *, desk: str, year: Year, format: Format = FORMATS[0],  # noqa: A002
    language: Literal["id", "en"] | None = None,
) -> Response:  # fmt: skip
    """A Word or PDF file, in the desk's own language where none is asked for. For a supervisor's token."""
    require(asked.by, Role.SUPERVISOR, desk)
    house = asked.house
    own = house.desk(desk).desk
    spoken: Language = language or supported_language(own.language)
    content = await file_of_year(house, desk, year, form=format, language=spoken)
    data = {"what": "annual", "format": format}
    entry = Entry(kind=Kind.EXPORTED, who=asked.by.key, knock=asked.numbers.knock, desk=desk, data=data)
    await house.ledger.write(lambda tx: trail.write(tx, entry, at=house.clock()), name="trail")
    return Response(
        content, media_type=TYPES[format],
        headers={"Content-Disposition": f'attachment; filename="{desk}-{read_year(year)}.{format}"', "Cache-Control": "no-store"},
    )  # fmt: skip
