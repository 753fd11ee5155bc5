"""Who calls, and their commands: one at a time, each once."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any

from fastapi import Depends, Header, Request
from fastapi.responses import JSONResponse
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

from console.api.shapes import answer, whole
from console.errors import NotAuthenticatedError
from console.house import House, TheHouse
from console.once import Command, key_of, once
from console.tokens import is_fixed, owner_of
from tickets import ticket as tickets_
from tickets import views
from tickets.actions.errors import NotAllowedError
from tickets.actor import Actor, Kind, Role
from tickets.desk import DeskNow
from tickets.ledger.writer import Tx
from tickets.ticket import NoSuchTicketError

ACCOUNT = "api"  # under which commands are kept
_FIXED = Actor(kind=Kind.API, id="fixed-token", role=Role.ADMIN)

_bearer = HTTPBearer(auto_error=False, description="A token of `tanggap token create`")
Act = Callable[[Tx, datetime], int | None]


async def _caller(
    house: TheHouse, given: Annotated[HTTPAuthorizationCredentials | None, Depends(_bearer)]
) -> Actor:
    if given is None:
        raise NotAuthenticatedError
    token = given.credentials
    if is_fixed(token, house.api_token):
        return _FIXED
    found = await house.ledger.read(lambda session: owner_of(session, token))
    if found is None:
        raise NotAuthenticatedError
    return found


Caller = Annotated[Actor, Depends(_caller)]
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

    async def does(self, number: int, act: Act, body: Any = None) -> JSONResponse:
        """Do it once and answer with the ticket as it stands then."""
        await self.does_once(act, body)
        return await self.shows(number)

    async def does_once(self, act: Act, body: Any) -> bool:
        house = self.house
        at = house.clock()
        content = body.model_dump(mode="json") if body is not None else {}
        command = Command(account=ACCOUNT, event_id=self.event_id, by=self.by, path=self.path, body=content)
        return await house.ledger.write(
            lambda tx: once(tx, command, lambda tx: act(tx, at), at=at), name="api"
        )

    async def shows(self, number: int, status: int = 200) -> JSONResponse:
        found = await self.house.ledger.read(
            lambda session: views.ticket(session, number, link=self.house.links.url)
        )
        if found is None:
            raise NoSuchTicketError(number)
        return answer(whole(found), status)

    def desk_of(self, tx: Tx, number: int) -> DeskNow:
        return self.house.desk(tickets_.load(tx, number).desk)


def _asked(house: TheHouse, by: Caller, request: Request, idempotency_key: IdempotencyKey = None) -> Asked:
    path = request.url.path
    given = f"{path} {idempotency_key}" if idempotency_key else None
    return Asked(house=house, by=by, event_id=key_of(by, given), path=path)


Asking = Annotated[Asked, Depends(_asked)]


def only_theirs(by: Actor, desk: str | None) -> None:
    """Raise NotAllowedError if they ask for a desk that is not theirs."""
    if desk is not None and by.desks is not None and desk not in by.desks:
        raise NotAllowedError(f"{by.key} may not see {desk}")
