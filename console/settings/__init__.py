"""The settings of a desk by form: what its files say, section by section, each save a revision."""

from fastapi.responses import RedirectResponse, Response

from console.changing.at_desk import first_desk
from console.house import TheHouse
from console.routes import Router
from console.settings import history_page, section_page, trying
from console.settings.cabinet import PREFIX, TheCabinet
from console.settings.sections import GENERAL
from console.visitors import Here

router = Router(include_in_schema=False)
for theme in (
    trying,
    history_page,
    section_page,
):  # what is named exactly comes before what takes any name
    router.routes.extend(theme.router.routes)


@router.get("/settings")
async def begin(house: TheHouse, visitor: Here) -> Response:
    return RedirectResponse(f"/settings/{first_desk(house, visitor)}/{GENERAL.key}", status_code=303)


@router.get(PREFIX)
async def begin_at(cabinet: TheCabinet) -> Response:
    return RedirectResponse(f"{cabinet.at}/{GENERAL.key}", status_code=303)
