"""One act upon several tickets: the same act as on the page of each, one command a ticket, and what was refused is told."""

from collections.abc import Mapping
from dataclasses import replace

from fastapi import Request
from fastapi.responses import RedirectResponse, Response
from starlette.datastructures import FormData

from console.doors import Visitor
from console.forms import Form, OurForm
from console.house import House, TheHouse
from console.ids import numbers_in
from console.inbox.page import PAGE, Asked, At, Refused, shown
from console.once import done_once
from console.phrases import why_refused
from console.routes import Router
from console.ticket.acts import ACTS, Upon
from console.visitors import Here
from tickets import views
from tickets.actions.errors import ActError
from tickets.ledger.tx import Tx
from tickets.views import TicketView

# What may be done to several at once, by the name of its button.
OFFERED: Mapping[str, str] = {
    "take": "assign",
    "assign": "assign",
    "categorise": "categorise",
    "tag": "tag",
    "untag": "untag",
    "priority": "priority",
    "snooze": "snooze",
    "wake": "wake",
    "wait": "wait",
    "close": "close",
    "reopen": "reopen",
    "verify": "verify",
    "spam": "spam",
    "restore": "restore",
}

router = Router(include_in_schema=False)


@router.post("/inbox")
async def act_upon_several(
    request: Request, house: TheHouse, visitor: Here, form: OurForm, filters: Asked, *, after: At = "",
    before: At = "",
) -> Response:  # fmt: skip
    """Do what the pressed button says to what is ticked, or to everything on the page."""
    does = form.line("does")
    numbers = _chosen(form)
    if does not in OFFERED or not numbers:
        problem = "bulk_nothing" if not numbers else "refused_rule"
        return await shown(
            request, house, visitor, filters, after=after, before=before, problem=problem, status=422
        )
    theirs = await house.ledger.read(lambda session: views.lines_of(session, numbers))
    seen = [line.ticket for line in theirs if _may_see(visitor, line.ticket)]
    refused = [
        each for ticket in seen if (each := await _does(house, visitor, form, ticket, does)) is not None
    ]
    done = len(seen) - len(refused)
    if refused:
        return await shown(
            request, house, visitor, filters, after=after, before=before, done=done, refused=refused
        )
    return RedirectResponse(filters.link(after=after, before=before, done=str(done)), status_code=303)


async def _does(house: House, visitor: Visitor, form: Form, ticket: TicketView, does: str) -> Refused | None:
    """Act upon one ticket once; why it was refused, if it was."""
    by, at, number = visitor.actor(ticket.desk), house.clock(), ticket.number
    upon = Upon(
        house=house, form=_said(form, does, by.id), number=number, desk=house.desk(ticket.desk), by=by,
        name=visitor.name, at_desk=visitor.actor,
    )  # fmt: skip
    act = ACTS[OFFERED[does]]
    command = form.command(by, body={"does": does, "ticket": number}, of=number)

    def job(tx: Tx) -> None:
        act(upon, tx, at)

    try:
        await done_once(house.ledger, command, job, at=at)
    except ActError as error:
        return Refused(number=number, why=why_refused(error.code))
    return None


def _said(form: Form, does: str, who: str) -> Form:
    """Return what the form says to an act: whoever takes tickets gives them to themselves."""
    given = {name: form.text(name) for name in ("category", "tag", "priority", "until", "reason")}
    return replace(form, data=FormData({**given, "agent": who if does == "take" else form.line("agent")}))


def _may_see(visitor: Visitor, ticket: TicketView) -> bool:
    return (visitor.desks is None or ticket.desk in visitor.desks) and visitor.may_see(
        ticket.desk, ticket.team
    )


def _chosen(form: Form) -> list[int]:
    """Return the numbers that are ticked; where everything on the page is, those that the page showed."""
    given = form.text("on_page").split() if form.line("every") else form.data.getlist("chosen")
    return list(dict.fromkeys(numbers_in(given)))[:PAGE]
