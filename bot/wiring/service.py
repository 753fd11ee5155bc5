"""One process's service: what was built for it, and the loops in which it runs."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from bot.accounts.building import Channels
from bot.acts import Acts
from bot.fitting.learning import Learning
from bot.gates import Gates
from bot.groups.group_places import GroupPlaces
from bot.house import House, refresh
from bot.jobs import Jobs
from bot.making.maker import Maker
from bot.people import People
from bot.receive import Receiver
from bot.reconciling.shut_doors import ShutDoors
from bot.service.health import Health
from bot.service.loops import keep_running, turn_by_turn
from bot.service.metrics import Metrics
from bot.wiring.beside import Turns
from bot.wiring.leaving import Senders
from channels.contract import Closable, Listener
from channels.hooks.door import TrackerDoor
from tickets.ledger.followers import Following
from tickets.ledger.news import News
from tickets.ledger.ownership import Ownership
from tickets.ledger.store import Ledger
from tickets.search import SearchIndex

IDLE_SECONDS = 5.0
FOLLOWS_AFTER = 0.05  # seconds: what happens in quick succession is followed at once
INDEXES_AFTER = 0.3
LEARNS_AFTER = 1.0
LEARNING_SECONDS = 5.0
MAKING_SECONDS = 2.0
SHUT_DOORS_SECONDS = 5.0


@dataclass(kw_only=True)
class Service:
    """One process's service, built and not yet running."""

    house: House
    metrics: Metrics
    clock: Callable[[], datetime]
    channels: Channels
    people: People
    places: GroupPlaces
    acts: Acts
    receiver: Receiver
    shut_doors: ShutDoors
    trackers: TrackerDoor
    senders: Senders
    beside: Mapping[str, Turns]  # what goes on beside messages
    following: Following
    search: SearchIndex
    learning: Learning
    maker: Maker
    gates: Gates
    jobs: Jobs
    ownership: Ownership

    def troubles(self) -> dict[str, str]:
        """Return what keeps accounts, or reports, from their work until a person acts, by what it is."""
        return {
            **self.channels.troubles(),
            **self.senders.standstills.troubles(),
            **self.places.troubles(),
            **self.jobs.troubles(),
        }

    @property
    def ledger(self) -> Ledger:
        return self.house.ledger

    @property
    def health(self) -> Health:
        return Health(self.ledger, self.metrics, troubles=self.troubles, matchers=self.learning.standing)

    def work(self) -> dict[str, Callable[[], Awaitable[None]]]:
        """Return the loops of a worker, by name: delivery, followers, files, listeners that poll."""
        loops: dict[str, Callable[[], Awaitable[None]]] = {
            "delivery": self.senders.worker.run,
            "groups": self.senders.groups.run,
            "hooks": self.senders.hooks.run,
        }
        loops["followers"] = self._turns(
            "followers", self.following.turn, IDLE_SECONDS, about=News.HISTORY, rest=FOLLOWS_AFTER
        )
        loops["search"] = self._turns(
            "search", self._index, IDLE_SECONDS, about=News.HISTORY, rest=INDEXES_AFTER
        )
        for name, work in self.beside.items():
            loops[name] = self._turns(name, work.turn, work.seconds, about=work.about)
        loops["making"] = self._turns("making", self.maker.turn, MAKING_SECONDS, about=News.MAKINGS)
        for account, adapter in self.channels.adapters.items():
            if isinstance(adapter, Listener):
                loops[f"listen:{account}"] = self._owned(account, adapter)
        for account, mailbox in self.channels.mailboxes.items():
            loops[f"listen:{account}"] = self._owned(account, mailbox)
        return loops

    def always(self) -> dict[str, Callable[[], Awaitable[None]]]:
        """Return what every process does: hear of changed desks, learn, and of what their gates have earned."""
        return {
            "desks": self._turns("desks", self._refresh_desks, IDLE_SECONDS, about=News.DESKS),
            "learning": self._turns(
                "learning", self._learn, LEARNING_SECONDS, about=News.HISTORY, rest=LEARNS_AFTER
            ),
            "gates": self.gates.run,
        }

    def doors(self) -> dict[str, Callable[[], Awaitable[None]]]:
        """Return the loops of the doors that are not HTTP, and of all that were shut."""
        loops: dict[str, Callable[[], Awaitable[None]]] = {
            "shut_doors": self._turns("shut_doors", self.shut_doors.turn, SHUT_DOORS_SECONDS)
        }
        smtp = self.channels.smtp
        if smtp is not None:
            self.metrics.beat("listen:smtp")  # late from here on, should its port never be had
            loops["smtp"] = lambda: smtp.listen(self.receiver)
        return loops

    async def settle_what_was_left(self) -> None:
        """On start: on SQLite nobody else can be sending, so whatever is marked so was interrupted."""
        await self.people.refresh()
        await self.places.refresh()
        await self.learning.turn()
        if not self.ledger.is_postgres:
            await self.senders.worker.take_over(everything=True)

    async def close(self) -> None:
        await self.learning.close()
        await self.maker.close()
        for adapter in self.channels.adapters.values():
            if isinstance(adapter, Closable):
                await adapter.aclose()
        await self.ownership.close()
        await self.ledger.aside(self.search.close)

    def _turns(
        self,
        name: str,
        turn: Callable[[], Awaitable[int]],
        seconds: float,
        *,
        about: News | None = None,
        rest: float = 0.0,
    ) -> Callable[[], Awaitable[None]]:
        return lambda: turn_by_turn(
            name, turn, ledger=self.ledger, metrics=self.metrics, seconds=seconds, about=about, rest=rest
        )

    async def _learn(self) -> int:
        await self.learning.train()
        return await self.learning.turn()

    async def _index(self) -> int:
        return await self.ledger.aside(self.search.advance)

    async def _refresh_desks(self) -> int:
        changed = await self.ledger.aside(refresh, self.house)
        if changed:
            await self.people.refresh()
        await self.places.refresh()
        return 0

    def _owned(self, account: str, listener: Listener) -> Callable[[], Awaitable[None]]:
        return lambda: self.ownership.run(f"listen:{account}", lambda: listener.listen(self.receiver))


async def run_together(loops: dict[str, Callable[[], Awaitable[None]]]) -> None:
    """Run loops until cancelled."""
    async with asyncio.TaskGroup() as group:
        for name, loop in loops.items():
            group.create_task(keep_running(name, loop), name=name)
