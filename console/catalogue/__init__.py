"""The catalogue's pages: categories, reply templates, tags and rules, edited by supervisors, each save a revision."""

from fastapi.responses import RedirectResponse, Response

from console.catalogue import care, changes, entries, history, rule_page, rules, tables, templates
from console.changing.at_desk import first_desk
from console.house import TheHouse
from console.routes import Router
from console.visitors import Here

router = Router(include_in_schema=False)
for theme in (
    rules,
    rule_page,
    history,
    templates,
    changes,
    care,
    tables,
    entries,
):  # what is named exactly comes before what takes any name
    router.routes.extend(theme.router.routes)


@router.get("/catalogue")
async def begin(house: TheHouse, visitor: Here) -> Response:
    return RedirectResponse(f"/catalogue/{first_desk(house, visitor)}/categories", status_code=303)
