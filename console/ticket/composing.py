"""What is written on a ticket's page: an answer, a note, or a draft of either."""

from datetime import datetime

from fastapi.responses import RedirectResponse, Response

from console.forms import SEE_OTHER, Form
from console.house import TheHouse
from console.ids import Id
from console.routes import Router
from console.ticket.doing import OnTicket, found_for
from console.ticket.draft import Draft, drafted
from console.ticket.drafts import above, held_for, kept_draft
from console.ticket.going_along import begun_of, going_along, uploaded
from console.ticket.going_along import keep_draft as keep
from console.ticket.page import with_template
from console.ticket.replying import offers
from console.visitors import Here
from tickets.actions import answering, drafting, undoing
from tickets.actions.answering import Words
from tickets.actor import Role
from tickets.ledger.tx import Tx

NO_CONTENT, UNPROCESSABLE = 204, 422

router = Router(include_in_schema=False)


@router.post("/tickets/{number}/say")
async def say_something(doing: OnTicket) -> Response:
    """Answer (and wait, or solve), keep as a note, or fill in a reply template, as the pressed button says.

    What solves the ticket leaves at once: the contact is told so right behind it.
    """
    house, form, number = doing.house, doing.form, doing.number
    draft = drafted(form)
    way = _way_of(form, draft)
    wanted = form.line("pick") or (form.line("template") if way == "template" else "")
    if wanted:
        return await doing.shows(with_template(house, doing.visitor, doing.found, wanted, draft))
    if way in ("fill", "template"):
        return await doing.shows(draft)
    if draft.missing and way != "note" and not draft.as_written:
        return await doing.shows(draft, status=UNPROCESSABLE)
    take = await going_along(doing, draft)
    known = house.catalogue(doing.desk.slug).reply(draft.template) if draft.template else None
    hold = held_for(doing.visitor, doing.desk.desk)

    def act(tx: Tx, at: datetime) -> int:
        files = take(tx)
        if way == "note":
            return answering.note(tx, number, draft.text, by=doing.by, at=at, files=files)
        words = Words(
            text=draft.text, files=files, began_as=known.id if known else None, as_written=draft.as_written
        )
        message = answering.answer(
            tx, number, words, by=doing.by, at=at, wait=way == "wait", seen=form.number("seen"),
            hold=answering.NOT_HELD if way == "solve" else hold,
        )[1]  # fmt: skip
        if way == "solve":
            house.acts.close(tx, number, desk=doing.desk, by=doing.by, at=at)
        return message

    return await doing.does(act, draft)


@router.get("/tickets/{number}/templates")
async def templates(number: Id, house: TheHouse, visitor: Here) -> list[dict[str, object]]:
    """Return the reply templates as they would read on this ticket, the likeliest first: what `/` lists."""
    found = await found_for(house, visitor, number)
    by, ticket = visitor.actor(found.ticket.desk), found.ticket
    if not (by.may(Role.AGENT, ticket.desk) and by.may_answer(ticket.team)):
        return []  # what they are filled in with is for those who answer
    return [
        {
            "id": each.id,
            "title": each.title,
            "text": each.rendered.text,
            "missing": len(each.rendered.missing),
        }
        for each in await offers(house, found, agent=visitor.name)
    ]


@router.post("/tickets/{number}/draft")
async def keep_draft(doing: OnTicket) -> Response:
    """Keep what stands in the form, or drop it, as the button says; the page itself keeps it without a button.

    What comes after its form was sent is a word on its way that was overtaken: nothing of it is kept.
    """
    house, form, number = doing.house, doing.form, doing.number
    way = form.line("as")
    if way == "drop":
        await house.ledger.write(lambda tx: drafting.drop(tx, number, by=doing.by), name="draft")
    else:
        files = await uploaded(house, form)
        await keep(doing, begun_of(drafted(form), files), at=house.clock())
    if way:
        return RedirectResponse(f"/tickets/{number}#answer", status_code=SEE_OTHER)
    return Response(status_code=NO_CONTENT)


@router.post("/tickets/{number}/undo")
async def undo(doing: OnTicket) -> Response:
    """Take an answer back before it leaves: words and files stand in the form again, above what was begun since."""
    begun = await kept_draft(doing.house, doing.visitor, doing.found)
    message = doing.form.number("message") or 0

    def act(tx: Tx, at: datetime) -> None:
        given = undoing.undo(tx, doing.number, message, by=doing.by, at=at)
        drafting.keep(tx, doing.number, above(given, begun), by=doing.by, at=at)

    return await doing.does(act, begun)


def _way_of(form: Form, draft: Draft) -> str:
    """Return what the pressed button asks for; what is written as a note goes to nobody, whichever it was."""
    way = form.line("as")
    return "note" if draft.is_note and way in ("", "answer", "wait", "solve") else way
