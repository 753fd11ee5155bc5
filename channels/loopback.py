"""A channel that goes nowhere: for accounts that have no provider yet, and for tests. It keeps what it was given."""

from collections import deque

from tickets.message import Outgoing, Sent

KEPT = 1000


class Loopback:
    """Takes everything over at once. `remark` is what an agent reads beside the delivery state."""

    def __init__(self, *, remark: str | None = None) -> None:
        self._remark = remark
        self.sent: deque[Outgoing] = deque(maxlen=KEPT)

    async def send(self, outgoing: Outgoing) -> Sent:
        self.sent.append(outgoing)
        return Sent(external_ids=(f"loopback-{outgoing.delivery}",), detail=self._remark)
