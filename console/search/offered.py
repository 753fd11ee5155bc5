"""What is offered to whoever begins to type: tickets, contacts, categories, pages; a few of each, with the way there."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

from sqlmodel import Session

from console.doors import Visitor
from console.house import House
from console.phrases import say
from console.search.kept import views_of
from console.search.searching import asker_at, names_for, understood
from templates_replies.catalogue import LANGUAGES, Language
from tickets.search.found import FoundTicket, Order, find
from tickets.words import words_of

_TICKETS, _OTHERS = 6, 5
_SEEN = 20  # tickets among whose contacts those who are meant are looked for
# Pages by path; the second half is for those who supervise.
_PAGES = {"/inbox": "inbox", "/search": "search_title", "/new": "write_down", "/people": "people"}
_SUPERVISED = {
    "/board": "board", "/verification": "verification", "/surveys": "surveys", "/quality": "quality",
    "/catalogue": "catalogue", "/webhooks": "webhooks", "/blocked": "blocked_nav",
}  # fmt: skip

Offers = dict[str, list[dict[str, Any]]]


def offered(session: Session, house: House, visitor: Visitor, text: str, *, language: Language) -> Offers:
    asker = asker_at(visitor)
    found: tuple[FoundTicket, ...] = ()
    if house.search is not None and words_of(text):
        meaning = understood(session, house, house.search, text, asker).meaning
        found = find(
            session, house.search, meaning, asker=asker, order=Order.BEST, limit=_SEEN, after=None
        ).tickets
    names = names_for(session, house, asker)
    typed = words_of(text)
    return {
        "tickets": [_ticket(each) for each in found[:_TICKETS]],
        "contacts": list(_contacts(found, typed))[:_OTHERS],
        "categories": [
            {"id": id_, "name": name, "url": _search(f"kategori:{id_}")}
            for id_, name in names.categories.items()
            if typed and _fits(typed, f"{id_} {name}")
        ][:_OTHERS],
        "views": [
            {"id": each.id, "name": each.name, "url": f"/inbox?saved={each.id}"}
            for each in views_of(session, visitor)
            if typed and _fits(typed, each.name)
        ][:_OTHERS],
        "pages": [
            {"name": say(language, key), "url": path}
            for path, key in (_PAGES | (_SUPERVISED if visitor.supervises else {})).items()
            if (visitor.begins_tickets or path != "/new")
            and _fits(typed, " ".join(say(each, key) for each in LANGUAGES))
        ],
    }  # fmt: skip


def _ticket(found: FoundTicket) -> dict[str, Any]:
    ticket = found.ticket
    where = f"#message-{found.place.message}" if found.place else ""
    return {
        "number": ticket.number, "subject": ticket.subject, "contact": ticket.contact.called, "status": ticket.status,
        "url": f"/tickets/{ticket.number}{where}",
    }  # fmt: skip


def _contacts(found: tuple[FoundTicket, ...], typed: list[str]) -> Iterator[dict[str, Any]]:
    """Yield those among the contacts of what was found whose names were typed."""
    seen = set()
    for each in found:
        contact = each.ticket.contact
        if contact.id in seen or not contact.called or not _fits(typed, contact.called):
            continue
        seen.add(contact.id)
        address = next((known.address for known in contact.addresses if not known.left), None)
        asked = f'alamat:"{address}"' if address else f'kontak:"{contact.called}"'
        yield {"id": contact.id, "name": contact.called, "url": _search(asked)}


def _fits(typed: list[str], name: str) -> bool:
    words = words_of(name)
    return all(any(word.startswith(start) for word in words) for start in typed)


def _search(text: str) -> str:
    return f"/search?q={quote(text)}"
