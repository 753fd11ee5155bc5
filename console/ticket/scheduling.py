"""Answers that go later, on a ticket's page: written now for an hour from now, the opening, or any time; changed, sent, cancelled."""

from dataclasses import replace
from datetime import datetime

from fastapi.responses import Response

from console.forms import Form
from console.ids import Id
from console.routes import Router
from console.ticket.doing import Doing, OnTicket
from console.ticket.draft import drafted
from console.ticket.drafts import above, kept_draft
from console.ticket.going_along import going_along
from tickets import scheduled
from tickets.actions import drafting, scheduling
from tickets.actions.answering import Words
from tickets.ledger.tx import Tx
from tickets.scheduled import Then

UNPROCESSABLE = 422

router = Router(prefix="/tickets/{number}", include_in_schema=False)


@router.post("/later")
async def answer_later(doing: OnTicket) -> Response:
    """Let what is written in the answer form go later."""
    form = doing.form
    draft, due_at = drafted(form), _wanted(doing)
    if draft.is_note or due_at is None:
        problem = "later_note" if draft.is_note else "later_when"
        return await doing.shows(replace(draft, problem=problem), status=UNPROCESSABLE)
    if draft.missing and not draft.as_written:
        return await doing.shows(draft, status=UNPROCESSABLE)
    take = await going_along(doing, draft)
    known = doing.house.catalogue(doing.desk.slug).reply(draft.template) if draft.template else None

    def act(tx: Tx, at: datetime) -> None:
        words = Words(
            text=draft.text, files=take(tx), began_as=known.id if known else None, as_written=draft.as_written
        )
        scheduling.schedule(
            tx, doing.number, words, due_at=due_at, by=doing.by, at=at, then=_then(form) or Then.NOTHING,
            despite=form.line("despite") == "yes", seen=form.number("seen"),
        )  # fmt: skip

    return await doing.does(act, draft)


@router.post("/later/{id}/change")
async def change(id: Id, doing: OnTicket) -> Response:  # noqa: A002
    form = doing.form
    due_at = form.moment("later_at", doing.desk.desk.calendar.tz)

    def act(tx: Tx, at: datetime) -> None:
        text, then = form.text("text"), _then(form)
        scheduling.change(tx, doing.number, id, due_at=due_at, text=text, then=then, by=doing.by, at=at)

    return await doing.does(act, await kept_draft(doing.house, doing.visitor, doing.found))


@router.post("/later/{id}/send")
async def send_now(id: Id, doing: OnTicket) -> Response:  # noqa: A002
    def act(tx: Tx, at: datetime) -> int:
        return scheduling.send_now(tx, doing.number, id, solve=doing.house.solve, by=doing.by, at=at)

    return await doing.does(act, await kept_draft(doing.house, doing.visitor, doing.found))


@router.post("/later/{id}/cancel")
async def cancel(id: Id, doing: OnTicket) -> Response:  # noqa: A002
    """Let it not go; what it said stands in the answer form of whoever cancelled it."""
    begun = await kept_draft(doing.house, doing.visitor, doing.found)

    def act(tx: Tx, at: datetime) -> None:
        given = scheduling.cancel(tx, doing.number, id, by=doing.by, at=at)
        drafting.keep(tx, doing.number, above(given, begun), by=doing.by, at=at)

    return await doing.does(act, begun)


def _then(form: Form) -> Then | None:
    """Return what is to become of the ticket; None where the form does not say."""
    said = form.line("then")
    return Then(said) if said in set(Then) else None


def _wanted(doing: Doing) -> datetime | None:
    """Return for when it is, as the pressed button says."""
    now, calendar = doing.house.clock(), doing.desk.desk.calendar
    match doing.form.line("later"):
        case "soon":
            return now + scheduled.SOON
        case "opening":
            return scheduled.opening(calendar, now)
        case _:
            return doing.form.moment("later_at", calendar.tz)
