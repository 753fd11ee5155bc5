"""The procedures of a desk, each as the SOP form has it: its head, and the table with the flow in it."""

from collections.abc import Mapping
from dataclasses import fields
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response
from starlette.exceptions import HTTPException

from console.doors import Visitor
from console.house import House, TheHouse
from console.language import language_of
from console.pages.render import page
from console.phrases import say
from console.visitors import Here
from procedures.answer_words import spoken
from procedures.definition import Head, Procedure
from procedures.sketch import place_words
from procedures.sop_table import Heads, sop_table
from templates_replies.catalogue import Language
from tickets.desk import Desk

NOT_FOUND = 404

router = APIRouter(include_in_schema=False)


@router.get("/procedures")
async def show(
    request: Request, house: TheHouse, visitor: Here, *, desk: Annotated[str, Query(max_length=60)] = "",
    procedure: Annotated[str, Query(max_length=60)] = "",
) -> Response:  # fmt: skip
    desks = _theirs(house, visitor)
    if not desks:
        raise HTTPException(NOT_FOUND)
    chosen = desks.get(desk) or visitor.begins_with(desks)
    language = language_of(request)
    known = house.procedures(chosen.slug)
    shown = next((one for one in known if one.id == procedure), known[0] if known else None)
    return page(
        request, house, "procedures.html", visitor=visitor, desks=desks, desk=chosen, known=known, shown=shown,
        drawing=sop_table(shown, heads(language), language=language) if shown else None,
        head=_head(shown.head) if shown else {}, listed=_listed(shown, language) if shown else [], states={},
    )  # fmt: skip


def heads(language: Language) -> Heads:
    """Return what the columns of the form are called."""
    return Heads(**{each.name: say(language, f"sop_{each.name}") for each in fields(Heads)})


def _theirs(house: House, visitor: Visitor) -> Mapping[str, Desk]:
    return {
        slug: each.desk
        for slug, each in sorted(house.desks().items())
        if visitor.desks is None or slug in visitor.desks
    }


def _listed(procedure: Procedure, language: Language) -> list[tuple[str, str]]:
    """Return the steps as a list: what is done, and by whom with where a decision leads."""
    listed = []
    for step in procedure.steps:
        ways = [
            f"{spoken(one.label, language, one.id)} → {', '.join(place_words(procedure, place) for place in one.to)}"
            for one in step.outcomes
            if step.decides
        ]
        listed.append((f"{step.number}. {step.does}", " · ".join([procedure.actor(step), *ways])))
    return listed


def _head(head: Head) -> Mapping[str, str | tuple[str, ...]]:
    """Return what the head of the form gives, by name, in its order."""
    given = {each.name: getattr(head, each.name) for each in fields(Head)}
    return {name: value for name, value in given.items() if value}
