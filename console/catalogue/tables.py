"""Taking lists in from a file, and giving them out: YAML as it is kept, a table, or one workbook for a spreadsheet.

What comes in is shown with its effect first, and saved with one more tap.
"""

from pathlib import PurePosixPath

from fastapi.responses import RedirectResponse, Response
from starlette.exceptions import HTTPException

from console.catalogue import changes
from console.catalogue.shelf import OF_KIND, PREFIX, Refused, Shelf, TheShelf, refused
from console.forms import OurForm
from console.routes import Router
from templates_replies.curation import exchange
from templates_replies.entries import UnreadableError, entries_of
from templates_replies.tables import TableError

WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

router = Router(prefix=PREFIX, include_in_schema=False)


@router.get("/catalogue.xlsx")
async def as_workbook(shelf: TheShelf) -> Response:
    content = await shelf.house.ledger.aside(exchange.as_workbook, shelf.revision.files)
    return _download(content, WORKBOOK, f"{shelf.desk.slug}-catalogue.xlsx")


@router.get("/{kind}.yaml")
async def as_yaml(shelf: TheShelf, kind: str) -> Response:
    text = shelf.text(_file(kind) if kind in OF_KIND else "rules.yaml")
    return _download(text.encode(), "application/yaml; charset=utf-8", f"{kind}.yaml")


@router.get("/{kind}.csv")
async def as_table(shelf: TheShelf, kind: str) -> Response:
    _file(kind)
    table = await shelf.house.ledger.aside(exchange.as_table, shelf.revision.files, kind)
    return _download(table.encode(), "text/csv; charset=utf-8", f"{kind}.csv")


@router.post("/{kind}/import")
async def take_in(shelf: TheShelf, kind: str, form: OurForm) -> Response:
    """Show what a file would change; nothing is saved before that is applied."""
    _file(kind)
    chosen = await form.files("file")
    if not chosen or chosen[0].content is None:
        return RedirectResponse(f"{shelf.at}/{kind}", status_code=303)
    name = PurePosixPath(chosen[0].name).name
    try:
        files = await shelf.house.ledger.aside(
            exchange.taken_in, shelf.revision.files, kind, name, chosen[0].content
        )
    except TableError as error:
        return await _refused(shelf, kind, Refused(status=422, problems=(f"{name}: {error}",)))
    except UnicodeDecodeError:
        return await _refused(shelf, kind, Refused(status=422, problems=("not_utf8",)))
    except UnreadableError as error:
        return await _refused(shelf, kind, refused(error))
    return await changes.show(shelf, files, note=name)


async def _refused(shelf: Shelf, kind: str, why: Refused) -> Response:
    entries = await shelf.house.ledger.aside(entries_of, shelf.text(_file(kind)))
    return shelf.shows(
        "catalogue_entries.html", kind, status=why.status, problems=why.problems, kind=kind, entries=entries, names={}
    )  # fmt: skip


def _file(kind: str) -> str:
    if kind not in OF_KIND:
        raise HTTPException(404, "there is no such list")
    return OF_KIND[kind]


def _download(content: bytes, media_type: str, name: str) -> Response:
    return Response(
        content,
        media_type=media_type,
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )
