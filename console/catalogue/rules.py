"""The rules: each with a switch, the file as a text, and a trial over a month before anything is saved."""

from datetime import datetime

from fastapi.responses import Response

from console.catalogue.shelf import PREFIX, Refused, Shelf, TheShelf, refused
from console.changing import editing
from console.forms import OurForm
from console.routes import Router
from reports.errors import ReportError
from reports.periods import Month
from templates_replies.entries import put_entry
from tickets.actions.errors import ActError
from tickets.actions.revising import MistakesError
from tickets.rules import Rule
from tickets.trial import RuleTried

router = Router(prefix=PREFIX, include_in_schema=False)


@router.get("/rules")
async def show(shelf: TheShelf) -> Response:
    return await _show(shelf, shelf.text(editing.RULES))


@router.post("/rules")
async def save(shelf: TheShelf, form: OurForm) -> Response:
    """Check and save the text, or only try it over the month that is named."""
    text, month = form.text("text"), form.line("month")
    if form.line("as") == "try":
        try:
            asked, tried = await editing.try_rules(shelf.house, shelf.desk.slug, month, rules=text)
        except (ActError, ReportError) as error:
            why = (
                refused(error) if isinstance(error, ActError) else Refused(status=422, problems=("no_month",))
            )
            return await _show(shelf, text, month=month, why=why)
        return await _show(shelf, text, month=str(asked), tried=tried)
    outcome = await shelf.saves({editing.RULES: text}, form)
    if isinstance(outcome, Refused):
        return await _show(shelf, text, why=outcome)
    return shelf.goes_to("rules", outcome)


@router.post("/rules/switch")
async def switch(shelf: TheShelf, form: OurForm) -> Response:
    rule, on = form.line("rule"), form.line("on") == "1"
    text = put_entry(shelf.text(editing.RULES), rule, {"off": None if on else True})
    outcome = await shelf.saves({editing.RULES: text}, form, note=f"{rule}: {'on' if on else 'off'}")
    if isinstance(outcome, Refused):
        return await _show(shelf, shelf.text(editing.RULES), why=outcome)
    return shelf.goes_to("rules", outcome)


async def _show(
    shelf: Shelf, text: str, *, month: str = "", why: Refused | None = None, tried: tuple[RuleTried, ...] | None = None
) -> Response:  # fmt: skip
    return shelf.shows(
        "catalogue_rules.html", "rules", status=why.status if why else 200, problems=why.problems if why else (),
        text=text, rules=await _rules(shelf), month=month or last_month(shelf), tried=tried,
    )  # fmt: skip


async def _rules(shelf: Shelf) -> tuple[Rule, ...]:
    try:
        desk = await shelf.house.ledger.aside(shelf.house.check, shelf.revision.files)
    except MistakesError:
        return ()
    return desk.rules


def last_month(shelf: Shelf) -> str:
    zone = shelf.desk.desk.calendar
    now: datetime = shelf.house.clock()
    local = now.astimezone(zone.tz)
    return Month.of(local.year, local.month, zone=zone.zone, now=now).before
