"""The web as one application: the pages, the API, the files, and the errors of all of them."""

import asyncio
from collections.abc import Callable
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any

from fastapi import FastAPI
from fastapi.responses import JSONResponse
from fastapi.staticfiles import StaticFiles
from starlette.routing import BaseRoute, Match
from starlette.types import Receive, Scope, Send

from console import errors
from console.acts import Acts, Occasion, PlainActs
from console.bounds import BoundedBodies
from console.charset import OnlyUtf8
from console.company import Company
from console.guard import Guard
from console.headers import SafeHeaders
from console.house import House
from console.newest import Newest
from console.routes import API
from console.sight import Sight
from console.uploads import WithheldError, say_withheld
from console.visitors import NotLoggedInError, SecondFactorLackingError, to_login, to_second_factor
from later import Later

if TYPE_CHECKING:
    from console import all_pages, api
else:
    all_pages, api = Later("console.all_pages"), Later("console.api")

__all__ = ["Acts", "House", "Occasion", "PlainActs", "create_app"]

LARGEST_BODY = 60 * 1024 * 1024  # bytes of one request: five files of ten megabytes and some words
LARGE_AT_ONCE = 4 * LARGEST_BODY  # bytes of all bodies that are being read
_STATIC = Path(__file__).parent / "pages" / "static"
_ABOUT = """\
Tickets of a desk, and every act upon them. Send a token of `tanggap token create` as `Authorization: Bearer …`.

Lists answer newest first; hand `next` back as `after` for the following page. Instants are ISO 8601 with offset.
Every error has one shape: `{"error": {"code", "message", "field"}}`. A write that carries an `Idempotency-Key` happens
once, however often it is sent.
"""


class _Family:
    """Routes that are loaded together, once: half a second, for a thread."""

    def __init__(self, load: Callable[[], None]) -> None:
        self._load = load
        self._loading = Lock()
        self.is_open = False

    def open(self) -> None:
        with self._loading:
            if not self.is_open:
                self._load()
                self.is_open = True


class Web(FastAPI):
    """Has no page before one is asked for, and nothing of the API before a program asks.

    They are most of what the console is loaded with, and no provider's door needs them; many a desk has no programs.
    """

    def __init__(self, **told: Any) -> None:
        self._pages = _Family(lambda: all_pages.give_to(self))
        self._api = _Family(lambda: self.router.routes.extend(api.router.routes))
        super().__init__(**told)

    @property
    def routes(self) -> list[BaseRoute]:
        """All of them."""
        self._api.open()
        self._pages.open()
        return self.router.routes

    def open(self) -> None:
        """Load the pages; for a thread."""
        self._pages.open()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "lifespan":
            family = self._api if scope["path"].startswith(f"{API}/") else self._pages
            if not family.is_open and not self._is_there(scope):
                await asyncio.to_thread(family.open)
        await super().__call__(scope, receive, send)

    def _is_there(self, scope: Scope) -> bool:
        return any(route.matches(scope)[0] is Match.FULL for route in self.router.routes)


def create_app(house: House) -> Web:
    """Build the application. Routes of channels may be added to it."""
    app = Web(
        title="Tanggap", version="1", description=_ABOUT, openapi_url=f"{API}/openapi.json", docs_url=None,
        redoc_url=None, telemetry={"tracing": False, "metrics": False, "logs": False},
    )  # fmt: skip
    app.state.house = house
    app.state.company = Company(house.ledger.whispers)
    app.state.sight = Sight(house.ledger.whispers)
    app.state.guard = Guard(house.ledger, house.clock)
    app.state.newest = Newest(house.ledger)
    app.add_middleware(BoundedBodies, most=LARGEST_BODY, at_once=LARGE_AT_ONCE)
    app.add_middleware(OnlyUtf8)
    app.add_middleware(SafeHeaders)
    errors.install(app)
    app.add_exception_handler(NotLoggedInError, to_login)
    app.add_exception_handler(WithheldError, say_withheld)
    app.add_exception_handler(SecondFactorLackingError, to_second_factor)
    app.mount("/static", StaticFiles(directory=_STATIC), name="static")
    app.add_route("/openapi.json", lambda _request: JSONResponse(app.openapi()), include_in_schema=False)
    return app
