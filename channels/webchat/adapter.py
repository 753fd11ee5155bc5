"""The adapter: a page by HTTP on one side, the ledger itself on the other."""

from collections.abc import Callable, Sequence

from starlette.routing import BaseRoute

from channels.contract import Inlet
from channels.webchat.door import Door
from channels.webchat.settings import History, Once, Sleeper, WebChatSettings
from tickets.message import Delivery, Outgoing, Sent


class WebChat:
    """A `Sender` that is `Routed` and `TakesBack`."""

    def __init__(
        self, settings: WebChatSettings, *, history: History, waits: Callable[[], Sleeper], once: Once
    ) -> None:
        self._settings = settings
        self._history = history
        self._waits = waits
        self._once = once

    async def send(self, outgoing: Outgoing) -> Sent:
        """Nothing is to be carried anywhere: the page reads from the ledger, where the message is already."""
        return Sent(external_ids=(f"webchat-{outgoing.delivery}",), state=Delivery.DELIVERED)

    async def take_back(self, external_ids: Sequence[str]) -> None:
        """Leave it to the page, which shows nothing that was taken back."""

    def routes(self, inlet: Inlet) -> Sequence[BaseRoute]:
        door = Door(self._settings, inlet, history=self._history, waits=self._waits, once=self._once)
        return door.routes()
