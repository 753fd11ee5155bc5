"""Tending a desk's catalogue for programs: categories merged and split, what changes would do, what needs care."""

from dataclasses import asdict
from typing import Annotated, Any

from fastapi import Query, Request
from fastapi.responses import JSONResponse, Response
from pydantic import BaseModel, Field, StringConstraints
from starlette.exceptions import HTTPException

from console.api.bodies import Line, Text
from console.api.caller import Asking, Caller
from console.api.catalogue import Desk, shape
from console.api.shapes import answer
from console.api.tickets import REFUSALS
from console.changing import editing
from console.changing.curating import Proposal, propose, unmatched, weak_examples, weigh
from console.changing.wanted_changes import Do, Wanted
from console.house import TheHouse
from console.routes import Router
from templates_replies.curation import exchange
from templates_replies.curation.effect import FirstWords
from templates_replies.tables import TableError
from tickets.actions.revising import EditedMeanwhileError
from tickets.actions.rights import require
from tickets.actor import Role

MOST_EXAMPLES = 500
WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FileName = Annotated[
    str, StringConstraints(pattern=r"^(?:[^/\\]{1,80}\.xlsx|(?:categories|replies|tags)\.(?:ya?ml|csv))$")
]

router = Router(tags=["catalogue"], responses=REFUSALS)


class Change(BaseModel):
    revision: int = Field(
        ge=1, lt=10**9, description="The revision that was read; refused if there is a newer one"
    )
    do: Do
    category: Line = Field(default="", description="The id of the one that it is done to")
    to: Line = Field(default="", description="The id that it is merged into, or that an example goes to")
    name: Line = Field(default="", description="Of a new or renamed category")
    examples: Annotated[list[Line], Field(max_length=MOST_EXAMPLES)] = Field(default_factory=list)
    dry_run: bool = Field(default=False, description="Say what it would do, and save nothing")
    note: Line | None = None


class Edited(BaseModel):
    files: dict[str, Text] = Field(description="As in PUT /desks/{desk}/catalogue")


@router.post("/desks/{desk}/catalogue/changes", summary="Merge, split, rename, retire or restore categories")
async def change(desk: Desk, body: Change, asked: Asking) -> JSONResponse:
    wanted = Wanted(
        do=body.do, category=body.category, to=body.to, name=body.name, examples=body.examples
    )  # fmt: skip
    proposal = await propose(asked.house, desk, wanted, by=asked.by)
    if proposal.read != body.revision:
        raise EditedMeanwhileError(desk, proposal.read)
    if body.dry_run:
        return answer(_proposal(proposal))
    note = body.note or wanted.note
    await editing.save(asked.house, desk, proposal.files, read=body.revision, by=asked.by, note=note)
    return answer(shape(await editing.newest_of(asked.house, desk)))


@router.post("/desks/{desk}/catalogue/effect", summary="Say what files would do, without saving them")
async def effect(desk: Desk, body: Edited, asked: Asking) -> JSONResponse:
    """Compares first suggestions for the tickets of the last 31 days, at most 500, with what people decided."""
    require(asked.by, Role.SUPERVISOR, desk)
    newest = await editing.newest_of(asked.house, desk)
    return answer(_proposal(await weigh(asked.house, newest, body.files)))


@router.get("/desks/{desk}/catalogue/care", summary="Examples that hurt, and matters without a category")
async def care(desk: Desk, house: TheHouse, by: Caller) -> JSONResponse:
    require(by, Role.SUPERVISOR, desk)
    _, examples = await weak_examples(house, await editing.newest_of(house, desk))
    matters = await unmatched(house, desk)
    return answer({
        "examples": [
            {
                "category": one.category, "example": one.example, "harm": one.harm, "other": one.other,
                "beside": one.beside, "score": one.score,
                "proof": None if one.proof is None else asdict(one.proof),
            }
            for one in examples
        ],
        "matters": [{"name": one.name, "tickets": _samples(one.messages)} for one in matters],
    })  # fmt: skip


@router.get(
    "/desks/{desk}/catalogue.xlsx", summary="The lists as one workbook", response_class=Response,
    responses={200: {"content": {WORKBOOK: {}}, "description": "The workbook"}},
)  # fmt: skip
async def as_workbook(desk: Desk, house: TheHouse, by: Caller) -> Response:
    require(by, Role.SUPERVISOR, desk)
    newest = await editing.newest_of(house, desk)
    content = await house.ledger.aside(exchange.as_workbook, newest.files)
    return Response(content, media_type=WORKBOOK)


@router.post(
    "/desks/{desk}/catalogue/import", summary="Take lists in from a file, or say what it would change"
)
async def take_in(
    desk: Desk,
    request: Request,
    asked: Asking,
    revision: Annotated[int, Query(ge=1, lt=10**9, description="The revision that was read")],
    name: Annotated[FileName, Query(description="A .xlsx, or categories, replies or tags as .yaml or .csv")],
    dry_run: Annotated[bool, Query(description="Say what it would do, and save nothing")] = True,  # noqa: FBT002
) -> JSONResponse:
    """Send the file as the body. YAML takes the place of its list, tables change and add what they name."""
    require(asked.by, Role.SUPERVISOR, desk)
    newest = await editing.newest_of(asked.house, desk)
    if newest.number != revision:
        raise EditedMeanwhileError(desk, newest.number)
    content = await _body(request)
    kind = name.partition(".")[0] if not name.endswith(".xlsx") else "categories"
    try:
        files = await asked.house.ledger.aside(exchange.taken_in, newest.files, kind, name, content)
    except UnicodeDecodeError as error:
        raise TableError("the file is not text in UTF-8") from error
    if dry_run:
        return answer(_proposal(await weigh(asked.house, newest, files)))
    await editing.save(asked.house, desk, files, read=revision, by=asked.by, note=name)
    return answer(shape(await editing.newest_of(asked.house, desk)))


async def _body(request: Request) -> bytes:
    content = bytearray()
    async for chunk in request.stream():
        content += chunk
        if len(content) > exchange.LARGEST_FILE:
            raise HTTPException(413, f"expected at most {exchange.LARGEST_FILE} bytes")
    return bytes(content)


def _proposal(proposal: Proposal) -> dict[str, Any]:
    found = proposal.effect
    return {
        "revision": proposal.read,
        "files": dict(proposal.files),
        "effect": {
            "messages": found.messages,
            "changed": found.changed,
            "judged": found.judged,
            "right_before": found.right_before,
            "right_after": found.right_after,
            "shifts": [
                {
                    "before": shift.before,
                    "after": shift.after,
                    "tickets": shift.count,
                    "samples": _samples(shift.samples),
                }
                for shift in found.shifts
            ],
            "automatic_answers": {
                "before": found.answers.before,
                "after": found.answers.after,
                "changed": found.answers.changed,
                "samples": _samples(found.answers.samples),
            },
        },
    }


def _samples(messages: tuple[FirstWords, ...]) -> list[dict[str, Any]]:
    return [{"ticket": one.ticket, "text": one.text} for one in messages]
