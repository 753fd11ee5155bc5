"""Commands of people and programs, asked for again at the doors at which they came: pages and the JSON API.

What stands in the ledger is what was done, so whoever asked was allowed to. They are known by their key in the history,
and get a session or a token of the second ledger, where nobody else has one.
"""

import json
import secrets
from collections.abc import Mapping
from datetime import datetime
from typing import Any

import httpx
from fastapi import FastAPI
from starlette.routing import Match, Route

from console import doors, tokens
from console.api import caller
from console.doors import Way, accounts
from console.forms import token_for
from console.visitors import SESSION
from tickets import views
from tickets.actor import Actor, Role, named
from tickets.inbound import PAGES, PROGRAMS
from tickets.ledger.store import Ledger
from tickets.ledger.tx import Tx

DOORS = (PAGES, PROGRAMS)  # the accounts under which commands are kept
_METHODS = ("POST", "PUT", "PATCH", "DELETE")
_FIRST_REFUSAL = 400


class NotAskedAgainError(Exception):
    """The command was not taken; the sentence says why."""


class Commands:
    """Asks at the doors of a service that answers nobody else."""

    def __init__(self, app: FastAPI, ledger: Ledger, *, fixed_token: str) -> None:
        self._app = app
        self._ledger = ledger
        self._tokens = {caller.FIXED.key: fixed_token}  # by the key of who calls
        transport = httpx.ASGITransport(app=app, raise_app_exceptions=False)
        self._http = httpx.AsyncClient(transport=transport, base_url="http://desk.invalid")

    async def again(self, account: str, event_id: str, raw: bytes, *, at: datetime) -> None:
        """Ask for a command again. Raises NotAskedAgainError."""
        asked = json.loads(raw)
        by, path, body = named(asked["by"]), str(asked["path"]), asked["body"]
        if account == PAGES:
            await self._by_form(by, path, body, at)
        else:
            given = event_id.removeprefix(f"{by.key} {path} ")
            await self._by_program(by, path, body, key=given if given != event_id else None, at=at)

    async def close(self) -> None:
        await self._http.aclose()

    async def _by_form(self, by: Actor, path: str, typed: Mapping[str, Any], at: datetime) -> None:
        fields = {name: value for name, value in typed.items() if isinstance(value, str)}
        if len(fields) < len(typed):
            raise NotAskedAgainError("its body is not what was typed into a form")
        session = await self._session(by, at)
        house = self._app.state.house
        token = token_for(house, tokens.hash_of(session))
        _taken(
            await self._http.post(
                path, data={**fields, "token": token}, headers={"Cookie": f"{SESSION.named(house)}={session}"}
            )
        )

    async def _by_program(
        self, by: Actor, path: str, body: Mapping[str, Any], *, key: str | None, at: datetime
    ) -> None:
        headers = {"Authorization": f"Bearer {await self._token(by, at)}"}
        if key is not None:
            headers["Idempotency-Key"] = key
        _taken(await self._http.request(self._method(path), path, json=body, headers=headers))

    def _method(self, path: str) -> str:
        """Return the method by which something is changed at a path: the record does not have it."""
        routes = [route for route in self._app.routes if isinstance(route, Route)]
        for method in _METHODS:
            scope = {"type": "http", "path": path, "method": method, "root_path": ""}
            if any(route.matches(scope)[0] is Match.FULL for route in routes):
                return method
        raise NotAskedAgainError("no door is at its path any more")

    async def _session(self, by: Actor, at: datetime) -> str:
        """Let somebody in where they work; who works nowhere any more was an administrator, or may be taken for one."""
        posts = [
            each for each in await self._ledger.read(views.colleagues) if each.id == by.id and each.email
        ]
        email = posts[0].email if posts and posts[0].email else by.id

        def let_in(tx: Tx) -> str:
            accounts.save(tx, email=email, name=by.id, password=None, admin=not posts, at=at)
            return doors.start_session(tx, email, at=at, way=Way.SSO)

        return await self._ledger.write(let_in, name="session")

    async def _token(self, by: Actor, at: datetime) -> str:
        if by.key not in self._tokens:
            self._tokens[by.key] = await self._ledger.write(
                lambda tx: tokens.create_token(tx, by.id, Role.ADMIN, None, at), name="token"
            )
        return self._tokens[by.key]


def new_token() -> str:
    return secrets.token_urlsafe(32)


def _taken(answer: httpx.Response) -> None:
    if answer.status_code >= _FIRST_REFUSAL:
        raise NotAskedAgainError(f"it was answered with {answer.status_code}")
