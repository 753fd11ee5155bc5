"""All that is carried, by what its act is called."""

from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime

from bot.accounts.adapters import Adapters
from bot.carrying.attached import Attached
from bot.carrying.counted import Counted
from bot.carrying.equipment import Equipment
from bot.carrying.group import CarryLoad, GroupCarrier, page_of
from bot.carrying.made_links import MadeLink, no_link
from bot.carrying.people import PeopleCarrier
from bot.carrying.talk import GroupTalk
from bot.carrying.undoing import UndoingCarrier
from bot.desks import Desks
from channels.email.message_ids import MessageIds
from tickets.budgets import Carried, Load
from tickets.ledger.store import Ledger
from tickets.message import Sent
from tickets.parcels import Parcel


class Carriers:
    def __init__(
        self,
        ledger: Ledger,
        desks: Desks,
        adapters: Adapters,
        *,
        message_ids: MessageIds,
        clock: Callable[[], datetime],
        link: Callable[[int], str | None] = lambda _attachment: None,
        more: Mapping[str, Callable[[Parcel], Awaitable[Sent]]] | None = None,
        public_url: str | None = None,
        made: MadeLink = no_link,
    ) -> None:
        """`more`: how acts are carried out that go through no account of the desk's."""
        equipment = Equipment(
            ledger=ledger, desks=desks, adapters=adapters, attached=Attached(ledger, link), clock=clock,
            public_url=public_url, made=made,
        )  # fmt: skip
        people, group = PeopleCarrier(equipment, message_ids=message_ids), GroupCarrier(equipment)
        talk = GroupTalk(equipment, group, outgoing=people.outgoing)
        self._acts: Mapping[str, Callable[[Parcel], Awaitable[Sent]]] = {
            **people.acts,
            **group.acts,
            **UndoingCarrier(ledger, adapters, clock=clock).acts,
            **(more or {}),
        }
        self._adapters = adapters
        self._public_url = public_url
        self._loads: Mapping[str, CarryLoad] = {**group.loads, **talk.loads}
        self.outgoing = people.outgoing

    def page(self, ticket: int) -> str | None:
        """Return where a ticket stands on the web, if it does."""
        return page_of(self._public_url, ticket)

    async def carry(self, parcel: Parcel) -> Sent:
        """Carry a parcel out. Raises Deferred or RefusedByProvider; anything else is an unknown outcome."""
        return await self._acts[parcel.act](parcel)

    async def carry_load(self, load: Load) -> Carried:
        """Carry out what goes into a group as one. Errors as in `carry`, for all of it."""
        head = load.parcels[0]
        if head.act in self._loads:
            return await self._loads[head.act](load.parcels, Counted(self._adapters.sender(head.account)))
        sent = await self.carry(head)
        return Carried(told=1, sent=sent, calls=len(sent.external_ids))
