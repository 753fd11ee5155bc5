"""Who changed what when, with the differences; an older catalogue can be taken back."""

import difflib
from dataclasses import dataclass

from fastapi import APIRouter
from fastapi.responses import Response

from console import editing
from console.catalogue.shelf import PREFIX, Refused, Shelf, TheShelf, refused
from console.forms import OurForm
from console.pages.render import moments
from tickets import revisions, views
from tickets.actions.errors import ActError
from tickets.revisions import Revision

SHOWN = 30
MOST_LINES = 200  # of one difference

router = APIRouter(prefix=PREFIX)


@dataclass(frozen=True, kw_only=True)
class Line:
    text: str
    way: str  # added, removed, same, place


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
        lines = await house.ledger.aside(_difference, before, revision)
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


def _difference(before: Revision | None, after: Revision) -> tuple[Line, ...]:
    """Return the lines that differ, file by file; none for the first revision, which is all new."""
    if before is None:
        return ()
    lines: list[Line] = []
    for name in sorted({*before.files, *after.files}):
        old, new = before.files.get(name, ""), after.files.get(name, "")
        if old == new:
            continue
        lines.append(Line(text=name, way="place"))
        rows = list(difflib.unified_diff(old.splitlines(), new.splitlines(), n=1, lineterm=""))[2:]
        lines += [_line(row) for row in rows]
    return tuple(lines)


def _line(row: str) -> Line:
    """Read a line of a unified difference; where lines are left out stands a mark."""
    way = _WAYS.get(row[:1])
    return Line(text="⋯", way="place") if way is None else Line(text=row[1:], way=way)


_WAYS = {"+": "added", "-": "removed", " ": "same"}
