"""Taking a list in from a file, and giving it out: YAML as it is kept, or a table for a spreadsheet."""

from pathlib import PurePosixPath

from fastapi import APIRouter
from fastapi.responses import RedirectResponse, Response
from starlette.exceptions import HTTPException

from console.catalogue.shelf import OF_KIND, PREFIX, Refused, Shelf, TheShelf
from console.forms import OurForm
from templates_replies import tables
from templates_replies.entries import entries_of, put_entries
from templates_replies.tables import TableError

COLUMNS = {"categories": tables.CATEGORIES, "replies": tables.REPLIES, "tags": tables.TAGS}

router = APIRouter(prefix=PREFIX)


@router.get("/{kind}.yaml")
async def as_yaml(shelf: TheShelf, kind: str) -> Response:
    text = shelf.text(_file(kind) if kind in OF_KIND else "rules.yaml")
    return _download(text, "application/yaml", f"{kind}.yaml")


@router.get("/{kind}.csv")
async def as_table(shelf: TheShelf, kind: str) -> Response:
    text = shelf.text(_file(kind))
    table = await shelf.house.ledger.aside(lambda: tables.written(COLUMNS[kind], entries_of(text)))
    return _download(table, "text/csv", f"{kind}.csv")


@router.post("/{kind}/import")
async def take_in(shelf: TheShelf, kind: str, form: OurForm) -> Response:
    """A YAML file takes the place of the list; a table changes and adds the entries that it names."""
    file = _file(kind)
    chosen = await form.files("file")
    if not chosen or chosen[0].content is None:
        return RedirectResponse(f"{shelf.at}/{kind}", status_code=303)
    name = PurePosixPath(chosen[0].name).name
    try:
        text = chosen[0].content.decode("utf-8-sig")
        if name.lower().endswith(".csv"):
            rows = tables.read(COLUMNS[kind], text)
            text = await shelf.house.ledger.aside(put_entries, shelf.text(file), rows)
    except TableError as error:
        return await _refused(shelf, kind, Refused(status=422, problems=(f"{name}: {error}",)))
    except UnicodeDecodeError:
        return await _refused(shelf, kind, Refused(status=422, problems=("not_utf8",)))
    outcome = await shelf.saves({file: text}, form, note=name)
    if isinstance(outcome, Refused):
        return await _refused(shelf, kind, outcome)
    return shelf.goes_to(kind, outcome)


async def _refused(shelf: Shelf, kind: str, why: Refused) -> Response:
    entries = await shelf.house.ledger.aside(entries_of, shelf.text(_file(kind)))
    return shelf.shows(
        "catalogue_entries.html", kind, status=why.status, problems=why.problems, kind=kind, entries=entries, names={}
    )  # fmt: skip


def _file(kind: str) -> str:
    if kind not in OF_KIND:
        raise HTTPException(404, "there is no such list")
    return OF_KIND[kind]


def _download(text: str, media_type: str, name: str) -> Response:
    return Response(
        text.encode(),
        media_type=f"{media_type}; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )
