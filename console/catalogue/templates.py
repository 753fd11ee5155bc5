"""The approved templates of WhatsApp: what the provider lists, and which of the desk's replies can be sent as one."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from fastapi.responses import Response

from console.catalogue.shelf import PREFIX, Shelf, TheShelf
from console.forms import OurForm
from console.pages.render import moments
from console.routes import Router
from templates_replies.catalogue import supported_language
from tickets import approved
from tickets.approval import Fault, pick
from tickets.approved import Listing
from tickets.message import Channel

router = Router(prefix=PREFIX, include_in_schema=False)


@dataclass(frozen=True, kw_only=True)
class Used:
    """A reply of the desk that names a template."""

    reply: str
    name: str
    purposes: tuple[str, ...]
    fault: Fault | None


@dataclass(frozen=True, kw_only=True)
class OfAccount:
    account: str
    listing: Listing
    used: Sequence[Used]


@router.get("/templates")
async def show(shelf: TheShelf) -> Response:
    accounts = [each.key for each in shelf.desk.desk.accounts_on(Channel.WHATSAPP)]
    listings = await shelf.house.ledger.write(
        lambda tx: [(account, approved.listing(tx, account)) for account in accounts], name="templates"
    )
    found = [
        OfAccount(account=account, listing=listing, used=_used(shelf, listing))
        for account, listing in listings
    ]
    when = moments(shelf.request, shelf.desk.desk.calendar.tz, shelf.house.clock())
    return shelf.shows("catalogue_templates.html", "templates", found=found, when=when)


@router.post("/templates")
async def fetch(shelf: TheShelf, form: OurForm) -> Response:
    """Ask for fresh lists; whoever works on deliveries fetches them within seconds."""
    del form  # its token was checked
    at = shelf.house.clock()
    for account in shelf.desk.desk.accounts_on(Channel.WHATSAPP):
        await shelf.house.ledger.write(partial(approved.want, account=account.key, at=at), name="templates")
    return shelf.goes_to("templates")


def _used(shelf: Shelf, listing: Listing) -> list[Used]:
    named = shelf.desk.desk.templates
    language = supported_language(shelf.desk.desk.language)
    found = []
    for reply in shelf.house.catalogue(shelf.desk.slug).replies:
        purposes = tuple(str(purpose) for purpose, of in named.items() if of == reply.id)
        if reply.whatsapp is None:
            if purposes:
                found.append(Used(reply=reply.title, name="", purposes=purposes, fault=Fault.UNNAMED))
            continue
        name, _, fault = pick(
            listing.templates, reply.whatsapp.names(language), language, reply.whatsapp.variables
        )
        known = fault if listing.fetched_at is not None else None
        found.append(Used(reply=reply.title, name=name, purposes=purposes, fault=known))
    return found
