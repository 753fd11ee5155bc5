"""The procedures of a desk, each as the SOP form has it: its head, and the table with the flow in it."""

from collections.abc import Mapping
from dataclasses import fields
from typing import Annotated

from fastapi import Query, Request
from fastapi.responses import Response
from markupsafe import Markup
from starlette.exceptions import HTTPException

from console.cases.my_turns import desks_with_roles, my_turns
from console.cases.sop_files import Ending, sop_file
from console.doors import Visitor
from console.house import House, TheHouse
from console.language import language_of
from console.pages.render import moments, page
from console.routes import Router
from console.visitors import Here
from procedures.cases.under_way import UnderWay, under_way
from procedures.definition.procedure import Head, Procedure
from procedures.sop_table import sop_table, svg
from procedures.sop_table.form import Paper
from procedures.sop_table.progress import OnCase
from procedures.sop_table.sketch import place_words
from procedures.words.answer_words import spoken
from templates_replies import sop_phrases as phrases
from templates_replies.catalogue import Language
from tickets.desk import Desk

NOT_FOUND = 404
RUNNING_SHOWN = 50

router = Router(include_in_schema=False)


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
    sees_tickets = chosen.slug not in visitor.only_teams
    running = await _running(house, chosen.slug, shown) if shown and sees_tickets else ()
    mine = await my_turns(house, visitor) if desks_with_roles(house, visitor) else None
    return page(
        request, house, "procedures.html", visitor=visitor, desks=desks, desk=chosen, known=known, shown=shown,
        drawn=drawn(shown, language) if shown else None, head=_head(shown.head, language) if shown else [],
        listed=_listed(shown, language) if shown else [],
        marks=marks_of(shown, language) if shown else "", now=house.clock(),
        mine=mine, running=running[:RUNNING_SHOWN], more=len(running) > RUNNING_SHOWN,
        when=moments(request, chosen.calendar.tz, house.clock()),
        samples=[each for each in shown.papers if each.is_made] if shown else [],
    )  # fmt: skip


@router.get("/procedures/table.{ending}")
async def take(
    request: Request, ending: Ending, house: TheHouse, visitor: Here, *, desk: Annotated[str, Query(max_length=60)],
    procedure: Annotated[str, Query(max_length=60)], paper: Paper = Paper.A4,
) -> Response:  # fmt: skip
    theirs = _theirs(house, visitor).get(desk)
    shown = next((one for one in house.procedures(desk) if one.id == procedure), None) if theirs else None
    if theirs is None or shown is None:
        raise HTTPException(NOT_FOUND)
    return await sop_file(
        house, shown, ending, language_of(request), zone=theirs.calendar.tz, paper=paper, name=shown.id
    )


async def _running(house: House, desk: str, procedure: Procedure) -> tuple[UnderWay, ...]:
    """Return the cases that are shown as under way, and one more where there are more."""
    return await house.ledger.read(
        lambda session: under_way(session, desk, procedure.id, most=RUNNING_SHOWN + 1)
    )


def drawn(procedure: Procedure, language: Language, case: OnCase | None = None) -> Markup:
    """Return the form's table as it stands in a page, with a case on it."""
    drawing = sop_table(procedure, language=language, notes=case.notes if case else None)
    picture = svg(drawing, name=procedure.name, states=case.states if case else {})
    return Markup(picture)  # noqa: S704  every text in it is escaped


def marks_of(procedure: Procedure, language: Language) -> str:
    """Say what the table's marks mean; nothing where it has none."""
    return phrases.ours(language) if procedure.has_ours else ""


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


def _head(head: Head, language: Language) -> list[tuple[str, str | tuple[str, ...]]]:
    """Return what the head of the form gives, each with what it is called, in its order."""
    given = [(phrases.HEAD[each.name].say(language), getattr(head, each.name)) for each in fields(Head)]
    return [(called, value) for called, value in given if value]
