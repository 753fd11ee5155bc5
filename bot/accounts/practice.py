"""Practice: an account that has no provider yet still has its door, so that everything can be tried on a fresh machine.

What comes in through it (with `tanggap simulate`, signed with secrets that this installation made for itself) is real
in every part; what goes out stays in the ledger.
"""

import asyncio
from collections.abc import Callable, Sequence
from functools import partial

from starlette.routing import BaseRoute, Route
from starlette.types import ASGIApp, Receive, Scope, Send

from channels.contract import Inlet, Routed
from channels.loopback import Loopback
from tickets.message import Outgoing, Sent

REMARK = "Latihan: tidak dikirim ke luar. / Practice: not sent to the provider."


class Practice:
    """The door of a real adapter, with a loopback behind it."""

    def __init__(self, door: Routed | None = None) -> None:
        self._door = door
        self._loopback = Loopback(remark=REMARK)

    def routes(self, inlet: Inlet) -> Sequence[BaseRoute]:
        return self._door.routes(inlet) if self._door is not None else ()

    async def send(self, outgoing: Outgoing) -> Sent:
        return await self._loopback.send(outgoing)


class LateDoor:
    """The door of an adapter that is made when somebody comes to it."""

    def __init__(self, path: str, make: Callable[[], Routed]) -> None:
        """Take the path of the door's one route."""
        self._path = path
        self._make = make

    def routes(self, inlet: Inlet) -> Sequence[BaseRoute]:
        return (Route(self._path, _Behind(partial(self._routes, inlet))),)

    def _routes(self, inlet: Inlet) -> Sequence[BaseRoute]:
        return self._make().routes(inlet)


class _Behind:
    """What answers behind a late door."""

    def __init__(self, routes: Callable[[], Sequence[BaseRoute]]) -> None:
        self._routes = routes
        self._door: ASGIApp | None = None
        self._making = asyncio.Lock()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async with self._making:
            if self._door is None:
                (route,) = await asyncio.to_thread(self._routes)
                self._door = route.handle
        await self._door(scope, receive, send)
