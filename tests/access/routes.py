"""Every address of the web, and what is sent there to ask whether somebody may: nothing is listed by hand, so nothing is left out."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlmodel import select
from starlette.routing import BaseRoute

from console.settings.sections import PAGES
from console.ticket.acts import ACTS
from procedures.papers.tables import PaperRow
from tests.access.house import HAS_TICKET, HOOK, KEPT, NEIGHBOUR
from tests.console.houses import Office
from tests.procedures.bookings.rooms import STUDIO
from tests.tickets.desks import BUDI, SLUG

API = "/api/v1"
ANSWER, MAILED = 7, 4  # messages, and the ticket of a mail
_ANY = re.compile(r"\{(\w+)(?::\w+)?\}")
# Where one address does several things by what stands in it, each of them is asked.
_SEVERAL: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "/tickets/{number}/{act}": {"act": tuple(sorted(ACTS))},
    "/findings/{id}/{act}": {"act": ("change", "note", "propose", "send-back", "close", "reopen")},
    "/settings/{desk}/{key}": {"key": tuple(page.key for page in PAGES)},
    "/catalogue/{desk}/{kind}": {"kind": ("categories", "replies", "tags")},
}
# What stands for a name in an address; where that differs by address, the first beginning that fits.
_GIVEN = {
    "desk": SLUG, "number": "1", "id": "1", "case": "1", "payment": "1", "booking": "1", "paper": "kuitansi", "procedure": "surat",
    "name": "surat", "step": "bayar", "ending": "svg", "at": "0", "resource": STUDIO.id, "view": "1", "key": "1", "report": "1",
    "message": "1", "contact": "1", "kind": "categories", "format": "csv", "format_": "docx", "figure": "breached",
    "webhook": HOOK.id, "rule": "sandi", "index": "0", "address": "3", "chart": "volume", "month": "2026-09", "code": "en",
}  # fmt: skip
_ELSEWHERE: Mapping[str, Mapping[str, str]] = {
    "/archive/": {"case": "2"},
    "/api/v1/exports/": {"id": "2"},
    "/api/v1/cases/{id}/archive": {"id": "2"},
    "/dashboard/": {"chart": "channels"},
    "/tickets/{number}/messages": {"number": str(MAILED), "message": "4"},
    "/api/v1/tickets/{number}/messages": {"id": str(ANSWER)},
    "/procedures/figures/": {"chart": "steps"},
    "/scorecard.": {"format": "xlsx"},
    "/surveys/public": {"kind": "pdf"},
    "/surveys/months": {"format": "xlsx"},
    "/settings/{desk}/{key}/text": {"key": "hours"},
    "/api/v1/tickets/{number}/clocks": {"kind": "resolution"},
}
# What forms and bodies carry: of each field that any of them has something that could be right.
FIELDS: Mapping[str, Any] = {
    "desk": SLUG, "procedure": "surat", "reason": "x", "text": "x", "said": "x", "note": "x", "title": "x", "name": "x", "to": NEIGHBOUR,
    "agent": BUDI.id, "category": "login", "tag": "gangguan", "team": HAS_TICKET, "priority": "high", "outcome": "done",
    "resource": STUDIO.id, "from": "2026-10-21T09:00", "start": "2026-10-21T09:00", "end": "2026-10-21T10:00",
    "query": "sandi", "q": "sandi", "month": "2026-09", "format": "csv", "what": "tickets", "revision": "2",
    "within": "2h", "ticket": "2", "into": "2", "amount": "1000", "url": "x", "rule": "sandi", "action": "x", "source": "hand",
    "messages": "1", "tickets": "2", "send_at": "2026-10-07T09:00:00+07:00", "code": "000000", "account": "uji/email", "event": KEPT, "back": "board", "id": "password", "by": "down",
    "follow_up": "x", "finding": "x", "clock": "resolution.1", "message": str(ANSWER), "other": "2", "later_at": "2026-10-07T09:00", "chosen": "1",
    "effect": "full", "does": "tag", "email": BUDI.id, "act": "test", "webhook": HOOK.id, "delivery": "1", "role": "viewer", "lives": "30",
    "read": "2", "number": "1", "shown": "1.resolution.1", "until": "2026-10-21T10:00", "minutes": "15", "absence": "1", "as": "x",
}  # fmt: skip
_OF_A_FORM: Mapping[str, Mapping[str, str]] = {
    "/catalogue/{desk}/history": {"number": "2"},
    "/settings/{desk}/history": {"number": "2"},
    "/findings": {"ticket": "1", "due_on": "2026-12-01"},
    "/breaches": {"chosen": "1.resolution.1"},
    "/exports": {"from": "2026-10-01", "to": "2026-10-05"},
    "/write": {"to": "dewi@example.com"},
    "/tickets/{number}/say": {"as": "answer"},
    "/tickets/{number}/move": {"desk": NEIGHBOUR},
    "/tickets/{number}/reach": {"to": "dewi@example.com"},
    "/tickets/{number}/cases/{id}/steps": {"to": BUDI.id},
    "/tickets/{number}/later": {"as": "later"},
    "/people/hand-over": {"to": ""},
}
_JSON = {
    "ticket": 2, "into": 2, "tickets": [2], "messages": [1], "amount": 1000, "lines": [{"name": "x", "price": 5}], "answers": {},
    "revision": 2, "until": "2026-10-07T09:00:00+07:00", "files": {}, "changes": {}, "on": True, "delivery": 1, "procedure": "surat",
    "do": "rename", "kind": "related", "contact": {"name": "Ana"}, "from": "2026-10-01",
}  # fmt: skip
_OF_A_BODY: Mapping[str, Mapping[str, Any]] = {
    "NewExport": {"to": "2026-10-05"},
    "Outgoing": {"to": "+628111"},
    "Reach": {"to": "+628111"},
    "GoAway": {"kind": "break"},
    "Reply": {"template": None},
}


@dataclass(frozen=True, kw_only=True)
class Way:
    """One address and method; `path` as it is listed, `leads` as it is asked."""

    method: str
    path: str
    leads: str
    json: Any = None  # what is sent to the API
    is_signed: bool = False  # whoever has its address, which nobody can guess, may see what it leads to

    @property
    def fields(self) -> dict[str, str]:
        """What its form carries."""
        fields = {name: str(value) for name, value in FIELDS.items()}
        for beginning, values in _OF_A_FORM.items():
            if self.path.startswith(beginning):
                fields |= values
        return fields

    @property
    def is_harmful(self) -> bool:
        """Whether it takes away what others lead to."""
        return _harm(self) > 1

    @property
    def is_api(self) -> bool:
        return self.path.startswith(f"{API}/")

    @property
    def name(self) -> str:
        return f"{self.method} {self.path}"


def ways(office: Office) -> list[Way]:
    """Return them by path: first what only looks, then what changes something, and last what takes something away."""
    links = _links(office)
    found = [way for route in office.app.routes for way in _of_route(route, links, office)]
    return sorted(found, key=lambda way: (_harm(way), way.path, way.method))


def _of_route(route: BaseRoute, links: Mapping[str, str], office: Office) -> Iterator[Way]:
    path: str = route.path  # type: ignore[attr-defined]
    methods = (getattr(route, "methods", None) or {"GET"}) - {"HEAD"}
    for method in sorted(methods):
        for each in _each(path) if method == "POST" or "{act}" not in path else [path]:
            leads = links.get(path) or _filled(each, path)
            yield Way(
                method=method, path=each, leads=leads, json=_body(office, path, method) if path.startswith(API) else None,
                is_signed=path in links,
            )  # fmt: skip


def _each(path: str) -> list[str]:
    for name, values in _SEVERAL.get(path, {}).items():
        return [path.replace(f"{{{name}}}", value) for value in values]
    return [path]


def _filled(path: str, listed: str) -> str:
    given = dict(_GIVEN)
    for beginning, values in _ELSEWHERE.items():
        if listed.startswith(beginning):
            given |= values
    return _ANY.sub(lambda found: given[found[1]], path)


def _links(office: Office) -> dict[str, str]:
    """Return the addresses that nobody can guess, of what they lead to."""
    house = office.house
    return {
        "/files/{signed}": house.links.path(1),
        "/files/{signed}/{index}": f"{house.links.path(1)}/0",
        "/calendar/{signed}.ics": house.calendar_links.url(1).removeprefix(house.public_url),
        "/survey/{token}": house.survey_links.path(1),
        "/requests/{token}": house.request_links.path(1),
        "/turns/{token}": house.turn_links.path(1),
        "/static": "/static/console.css",
        "/paper/{token}": f"/paper/{_paper(office)}",
        "/setup/{key}": "/setup/a-key-that-is-none",
    }


def _paper(office: Office) -> str:
    with office.ledger.reading() as session:
        return session.exec(select(PaperRow.token)).first() or "none"


_HARMS = (
    "/erase",
    "/spam",
    "/merge",
    "/move",
    "/drop",
    "/withdraw",
    "/void",
    "/take-back",
    "/block",
)
_LAST = ("/logout", "/account/sessions", "/account/password")  # after which nobody is inside any more


def _harm(way: Way) -> int:
    if way.method == "GET":
        return 0
    if way.path in _LAST:
        return 3
    if way.method == "DELETE":
        return 2
    return 1 + any(f"{harm}" in way.path for harm in _HARMS)


# -- the bodies of the API --------------------------------------------------------------------------------------------


def _body(office: Office, path: str, method: str) -> Any:
    described = office.app.openapi()
    operation = described["paths"].get(path, {}).get(method.lower(), {})
    content = operation.get("requestBody", {}).get("content", {})
    schema = content.get("application/json", {}).get("schema")
    return _sample(schema, described["components"]["schemas"]) if schema else None


def _sample(schema: Mapping[str, Any], known: Mapping[str, Any]) -> Any:
    while "$ref" in schema or "anyOf" in schema:
        schema = (
            known[schema["$ref"].rsplit("/", 1)[1]]
            if "$ref" in schema
            else next(one for one in schema["anyOf"] if one.get("type") != "null")
        )
    title, values = schema.get("title", ""), {}
    for name, each in schema.get("properties", {}).items():
        of_body = _OF_A_BODY.get(title, {})
        if name in of_body:
            values[name] = of_body[name]
        elif name in schema.get("required", ()) or name in ("text", "reason", "agent", "category"):
            values[name] = _JSON.get(name, FIELDS.get(name, "x"))
        _ = each
    return values
