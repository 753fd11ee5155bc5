"""Answers that are changed or taken back after they have left."""

from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime

from bot.adapters import Adapters
from channels.contract import RefusedByProvider, TakesBack
from tickets import outbox
from tickets.actions.amending import AMEND, WITHDRAW, did_not_pass
from tickets.ledger.store import Ledger
from tickets.message import Channel, Outgoing, Place, Sent
from tickets.outbox import Parcel

REPEATED = frozenset({AMEND, WITHDRAW})  # done twice they are the same: an unknown outcome is tried again


class UndoingCarrier:
    def __init__(self, ledger: Ledger, adapters: Adapters, *, clock: Callable[[], datetime]) -> None:
        self._ledger = ledger
        self._adapters = adapters
        self._clock = clock
        self.acts: Mapping[str, Callable[[Parcel], Awaitable[Sent]]] = {
            AMEND: self._carry,
            WITHDRAW: self._carry,
        }

    async def _carry(self, parcel: Parcel) -> Sent:
        """Do it; where the provider refuses, the ledger and the agent are told what the contact still sees."""
        message = int(parcel.payload["of"])
        known_as = await self._ledger.write(lambda tx: outbox.known_as(tx, message), name="undo")
        try:
            await self._undo(parcel, known_as)
        except RefusedByProvider as error:
            if error.account_broken:
                raise
            reason, at, before = error.reason, self._clock(), parcel.payload.get("before")
            await self._ledger.write(
                lambda tx: did_not_pass(tx, message, act=parcel.act, before=before, reason=reason, at=at),
                name="undo",
            )
            return Sent(external_ids=(), detail=reason)
        return Sent(external_ids=())

    async def _undo(self, parcel: Parcel, known_as: tuple[str, ...]) -> None:
        adapter, place = self._adapters.sender(parcel.account), _place(parcel)
        if not known_as or (parcel.act == AMEND and len(known_as) > 1):
            raise RefusedByProvider("Pesan ini tidak dapat diubah lagi.")
        if parcel.act == AMEND:
            text = parcel.payload["text"]
            await adapter.send(Outgoing(delivery=parcel.id, place=place, text=text, edits=known_as[0]))
        elif isinstance(adapter, TakesBack):
            await adapter.take_back(known_as)
        else:
            raise RefusedByProvider("Kanal ini tidak dapat menarik pesan.")


def _place(parcel: Parcel) -> Place:
    place = parcel.payload["place"]
    return Place(account=place["account"], channel=Channel(place["channel"]), address=place["address"])
