"""Merging, splitting, retiring and restoring categories: what it would do is shown first, and saved with one more tap."""

from collections.abc import Mapping
from typing import Any

from fastapi.responses import Response
from starlette.exceptions import HTTPException

from console.catalogue.shelf import PREFIX, Refused, Shelf, TheShelf, refused
from console.changing.curating import Proposal, changed_files, propose, weigh
from console.changing.editing import CATALOGUE, CATEGORIES
from console.changing.wanted_changes import Do, Wanted
from console.forms import Form, OurForm
from console.routes import Router
from templates_replies.curation.changes import ChangeRefusedError
from templates_replies.entries import UnreadableError, entries_of
from tickets.actions.errors import ActError

router = Router(prefix=PREFIX, include_in_schema=False)


@router.post("/change")
async def change(shelf: TheShelf, form: OurForm) -> Response:
    """Show what a change would do, or with the button for it save it at once."""
    wanted = asked(form)
    try:
        if form.line("as") == "save":
            files = await shelf.house.ledger.aside(changed_files, shelf.revision.files, wanted)
            outcome = await shelf.saves(files, form, note=wanted.note)
        else:
            proposal = await propose(shelf.house, shelf.desk.slug, wanted, by=shelf.by)
            return _shown(shelf, proposal, note=wanted.note)
    except (ActError, ChangeRefusedError, UnreadableError) as error:
        outcome = refused(error)
    return await _after(shelf, outcome, "care" if form.line("as") == "save" else "categories")


@router.post("/apply")
async def apply(shelf: TheShelf, form: OurForm) -> Response:
    """Save what was shown."""
    files = {name: form.text(f"file_{name}") for name in CATALOGUE if f"file_{name}" in form.data}
    return await _after(shelf, await shelf.saves(files, form), "categories")


async def show(shelf: Shelf, files: Mapping[str, str], *, note: str) -> Response:
    """Show what files that are not saved yet would do, or why they are refused."""
    try:
        proposal = await weigh(shelf.house, shelf.revision, files)
    except (ActError, UnreadableError) as error:
        return await _after(shelf, refused(error), "categories")
    return _shown(shelf, proposal, note=note)


def _shown(shelf: Shelf, proposal: Proposal, *, note: str) -> Response:
    names = {category.id: category.name for category in proposal.after.categories}
    return shelf.shows("catalogue_proposal.html", "categories", proposal=proposal, names=names, note=note)


async def _after(shelf: Shelf, outcome: Refused | int, where: str) -> Response:
    if not isinstance(outcome, Refused):
        return shelf.goes_to(where, outcome)
    entries = await shelf.house.ledger.aside(entries_of, shelf.text(CATEGORIES))
    return shelf.shows(
        "catalogue_entries.html", "categories", status=outcome.status, problems=outcome.problems, kind="categories",
        entries=entries, names={},
    )  # fmt: skip


def asked(form: Form) -> Wanted:
    """Return the change that a form asks for."""
    try:
        do = Do(form.line("do"))
    except ValueError as error:
        raise HTTPException(422, "there is no such change") from error
    given: list[Any] = form.data.getlist("example")
    return Wanted(
        do=do,
        category=form.line("id", longest=60),
        to=form.line("to", longest=60),
        name=form.line("name"),
        examples=[line for each in given if isinstance(each, str) and (line := " ".join(each.split()))],
    )
