"""The catalogue's pages: categories, reply templates, tags and rules, edited by supervisors, each save a revision."""

from fastapi import APIRouter
from fastapi.responses import RedirectResponse, Response
from starlette.exceptions import HTTPException

from console.catalogue import care, changes, entries, history, rules, tables, templates
from console.house import TheHouse
from console.visitors import Here

router = APIRouter(include_in_schema=False)
for theme in (
    rules,
    history,
    templates,
    changes,
    care,
    tables,
    entries,
):  # what is named exactly comes before what takes any name
    router.include_router(theme.router)


@router.get("/catalogue")
async def begin(house: TheHouse, visitor: Here) -> Response:
    theirs = visitor.supervised(sorted(house.desks()))
    if not theirs:
        raise HTTPException(403, "for supervisors")
    return RedirectResponse(f"/catalogue/{theirs[0]}/categories", status_code=303)
