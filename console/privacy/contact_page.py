"""What is kept of a contact, for supervisors: how much of each kind, who looked at it; handed out as a ZIP, and erased in two steps."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from fastapi import Request
from fastapi.responses import RedirectResponse, Response, StreamingResponse
from sqlmodel import Session
from starlette.exceptions import HTTPException

from console.doors import Visitor, trail
from console.doors.trail import Kind
from console.errors import status_of
from console.forms import SEE_OTHER, OurForm, does_once
from console.house import House, TheHouse
from console.ids import Id
from console.language import language_of
from console.pages.render import moments, page
from console.phrases import say
from console.privacy.looked import looks_at
from console.routes import Router
from console.visitors import Here, knock_of
from procedures.archive.packing import packed
from procedures.discarding import beside
from reports.person.files import Handing, entries
from templates_replies import personal_phrases as words
from tickets import removals, views
from tickets.actions import erasing
from tickets.actions.errors import ActError
from tickets.actor import Actor, Role
from tickets.desk import Desk
from tickets.erasure import Plan
from tickets.ledger.tx import Tx
from tickets.personal.looks import Looked
from tickets.personal.whose import Theirs, theirs
from tickets.removals import RemovalNow

MOST_LOOKS = 200

router = Router(prefix="/contacts", include_in_schema=False)


@dataclass(frozen=True, kw_only=True)
class _Kept:
    plan: Plan
    whose: Theirs
    under_way: RemovalNow | None


@router.get("/{contact}")
async def show(request: Request, contact: Id, house: TheHouse, visitor: Here) -> Response:
    return await _shown(request, house, visitor, contact)


@router.get("/{contact}/export.zip")
async def take_out(request: Request, contact: Id, house: TheHouse, visitor: Here) -> Response:
    """Hand out all that is kept of them, made while it is sent; the trail says to whom."""
    desk, _ = await _theirs(house, visitor, contact)
    entry = trail.by(visitor, Kind.EXPORTED, knock_of(request), what="contact", format="zip", contact=contact)
    await house.ledger.write(lambda tx: trail.write(tx, entry, at=house.clock()), name="trail")
    return await handed_out(house, desk, contact)


@router.post("/{contact}/erase")
async def erase(request: Request, contact: Id, house: TheHouse, visitor: Here, form: OurForm) -> Response:
    """Have them erased; what is refused is said on the page. A page that did not ask twice is shown again."""
    _, by = await _theirs(house, visitor, contact)
    if form.line("sure") != "yes":
        return await _shown(request, house, visitor, contact, problem="erase_unsure", status=422)

    def act(tx: Tx, at: datetime) -> None:
        erasing.ask(tx, contact, reason=form.text("reason"), more=beside, by=by, at=at)

    try:
        await does_once(house, form, by, act)
    except ActError as refused:
        problem = "erase_hindered" if isinstance(refused, erasing.NotOverError) else "erase_no_reason"
        return await _shown(request, house, visitor, contact, problem=problem, status=status_of(refused))
    return RedirectResponse(f"/contacts/{contact}", status_code=SEE_OTHER)


async def handed_out(house: House, desk: Desk, contact: int) -> Response:
    """Return all that is kept of a contact as one ZIP."""
    whose = await house.ledger.write(partial(theirs, contact=contact), name="console")
    handing = Handing(desk=desk, reading=house.ledger.reading, blobs=house.ledger.blobs, now=house.clock())
    return StreamingResponse(
        packed(entries(whose, handing)), media_type="application/zip",
        headers={
            "Content-Disposition": f'attachment; filename="contact-{contact}.zip"', "Cache-Control": "no-store",
        },
    )  # fmt: skip


async def _theirs(house: House, visitor: Visitor, contact: int) -> tuple[Desk, Actor]:
    """Return the desk of a contact, and who the visitor is there. Raises HTTPException(404) for whoever does not supervise it."""
    found = await house.ledger.read(lambda session: views.contact(session, contact, desks=visitor.desks))
    by = None if found is None else visitor.actor(found.desk)
    if found is None or by is None or not by.may(Role.SUPERVISOR, found.desk):
        raise HTTPException(404, "there is no such contact")
    return house.desk(found.desk).desk, by


async def _shown(
    request: Request, house: House, visitor: Visitor, contact: int, *, problem: str = "", status: int = 200
) -> Response:  # fmt: skip
    desk, by = await _theirs(house, visitor, contact)
    language = language_of(request)

    def job(tx: Tx) -> _Kept:
        plan = erasing.plan(tx, contact, more=beside, by=by)
        return _Kept(plan=plan, whose=theirs(tx, contact), under_way=removals.pending_of(tx, plan.contact))

    kept = await house.ledger.write(job, name="console")

    def read(session: Session) -> tuple[views.ContactView | None, Sequence[Looked]]:
        return views.contact(session, contact), looks_at(session, kept.whose, most=MOST_LOOKS)

    found, looked = await house.ledger.read(read)
    return page(
        request, house, "contact.html", visitor=visitor, status=status, contact=contact, desk=desk,
        called=found.called if found else None, tickets=kept.plan.tickets, under_way=kept.under_way,
        problem=say(language, problem) if problem else "",
        goes=[(many, words.thing(language, each)) for each, many in kept.plan.goes.items()],
        stays=[words.stays(language, each) for each in kept.plan.stays],
        beyond=[words.beyond(language, each) for each in kept.plan.beyond],
        hindered=[
            words.hindered(language, each.by, {"ticket": str(each.ticket), "number": each.number})
            for each in kept.plan.hindered
        ],
        looks=[(each, words.looked(language, each.what)) for each in looked],
        when=moments(request, desk.calendar.tz, house.clock()),
    )  # fmt: skip
