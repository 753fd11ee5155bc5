"""Practice: an account that has no provider yet still has its door, so that everything can be tried on a fresh machine.

What comes in through it (with `tanggap simulate`, signed with secrets that this installation made for itself) is real
in every part; what goes out stays in the ledger.
"""

from collections.abc import Sequence

from starlette.routing import BaseRoute

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
