"""Who calls, and their commands: one at a time, each once."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any

from fastapi import Depends, Header, Request
from fastapi.responses import JSONResponse
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

from console.api.numbers import Numbers
from console.errors import NotAuthenticatedError
from console.house import House, TheHouse
from console.once import Command, done_once, key_of
from console.scopes import covers, needed
from console.tokens import USED_EVERY, is_fixed, owner_of, was_used
from console.visitors import knock_of
from tickets import ticket as tickets_
from tickets import views
from tickets.actions.errors import NotAllowedError
from tickets.actor import Actor, Kind, Role
from tickets.desk import DeskNow
from tickets.inbound import PROGRAMS
from tickets.ledger.tx import Tx
from tickets.ticket import NoSuchTicketError

FIXED = Actor(kind=Kind.API, id="fixed-token", role=Role.ADMIN)

_bearer = HTTPBearer(auto_error=False, description="A token of `tanggap token create`")
Act = Callable[[Tx, datetime], int | None]


@dataclass(frozen=True, kw_only=True)
class Calling:
    """A program that calls, and what its token is good for."""

    actor: Actor
    scopes: tuple[str, ...] | None = None  # None: all

    @property
    def sees_numbers(self) -> bool:
        """Whether identity numbers are for its eyes; others read them masked."""
        is_more = self.actor.role is not None and self.actor.role is not Role.VIEWER
        return is_more and covers(self.scopes, "identity:read")


async def _calling(
    house: TheHouse, given: Annotated[HTTPAuthorizationCredentials | None, Depends(_bearer)]
) -> Calling:
    if given is None:
        raise NotAuthenticatedError
    if is_fixed(given.credentials, house.api_token):
        return Calling(actor=FIXED)
    now = house.clock()
    found = await house.ledger.read(lambda session: owner_of(session, given.credentials, now=now))
    if found is None:
        raise NotAuthenticatedError
    if found.last_used_at is None or now - found.last_used_at > USED_EVERY:
        await house.ledger.write(lambda tx: was_used(tx, found, at=now), name="token")
    return Calling(actor=found.actor, scopes=found.scopes)


_Calling = Annotated[Calling, Depends(_calling)]


async def _caller(calling: _Calling) -> Actor:
    return calling.actor


async def _numbers(house: TheHouse, calling: _Calling, request: Request) -> Numbers:
    return Numbers(house=house, who=calling.actor.key, knock=knock_of(request), whole=calling.sees_numbers)


Caller = Annotated[Actor, Depends(_caller)]
IdentityNumbers = Annotated[Numbers, Depends(_numbers)]


def within(group: str) -> Any:
    """Return the dependency of routes that a token needs a scope of this group for."""

    async def check(calling: _Calling, request: Request) -> None:
        scope = needed(group, request.method)
        if not covers(calling.scopes, scope):
            raise NotAllowedError(f"the token lacks the scope {scope}")

    return Depends(check)


IdempotencyKey = Annotated[
    str | None,
    Header(
        max_length=200, description="A key of your own: the same request again with the same key is one act"
    ),
]


@dataclass(frozen=True, kw_only=True)
class Asked:
    """One request that may change something."""

    house: House
    by: Actor
    event_id: str
    path: str
    numbers: Numbers

    async def does(self, number: int, act: Act, body: Any = None) -> JSONResponse:
        """Do it once and answer with the ticket as it stands then."""
        await self.does_once(act, body)
        return await self.shows(number)

    async def opens(self, act: Act, body: Any) -> JSONResponse:
        """Do it once and answer with the ticket in which the message is that it has left."""
        await self.does_once(act, body)
        number = await self.house.ledger.read(
            lambda session: views.ticket_of_event(session, account=PROGRAMS, event_id=self.event_id)
        )
        assert number is not None
        return await self.shows(number, status=201)

    async def does_once(self, act: Act, body: Any) -> bool:
        at = self.house.clock()
        content = body.model_dump(mode="json") if body is not None else {}
        command = Command(account=PROGRAMS, event_id=self.event_id, by=self.by, path=self.path, body=content)
        return await done_once(self.house.ledger, command, lambda tx: act(tx, at), at=at)

    async def shows(self, number: int, status: int = 200) -> JSONResponse:
        found = await self.house.ledger.read(
            lambda session: views.ticket(session, number, link=self.house.links.url)
        )
        if found is None:
            raise NoSuchTicketError(number)
        return await self.numbers.answer(found, status)

    def desk_of(self, tx: Tx, number: int) -> DeskNow:
        return self.house.desk(tickets_.load(tx, number).desk)


def _asked(
    house: TheHouse,
    calling: _Calling,
    request: Request,
    numbers: IdentityNumbers,
    idempotency_key: IdempotencyKey = None,
) -> Asked:
    by, path = calling.actor, request.url.path
    given = f"{path} {idempotency_key}" if idempotency_key else None
    return Asked(house=house, by=by, event_id=key_of(by, given), path=path, numbers=numbers)


Asking = Annotated[Asked, Depends(_asked)]


def only_theirs(by: Actor, desk: str | None) -> None:
    """Raise NotAllowedError if they ask for a desk that is not theirs."""
    if desk is not None and not by.belongs_to(desk):
        raise NotAllowedError(f"{by.key} may not see {desk}")
