"""An adapter that counts its calls, for what goes to a place that bears only so many."""

from channels.contract import RefusedByProvider, Sender, Topics
from tickets.message import Outgoing, Sent


class Counted:
    """One load's way to its account."""

    def __init__(self, adapter: Sender) -> None:
        self._adapter = adapter
        self.calls = 0

    async def send(self, outgoing: Outgoing) -> Sent:
        sent = await self._adapter.send(outgoing)
        self.calls += max(1, len(sent.external_ids))  # what is too long for one goes in several
        return sent

    async def open_topic(self, group: str, name: str) -> str:
        thread = await self._topics.open_topic(group, name)
        self.calls += 1
        return thread

    async def close_topic(self, group: str, thread: str) -> None:
        await self._topics.close_topic(group, thread)
        self.calls += 1

    async def reopen_topic(self, group: str, thread: str) -> None:
        await self._topics.reopen_topic(group, thread)
        self.calls += 1

    @property
    def _topics(self) -> Topics:
        if not isinstance(self._adapter, Topics):
            raise RefusedByProvider("this account has no topics")
        return self._adapter
