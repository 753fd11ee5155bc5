"""Who changed what when, with the differences; an older catalogue can be taken back."""

from dataclasses import dataclass

from fastapi import APIRouter
from fastapi.responses import Response

from console import editing
from console.catalogue.shelf import PREFIX, Refused, Shelf, TheShelf, refused
from console.curating import Line, difference
from console.forms import OurForm
from console.pages.render import moments
from tickets import revisions, views
from tickets.actions.errors import ActError

SHOWN = 30
MOST_LINES = 200  # of one difference

router = APIRouter(prefix=PREFIX)


@dataclass(frozen=True, kw_only=True)
class Step:
    """One revision beside the one before it."""

    number: int
    who: str
    when: str
    note: str | None
    lines: tuple[Line, ...]
    cut: bool  # there are more lines


@router.get("/history")
async def show(shelf: TheShelf) -> Response:
    return await _show(shelf)


@router.post("/history")
async def take_back(shelf: TheShelf, form: OurForm) -> Response:
    number, read = form.line("number"), form.line("read")
    if not (number.isascii() and number.isdigit() and read.isascii() and read.isdigit()):
        return await _show(shelf, Refused(status=422, problems=("edited_meanwhile",)))
    try:
        saved = await editing.take_back(
            shelf.house, shelf.desk.slug, int(number), read=int(read), by=shelf.by, note=f"= {number}"
        )
    except ActError as error:
        return await _show(shelf, refused(error))
    return shelf.goes_to("history", saved)


async def _show(shelf: Shelf, why: Refused | None = None) -> Response:
    house, slug = shelf.house, shelf.desk.slug
    found = await house.ledger.write(
        lambda tx: revisions.lately(tx, slug, most=SHOWN + 1), name="catalogue"
    )  # fmt: skip
    people = await house.ledger.read(lambda session: views.colleagues(session, frozenset({slug})))
    names = {f"staff:{person.id}": person.name for person in people}
    when = moments(shelf.request, shelf.desk.desk.calendar.tz, house.clock())
    steps = []
    for index, revision in enumerate(found[:SHOWN]):
        before = found[index + 1] if index + 1 < len(found) else None
        lines = await house.ledger.aside(difference, before.files, revision.files) if before else ()
        steps.append(
            Step(
                number=revision.number, who=names.get(revision.by) or revision.by.partition(":")[2] or revision.by, when=when(revision.at),
                note=revision.note, lines=lines[:MOST_LINES], cut=len(lines) > MOST_LINES,
            )
        )  # fmt: skip
    return shelf.shows(
        "catalogue_history.html", "history", status=why.status if why else 200,
        problems=why.problems if why else (), steps=steps,
    )  # fmt: skip
