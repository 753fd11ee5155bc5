"""Reply templates of a ticket for programs: which fit, how they would read, and what they still ask for."""

from collections.abc import Sequence
from datetime import datetime

from fastapi.responses import JSONResponse
from pydantic.dataclasses import dataclass

from console.api.bodies import Reply
from console.api.caller import Asked, Asking, Caller
from console.api.shapes import answer
from console.api.tickets import REFUSALS, SHOWN, Number
from console.house import House, TheHouse
from console.routes import Router
from console.ticket.replying import filled, offers
from templates_replies.catalogue import Language
from tickets import views
from tickets.actions import answering
from tickets.actions.answering import Words
from tickets.actions.errors import TemplateUnfilledError
from tickets.actions.rights import require
from tickets.actor import Actor, Role
from tickets.ledger.tx import Tx
from tickets.ticket import NoSuchTicketError
from tickets.views import WholeTicket

router = Router(tags=["tickets"], responses=REFUSALS)


@dataclass(frozen=True, kw_only=True)
class OfferShape:
    id: str
    title: str
    score: float  # 0..1: only its order says something
    reasons: Sequence[str]  # category, used, words
    language: Language  # in which it would go
    foreign: bool  # it is not written in the contact's language
    text: str  # filled in
    missing: Sequence[str]  # what `values` must name before it can be sent


@router.get("/tickets/{number}/replies", summary="Reply templates for it, the likeliest first")
async def list_replies(number: Number, house: TheHouse, by: Caller) -> JSONResponse:
    found = await _found(house, number, by)
    items = [
        OfferShape(
            id=each.id, title=each.title, score=each.ranked.score, reasons=list(each.ranked.reasons),
            language=each.rendered.language, foreign=each.rendered.is_foreign, text=each.rendered.text,
            missing=each.rendered.missing,
        )
        for each in await offers(house, found, agent=None)
    ]  # fmt: skip
    return answer({"items": items, "next": None})


@router.post("/tickets/{number}/reply", summary="Answer the contact", responses=SHOWN)
async def reply(number: Number, body: Reply, asked: Asking) -> JSONResponse:
    """With words of one's own, or with a reply template, which never goes out with a gap."""
    words = await _words(number, body, asked)

    def act(tx: Tx, at: datetime) -> int:
        return answering.answer(tx, number, words, by=asked.by, at=at, wait=body.wait, seen=body.seen)[1]

    return await asked.does(number, act, body)


async def _words(number: int, body: Reply, asked: Asked) -> Words:
    if body.template is None:
        return Words(text=body.text or "", as_written=body.as_written)
    found = await _found(asked.house, number, asked.by)
    rendered = filled(asked.house, found, body.template, agent=None, given=body.values)
    if rendered.missing:
        raise TemplateUnfilledError(body.template, rendered.missing)
    if body.values:
        return Words(text=rendered.text, began_as=body.template, as_written=True)
    return Words(text=rendered.text, reply=body.template, as_written=True)


async def _found(house: House, number: int, by: Actor) -> WholeTicket:
    found = await house.ledger.read(
        lambda session: views.ticket(session, number, link=house.links.url, desks=by.desks)
    )
    if found is None:
        raise NoSuchTicketError(number)
    require(by, Role.AGENT, found.ticket.desk)
    return found
