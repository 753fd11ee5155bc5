"""Stands in for the token endpoint of a mail provider, and tells a mail server which access tokens are good.

async with running_authority() as authority:
    OAuth(provider=authority.token_url, client_id=CLIENT, client_secret=SECRET, refresh_token=REFRESH)
    authority.revoke()                  # as when somebody takes the consent back
    authority.answers(503)              # one answer that is none
    assert authority.complaints == []   # what no client should ever send
"""

import contextlib
import itertools
from collections import deque
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, field
from urllib.parse import parse_qsl

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from tests.standins.serving import serving

CLIENT, SECRET, REFRESH = "desk-client", "client-secret-1", "refresh-token-1"


@dataclass(kw_only=True)
class Authority:
    url: str = ""
    life: float = 3600.0  # seconds of an access token
    rotates: bool = False  # each answer brings a new refresh token, and the old one ends
    user: str = "helpdesk"
    asked: list[dict[str, str]] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)
    refresh_token: str | None = REFRESH  # the one that is good
    tokens: set[str] = field(default_factory=set)
    _answers: deque[Response] = field(default_factory=deque)
    _numbers: Iterator[int] = field(default_factory=lambda: itertools.count(1))

    @property
    def token_url(self) -> str:
        return f"{self.url}/token"

    @property
    def introspection_url(self) -> str:
        return f"{self.url}/introspect?token="

    def revoke(self) -> None:
        self.refresh_token = None
        self.tokens.clear()

    def answers(self, status: int) -> None:
        self._answers.append(Response("not now", status_code=status))

    def redirects(self) -> None:
        self._answers.append(RedirectResponse(f"{self.url}/elsewhere", status_code=307))

    async def give(self, request: Request) -> Response:
        form = dict(parse_qsl((await request.body()).decode()))
        self.asked.append(form)
        if request.headers.get("content-type") != "application/x-www-form-urlencoded":
            self.complaints.append("not a form")
        if self._answers:
            return self._answers.popleft()
        if (form.get("client_id"), form.get("client_secret")) != (CLIENT, SECRET):
            return _refusal("invalid_client")
        if form.get("grant_type") == "refresh_token" and form.get("refresh_token") != self.refresh_token:
            return _refusal("invalid_grant")
        token = f"access-{next(self._numbers)}"
        self.tokens.add(token)
        answer: dict[str, object] = {
            "access_token": token, "token_type": "Bearer", "expires_in": self.life,
        }  # fmt: skip
        if self.rotates:
            self.refresh_token = f"refresh-token-{token}"
            answer["refresh_token"] = self.refresh_token
        return JSONResponse(answer)

    async def introspect(self, request: Request) -> Response:
        active = request.query_params.get("token", "") in self.tokens
        return JSONResponse({"active": active, "username": self.user})

    async def elsewhere(self, request: Request) -> Response:
        self.complaints.append(f"{request.url.path} was called")
        return Response(status_code=404)


def _refusal(error: str) -> Response:
    return JSONResponse(
        {"error": error, "error_description": f"AADSTS70008: {REFRESH} of {CLIENT} has expired"},
        status_code=400,
    )


@contextlib.asynccontextmanager
async def running_authority() -> AsyncIterator[Authority]:
    authority = Authority()
    routes = [
        Route("/token", authority.give, methods=["POST"]),
        Route("/introspect", authority.introspect, methods=["GET"]),
        Route("/{path:path}", authority.elsewhere, methods=["GET", "POST"]),
    ]
    async with serving(Starlette(routes=routes)) as url:
        authority.url = url
        yield authority
