"""A desk's catalogue and rules for programs: read, saved as a revision, taken back, tried over a month."""

from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import Path, Query
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field
from pydantic.dataclasses import dataclass

from console.api.bodies import Line, Text
from console.api.caller import Asking, Caller
from console.api.shapes import answer
from console.api.tickets import REFUSALS
from console.changing import editing
from console.house import TheHouse
from console.routes import Router
from templates_replies.entries import put_entry
from tickets import revisions
from tickets.actions.errors import UnknownValueError
from tickets.actions.rights import require
from tickets.actor import Role
from tickets.revisions import Revision
from tickets.trial import Reality, RuleTried

MOST_REVISIONS = 100

Desk = Annotated[str, Path(max_length=60)]
Number = Annotated[int, Path(ge=1, lt=10**9)]

router = Router(tags=["catalogue"], responses=REFUSALS)


class Edited(BaseModel):
    revision: int = Field(
        ge=1, lt=10**9, description="The revision that was read; refused if there is a newer one"
    )
    files: dict[str, Text] = Field(description="Only those that change; an empty text takes a file away")
    note: Line | None = Field(default=None, description="Why, for the history")


class TakenBack(BaseModel):
    revision: int = Field(ge=1, lt=10**9, description="The newest revision, as it was read")
    note: Line | None = None


class Tried(BaseModel):
    month: Line = Field(description="YYYY-MM")
    rules: Text | None = Field(
        default=None, description="A rules.yaml that is not saved; null: those in force"
    )


class Switched(BaseModel):
    on: bool


@dataclass(frozen=True, kw_only=True)
class CatalogueShape:
    desk: str
    revision: int
    saved_by: str
    saved_at: Any
    note: str | None
    files: Mapping[str, str]


@router.get("/desks/{desk}/catalogue", summary="The files of the catalogue as they stand")
async def read(desk: Desk, house: TheHouse, by: Caller) -> JSONResponse:
    require(by, Role.SUPERVISOR, desk)
    return answer(shape(await editing.newest_of(house, desk)))


@router.put("/desks/{desk}/catalogue", summary="Save files of the catalogue as a revision")
async def save(desk: Desk, body: Edited, asked: Asking) -> JSONResponse:
    """Checked exactly as `tanggap desk check` does; the running desk follows within seconds."""
    await editing.save(
        asked.house, desk, body.files, read=body.revision, by=asked.by, note=body.note or ""
    )  # fmt: skip
    return answer(shape(await editing.newest_of(asked.house, desk)))


@router.get("/desks/{desk}/revisions", summary="Who saved what when, newest first")
async def history(
    desk: Desk, house: TheHouse, by: Caller, limit: Annotated[int, Query(ge=1, le=MOST_REVISIONS)] = 20
) -> JSONResponse:
    require(by, Role.SUPERVISOR, desk)
    found = await house.ledger.write(lambda tx: revisions.lately(tx, desk, most=limit), name="catalogue")
    items = [
        {"revision": one.number, "saved_by": one.by, "saved_at": one.at, "note": one.note} for one in found
    ]
    return answer({"items": items, "next": None})


@router.post("/desks/{desk}/revisions/{number}/take-back", summary="Save an older catalogue anew")
async def take_back(desk: Desk, number: Number, body: TakenBack, asked: Asking) -> JSONResponse:
    await editing.take_back(
        asked.house, desk, number, read=body.revision, by=asked.by, note=body.note or f"= {number}"
    )
    return answer(shape(await editing.newest_of(asked.house, desk)))


@router.get("/desks/{desk}/rules", summary="The rules in force")
async def rules(desk: Desk, house: TheHouse, by: Caller) -> JSONResponse:
    require(by, Role.AGENT, desk)
    return answer({"items": _rules(house.desk(desk).desk.rules), "next": None})


@router.put("/desks/{desk}/rules/{rule}", summary="Switch a rule on or off")
async def switch(
    desk: Desk, rule: Annotated[str, Path(max_length=60)], body: Switched, asked: Asking
) -> JSONResponse:
    require(asked.by, Role.SUPERVISOR, desk)
    newest = await editing.newest_of(asked.house, desk)
    if rule not in {each.id for each in asked.house.desk(desk).desk.rules}:
        raise UnknownValueError(f"{desk} has no rule {rule}", field="rule", value=rule)
    text = put_entry(newest.files.get(editing.RULES, ""), rule, {"off": None if body.on else True})
    note = f"{rule}: {'on' if body.on else 'off'}"
    await editing.save(asked.house, desk, {editing.RULES: text}, read=newest.number, by=asked.by, note=note)
    saved = await editing.newest_of(asked.house, desk)
    return answer({"revision": saved.number, "items": _rules(asked.house.check(saved.files).rules)})


@router.post("/desks/{desk}/rules/try", summary="Say what rules would have done in a month")
async def try_out(desk: Desk, body: Tried, asked: Asking) -> JSONResponse:
    """Changes nothing. Each rule stands beside what people really did: agreed, differed, undecided."""
    require(asked.by, Role.SUPERVISOR, desk)
    month, found = await editing.try_rules(asked.house, desk, body.month, rules=body.rules)
    return answer({"month": str(month), "running": month.running, "rules": [_tried(each) for each in found]})


def shape(revision: Revision) -> CatalogueShape:
    return CatalogueShape(
        desk=revision.desk, revision=revision.number, saved_by=revision.by, saved_at=revision.at, note=revision.note,
        files={name: revision.files.get(name, "") for name in editing.CATALOGUE},
    )  # fmt: skip


def _rules(rules: Any) -> list[dict[str, Any]]:
    return [
        {"id": rule.id, "name": rule.name, "on": not rule.off, "then": [str(action) for action in rule.then]}
        for rule in rules
    ]


def _tried(tried: RuleTried) -> dict[str, Any]:
    return {
        "id": tried.rule.id,
        "name": tried.rule.name,
        "on": not tried.rule.off,
        "times": tried.times,
        "tickets": tried.tickets,
        "would_do": dict(tried.would_do),
        "left": tried.left,
        "reality": {str(how): tried.reality.get(how, 0) for how in Reality},
        "samples": [
            {
                "ticket": sample.ticket,
                "at": sample.at,
                "does": [str(action) for action in sample.outcome.does],
                "left": [str(action) for action in sample.outcome.leaves],
            }
            for sample in tried.samples
        ],
    }
