"""Who changed what when, back to an older revision, and all files of the desk out and in."""

from collections.abc import Mapping, Sequence
from pathlib import PurePosixPath

from fastapi.responses import Response

from console.changing.curating import difference
from console.changing.past import MOST_LINES, steps_of
from console.changing.veiled import veiled_files
from console.forms import Form, OurForm
from console.routes import Router
from console.settings import saving
from console.settings.cabinet import PREFIX, Cabinet, TheCabinet, number_in
from console.settings.exchange import ExchangeError, belongs, packed, unpacked
from tickets import revisions
from tickets.actions.revising import EditedMeanwhileError, MistakesError

router = Router(prefix=PREFIX, include_in_schema=False)


@router.get("/history")
async def show(cabinet: TheCabinet) -> Response:
    return await _shown(cabinet)


@router.post("/history")
async def take_back(cabinet: TheCabinet, form: OurForm) -> Response:
    """Take back everything as it stood under an older revision; what that would do is shown first."""
    number = number_in(form.line("number"))
    older = await cabinet.house.ledger.write(
        lambda tx: revisions.numbered(tx, cabinet.desk.slug, number), name="settings"
    )
    if older is None:
        return await _shown(cabinet, status=422, problems=["edited_meanwhile"])
    return await _weighed(cabinet, form, older.files, note=f"= {number}", hidden={"number": str(number)})


@router.get("/files.zip")
async def give_out(cabinet: TheCabinet) -> Response:
    content = packed(cabinet.revision.files, at=cabinet.house.clock())
    name = f"{cabinet.desk.slug}-{cabinet.revision.number}.zip"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(content, media_type="application/zip", headers=headers)


@router.post("/files")
async def take_in(cabinet: TheCabinet, form: OurForm) -> Response:
    """Show what a file would change; choosing it again with the button below saves it."""
    chosen = await form.files("file")
    if not chosen or chosen[0].content is None:
        return await _shown(cabinet, status=422, problems=["settings_no_file"])
    name = PurePosixPath(chosen[0].name).name
    try:
        files = await cabinet.house.ledger.aside(unpacked, name, chosen[0].content, cabinet.revision.files)
    except ExchangeError as error:
        return await _shown(cabinet, status=422, problems=[error.phrase])
    changed = {path: text for path, text in files.items() if cabinet.revision.files.get(path) != text}
    gone = sorted(cabinet.revision.files.keys() - files.keys())
    hidden = {f"file_{path}": text for path, text in changed.items()} | {
        "gone": "\n".join(gone),
        "note": name,
    }
    return await _weighed(cabinet, form, files, note=name, hidden=hidden)


@router.post("/apply")
async def apply(cabinet: TheCabinet, form: OurForm) -> Response:
    """Save the files that were shown."""
    given = {
        path: form.text(f"file_{path}")
        for path in (key.removeprefix("file_") for key in form.data if key.startswith("file_"))
        if belongs(path)
    }
    gone = set(form.text("gone").splitlines())
    files = {path: text for path, text in {**cabinet.revision.files, **given}.items() if path not in gone}
    return await _weighed(cabinet, form, files, note=form.line("note"), hidden={})


async def _weighed(
    cabinet: Cabinet, form: Form, files: Mapping[str, str], *, note: str, hidden: Mapping[str, str]
) -> Response:
    """Show what files would change and do; with the button for it, save them."""
    if number_in(form.line("read")) != cabinet.revision.number:
        return await _shown(cabinet, status=409, problems=["edited_meanwhile"])
    try:
        found = await saving.foreseen(cabinet.house, cabinet.revision, files)
        if form.line("as") == "apply":
            number = await saving.keep(cabinet.house, cabinet.revision, files, by=cabinet.by, note=note)
            return cabinet.goes_to("history", number)
    except MistakesError as error:
        return await _shown(cabinet, status=422, problems=[str(mistake) for mistake in error.mistakes])
    except EditedMeanwhileError:
        return await _shown(cabinet, status=409, problems=["edited_meanwhile"])
    lines = await cabinet.house.ledger.aside(
        difference, veiled_files(cabinet.revision.files), veiled_files(files)
    )
    action = "history" if "number" in hidden else "apply"
    return cabinet.shows(
        "settings_effect.html", "history", problems=(), foreseen=found, lines=lines[:MOST_LINES],
        is_cut=len(lines) > MOST_LINES, hidden=hidden, action=action,
    )  # fmt: skip


async def _shown(cabinet: Cabinet, *, status: int = 200, problems: Sequence[str] = ()) -> Response:
    return cabinet.shows(
        "settings_history.html", "history", status=status, problems=problems, steps=await steps_of(cabinet)
    )
