"""Who asks: everybody there is, each in a house of their own, so that nobody finds what another has changed."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import httpx

from console import doors
from console.tokens import create_token
from tests.access.house import KEPT, LIA, NEIGHBOUR, PROGRAM, YANI
from tests.access.routes import Way
from tests.console.houses import Office
from tests.console.pages import Visitor
from tests.console.test_second_line import YOGA
from tests.console.test_viewers import WATI
from tests.tickets.desks import BUDI, RINA, SLUG
from tickets.actor import Role

# What addresses are told behind a question mark.
ASKED = {
    "desk": SLUG, "procedure": "surat", "on": "2026-10-20", "month": "2026-09", "year": "2026", "period": "2026", "agent": BUDI.id,
    "account": "uji/email", "event": KEPT, "revision": "2", "name": "tags.csv", "q": "sandi",
}  # fmt: skip
ADMIN = "kepala@example.ac.id"
NOBODY, SECOND_LINE_WITH_IT = "nobody", "second line with it"
# By column of the table: the mailbox of whoever sits at the browser.
PEOPLE: Mapping[str, str | None] = {
    NOBODY: None,
    "second line": YANI.id,
    SECOND_LINE_WITH_IT: YOGA.id,
    "viewer": WATI.id,
    "agent": BUDI.id,
    "supervisor": RINA.id,
    "other desk's supervisor": LIA.id,
    "administrator": ADMIN,
}
TOKENS: Mapping[str, tuple[Role, str | None] | None] = {
    NOBODY: None,
    "viewer": (Role.VIEWER, SLUG),
    "agent": (Role.AGENT, SLUG),
    "supervisor": (Role.SUPERVISOR, SLUG),
    "other desk's supervisor": (Role.SUPERVISOR, NEIGHBOUR),
    "administrator": (Role.ADMIN, None),
}


@dataclass(frozen=True)
class Heard:
    status: int
    text: str = ""
    kind: str = ""


@dataclass
class Asker:
    client: httpx.AsyncClient
    token: str = ""  # of the forms of their pages

    async def asks(
        self, office: Office, way: Way, *, token: str | None = None, says: str | None = None
    ) -> Heard:  # fmt: skip
        """Ask, and say what came; `token` stands in a form instead of theirs, `says` in each field for words."""
        if way.path == "/live":
            return Heard(await opened(office.app, way.leads, self.client))
        given: dict[str, Any] = {}
        if way.is_api:
            given = {"json": _saying(way.json, says)} if way.json is not None else {}
        elif way.method == "POST":
            given = {"data": _saying(way.fields, says) | {"token": self.token if token is None else token}}
        answer = await self.client.request(way.method, way.leads, params=ASKED, **given)
        kind = answer.headers.get("content-type", "").partition(";")[0]
        return Heard(401 if _to_the_door(answer) else answer.status_code, answer.text, kind)


def _saying(given: Any, words: str | None) -> Any:
    """Put words wherever a sample stands for any."""
    if words is None:
        return given
    if isinstance(given, dict):
        return {name: _saying(value, words) for name, value in given.items()}
    return words if given == "x" else given


def _to_the_door(answer: httpx.Response) -> bool:
    return answer.status_code == 303 and answer.headers["location"].startswith("/?next=")


async def opened(app: Any, path: str, client: httpx.AsyncClient) -> int:
    """Return with what a stream begins, and leave; httpx would wait here for its end."""
    began: asyncio.Future[int] = asyncio.get_running_loop().create_future()
    asked = client.build_request("GET", path)
    headers = [(name.lower(), value) for name, value in asked.headers.raw]
    scope = {
        "type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": "GET", "scheme": "http", "path": path,
        "raw_path": path.encode(), "query_string": b"", "root_path": "", "headers": headers, "client": ("127.0.0.1", 1),
        "server": ("desk.test", 80), "state": {},
    }  # fmt: skip
    came = [{"type": "http.request", "body": b"", "more_body": False}]

    async def receive() -> dict[str, Any]:
        if came:
            return came.pop()
        await began
        return {"type": "http.disconnect"}

    async def send(message: Mapping[str, Any]) -> None:
        if message["type"] == "http.response.start" and not began.done():
            there = dict(message["headers"]).get(b"location", b"")
            began.set_result(401 if there.startswith(b"/?next=") else message["status"])

    await app(scope, receive, send)
    return await began


async def at_a_browser(office: Office, email: str | None) -> Asker:
    """Let somebody in, by the link that makes their account; with None nobody, at the door."""
    visitor = Visitor(office.browser())
    for each in dict.fromkeys((ADMIN, email or ADMIN)):  # nobody comes before the administrator
        link = office.ledger.write_blocking(
            lambda tx, e=each: doors.make_invitation(tx, office.clock.now, email=None if e == ADMIN else e)
        )
        visitor.client.cookies.clear()
        setup = await visitor.opens(f"/setup/{link}")
        inside = await visitor.sends(setup, "", email=each, name=each, password="correct horse battery")
        assert inside.status == 200
    if email is None:
        visitor.client.cookies.clear()
        return Asker(visitor.client, (await visitor.opens("/")).form("/login").fields["token"])
    return Asker(visitor.client, (await visitor.opens("/account")).form("/account/name").fields["token"])


def with_a_token(
    office: Office, what: tuple[Role, str | None] | None, *, scopes: tuple[str, ...] | None = None
) -> Asker:
    """Return a program with a token of that role at that desk; with None without one."""
    token = None
    if what is not None:
        role, desk = what
        token = office.ledger.write_blocking(
            lambda tx: create_token(tx, PROGRAM, role, desk, office.clock.now, scopes=scopes)
        )
    client = office.program(token)
    client.base_url = "http://desk.test"
    return Asker(client)
