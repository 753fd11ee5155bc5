"""A desk's settings for programs: `desk.yaml` read, written, changed in parts, looked through before, and taken back.

Every write names the revision that it begins from (If-Match), so that nobody overwrites what they have not seen.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Annotated, Any

from fastapi import Header, Query
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field
from pydantic.dataclasses import dataclass
from starlette.exceptions import HTTPException

from console.api.bodies import Line, Text
from console.api.caller import Asked, Asking, Caller
from console.api.catalogue import MOST_REVISIONS, Desk
from console.api.shapes import ErrorShape, answer
from console.api.tickets import REFUSALS
from console.changing import editing
from console.changing.curating import difference
from console.changing.veiled import unveiled, veiled, veiled_files
from console.house import TheHouse
from console.routes import Router
from console.settings import saving
from console.settings.desk_text import data_in, merged
from console.settings.saving import DESK
from tickets import revisions
from tickets.actions.errors import UnknownValueError
from tickets.actions.revising import EditedMeanwhileError
from tickets.actions.rights import require
from tickets.actor import Role
from tickets.revisions import Revision
from tickets.views.foreseeing import Foreseen

_REFUSALS: dict[int | str, dict[str, Any]] = {
    **REFUSALS,
    412: {"model": ErrorShape, "description": "Somebody has saved since: read the settings again"},
    428: {"model": ErrorShape, "description": "If-Match is missing"},
}
_DRY_RUN = "Say what would change, and save nothing"

router = Router(tags=["settings"])

IfMatch = Annotated[
    str | None, Header(max_length=40, description='The `ETag` of what was read, such as `"12"`; needed')
]
DryRun = Annotated[bool, Query(description=_DRY_RUN)]


class Written(BaseModel):
    text: Text = Field(description='The whole of `desk.yaml`; a mark such as `"•••1•••"` keeps its secret')
    note: Line | None = Field(default=None, description="Why, for the history")


class Changed(BaseModel):
    changes: dict[str, Any] = Field(
        default_factory=dict,
        description="Keys and values as in `settings`: mappings are merged, all else is replaced; null is written as null",
    )
    remove: list[Line] = Field(
        default_factory=list,
        max_length=100,
        description="Keys that are taken out, such as `accounts.webchat`",
    )
    note: Line | None = None


class Undone(BaseModel):
    revision: int | None = Field(
        default=None, ge=1, lt=10**9, description="What all files become again; null: those before the newest"
    )
    note: Line | None = None


class Tried(BaseModel):
    account: Line | None = Field(
        default=None, description="Its key, such as `itb/email`; null: the directory"
    )


@dataclass(frozen=True, kw_only=True)
class FoundShape:
    state: str  # ok, off, warning, bad
    says: str


@dataclass(frozen=True, kw_only=True)
class SettingsShape:
    desk: str
    revision: int
    saved_by: str
    saved_at: Any
    note: str | None
    settings: Mapping[str, Any]  # what `text` says
    text: str  # `desk.yaml`, with marks for secrets that are written out in it


@dataclass(frozen=True, kw_only=True)
class DifferenceShape:
    way: str  # added, removed, same, place
    text: str


@dataclass(frozen=True, kw_only=True)
class CheckedShape:
    desk: str
    revision: int  # the newest, which stays it
    lines: Sequence[DifferenceShape]  # what would differ
    clocks: Mapping[str, int] | None  # how many running ones would end otherwise; null: none


@router.get(
    "/desks/{desk}/settings", summary="The settings as they stand",
    responses={200: {"model": SettingsShape}, **REFUSALS},
)  # fmt: skip
async def read(desk: Desk, house: TheHouse, by: Caller) -> JSONResponse:
    require(by, Role.SUPERVISOR, desk)
    return _shown(await editing.newest_of(house, desk))


@router.put(
    "/desks/{desk}/settings", summary="Write the settings anew",
    responses={200: {"model": SettingsShape | CheckedShape}, **_REFUSALS},
)  # fmt: skip
async def write(
    desk: Desk, body: Written, asked: Asking, *, if_match: IfMatch = None, dry_run: DryRun = False
) -> JSONResponse:
    """Checked exactly as `tanggap desk check` does; what of it takes a restart is told in the guide."""
    newest = await _as_read(asked, desk, if_match)
    text = unveiled(body.text, newest.files.get(DESK, ""))
    return await _saved(asked, newest, {**newest.files, DESK: text}, note=body.note, dry_run=dry_run)


@router.patch(
    "/desks/{desk}/settings", summary="Change some of the settings",
    responses={200: {"model": SettingsShape | CheckedShape}, **_REFUSALS},
)  # fmt: skip
async def change(
    desk: Desk, body: Changed, asked: Asking, *, if_match: IfMatch = None, dry_run: DryRun = False
) -> JSONResponse:
    """Comments and order of the file stay; a list is replaced as a whole."""
    newest = await _as_read(asked, desk, if_match)
    before = newest.files.get(DESK, "")
    text = unveiled(await asked.house.ledger.aside(merged, before, body.changes, body.remove), before)
    return await _saved(asked, newest, {**newest.files, DESK: text}, note=body.note, dry_run=dry_run)


@router.get("/desks/{desk}/settings/history", summary="Who saved what when, newest first", responses=REFUSALS)
async def history(
    desk: Desk, house: TheHouse, by: Caller, limit: Annotated[int, Query(ge=1, le=MOST_REVISIONS)] = 20
) -> JSONResponse:
    """Each revision with the lines in which it differs from the one before it."""
    require(by, Role.SUPERVISOR, desk)
    house.desk(desk)
    found = await house.ledger.write(lambda tx: revisions.lately(tx, desk, most=limit + 1), name="settings")
    before: list[Revision | None] = [*found[1:], None]
    steps = list(zip(found, before, strict=True))[:limit]
    items = [
        {
            "revision": one.number, "saved_by": one.by, "saved_at": one.at, "note": one.note,
            "lines": await house.ledger.aside(_lines, older.files, one.files) if older else [],
        }
        for one, older in steps
    ]  # fmt: skip
    return answer({"items": items, "next": None})


@router.post(
    "/desks/{desk}/settings/undo", summary="Take back all files as they were under an older revision",
    responses={200: {"model": SettingsShape | CheckedShape}, **_REFUSALS},
)  # fmt: skip
async def undo(
    desk: Desk, body: Undone, asked: Asking, *, if_match: IfMatch = None, dry_run: DryRun = False
) -> JSONResponse:
    """They are saved anew: nothing of the history goes."""
    newest = await _as_read(asked, desk, if_match)
    number = newest.number - 1 if body.revision is None else body.revision
    older = await asked.house.ledger.write(
        lambda tx: revisions.numbered(tx, desk, number), name="settings"
    )  # fmt: skip
    if older is None:
        raise UnknownValueError(f"{desk} has no revision {number}", field="revision", value=str(number))
    return await _saved(asked, newest, older.files, note=body.note or f"= {number}", dry_run=dry_run)


@router.post(
    "/desks/{desk}/settings/try", summary="Try an account at its provider, or the directory",
    responses={200: {"model": list[FoundShape]}, **REFUSALS},
)  # fmt: skip
async def try_out(desk: Desk, body: Tried, asked: Asking) -> JSONResponse:
    """As the button on the page does: within seconds, on the public internet and where the operator allows it."""
    require(asked.by, Role.SUPERVISOR, desk)
    described = asked.house.desk(desk).desk
    if body.account is None:
        found = await asked.house.probe_directory(described)
    else:
        account = next((each for each in described.accounts if each.key == body.account), None)
        if account is None:
            raise UnknownValueError(f"{desk} has no such account", field="account", value=body.account)
        found = await asked.house.probe(account)
    return answer([FoundShape(state=str(each.state), says=each.in_language("en")) for each in found])


async def _as_read(asked: Asked, desk: str, if_match: str | None) -> Revision:
    """Return the newest revision. Raises HTTPException where that is not the one that was read."""
    require(asked.by, Role.SUPERVISOR, desk)
    if if_match is None:
        raise HTTPException(428, "If-Match has to name the revision that was read")
    newest = await editing.newest_of(asked.house, desk)
    if if_match.removeprefix("W/").strip('" ') not in {str(newest.number), "*"}:
        raise _too_late(desk, newest.number)
    return newest


async def _saved(
    asked: Asked, newest: Revision, files: Mapping[str, str], *, note: str | None, dry_run: bool
) -> JSONResponse:
    found = await saving.foreseen(asked.house, newest, files)
    if dry_run:
        lines = await asked.house.ledger.aside(_lines, newest.files, files)
        shape = CheckedShape(desk=newest.desk, revision=newest.number, lines=lines, clocks=_clocks(found))
        return answer(shape)
    try:
        await saving.keep(asked.house, newest, files, by=asked.by, note=note or "")
    except EditedMeanwhileError as error:
        raise _too_late(newest.desk, error.newest) from error
    return _shown(await editing.newest_of(asked.house, newest.desk))


def _too_late(desk: str, newest: int) -> HTTPException:
    return HTTPException(412, f"{desk} has been edited meanwhile; its newest revision is {newest}")


def _shown(revision: Revision) -> JSONResponse:
    text = veiled(revision.files.get(DESK, ""))
    shape = SettingsShape(
        desk=revision.desk, revision=revision.number, saved_by=revision.by, saved_at=revision.at, note=revision.note,
        settings=data_in(text), text=text,
    )  # fmt: skip
    shown = answer(shape)
    shown.headers["ETag"] = f'"{revision.number}"'
    return shown


def _lines(before: Mapping[str, str], after: Mapping[str, str]) -> list[DifferenceShape]:
    found = difference(veiled_files(before), veiled_files(after))
    return [DifferenceShape(way=line.way, text=line.text) for line in found]


def _clocks(found: Foreseen | None) -> Mapping[str, int] | None:
    return None if found is None else {name: int(value) for name, value in asdict(found).items()}
