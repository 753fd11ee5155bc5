"""A host that publishes a calendar: with versions, and with everything that goes wrong on the way to it."""

import contextlib
from collections.abc import AsyncIterator
from dataclasses import dataclass, field

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from tests.standins.serving import serving


@dataclass
class Publisher:
    text: str = ""
    version: int = 1
    status: int = 200
    moved: bool = False  # it redirects to itself for ever
    asked: list[dict[str, str]] = field(default_factory=list)
    url: str = ""

    def publishes(self, text: str) -> None:
        self.text, self.version = text, self.version + 1

    async def answer(self, request: Request) -> Response:
        self.asked.append(dict(request.headers))
        if self.moved:
            return RedirectResponse(request.url.path)
        if self.status != 200:
            return Response(status_code=self.status)
        etag = f'"{self.version}"'
        if request.headers.get("if-none-match") == etag:
            return Response(status_code=304)
        return Response(self.text, media_type="text/calendar", headers={"ETag": etag})

    @staticmethod
    async def lead(_request: Request) -> Response:
        return RedirectResponse("/libur.ics")


@contextlib.asynccontextmanager
async def publishing(text: str) -> AsyncIterator[Publisher]:
    publisher = Publisher(text=text)
    app = Starlette(routes=[Route("/libur.ics", publisher.answer), Route("/old.ics", publisher.lead)])
    async with serving(app) as base:
        publisher.url = f"{base}/libur.ics"
        yield publisher
