"""Who changed what when, with the differences; an older catalogue can be taken back."""

from fastapi.responses import Response

from console.catalogue.shelf import PREFIX, Refused, Shelf, TheShelf, refused
from console.changing import editing
from console.changing.past import steps_of
from console.forms import OurForm
from console.routes import Router
from tickets.actions.errors import ActError

router = Router(prefix=PREFIX, include_in_schema=False)


@router.get("/history")
async def show(shelf: TheShelf) -> Response:
    return await _show(shelf)


@router.post("/history")
async def take_back(shelf: TheShelf, form: OurForm) -> Response:
    number, read = form.line("number"), form.line("read")
    if not all(each.isascii() and each.isdigit() and len(each) < 10 for each in (number, read)):
        return await _show(shelf, Refused(status=422, problems=("edited_meanwhile",)))
    try:
        saved = await editing.take_back(
            shelf.house, shelf.desk.slug, int(number), read=int(read), by=shelf.by, note=f"= {number}"
        )
    except ActError as error:
        return await _show(shelf, refused(error))
    return shelf.goes_to("history", saved)


async def _show(shelf: Shelf, why: Refused | None = None) -> Response:
    return shelf.shows(
        "catalogue_history.html", "history", status=why.status if why else 200,
        problems=why.problems if why else (), steps=await steps_of(shelf),
    )  # fmt: skip
