"""Answers that are changed or taken back after they have left."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from datetime import datetime

from sqlalchemy import bindparam, select

from bot.accounts.adapters import Adapters
from channels.contract import AmendsPieces, RefusedByProvider, Sender, TakesBack
from tickets import references
from tickets.actions.amending import AMEND, WITHDRAW, did_not_pass
from tickets.ledger.prepared import Prepared
from tickets.ledger.store import Ledger
from tickets.message import Channel, Outgoing, Place, Sent
from tickets.parcels import Parcel
from tickets.tables import Attachment

_ATTACHMENTS = Attachment.__table__  # type: ignore[attr-defined]
_FILES = Prepared(select(_ATTACHMENTS.c.id).where(_ATTACHMENTS.c.message == bindparam("message")))
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
        known_as = await self._ledger.write(lambda tx: references.known_as(tx, message), name="undo")
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
        adapter = self._adapters.sender(parcel.account)
        if not known_as:
            raise RefusedByProvider("Pesan ini tidak dapat diubah lagi.")
        if parcel.act == AMEND:
            await self._amend(parcel, adapter, known_as)
        elif isinstance(adapter, TakesBack):
            await adapter.take_back(known_as)
        else:
            raise RefusedByProvider("Kanal ini tidak dapat menarik pesan.")

    async def _amend(self, parcel: Parcel, adapter: Sender, known_as: tuple[str, ...]) -> None:
        said = Outgoing(delivery=parcel.id, place=_place(parcel), text=parcel.payload["text"], formatted=True)
        if not isinstance(adapter, AmendsPieces):
            if len(known_as) > 1:
                raise RefusedByProvider(
                    "Pesan ini terkirim dalam beberapa bagian dan tidak dapat diubah lagi."
                )
            await adapter.send(replace(said, edits=known_as[0]))
            return
        message = int(parcel.payload["of"])
        files = await self._ledger.write(lambda tx: len(tx.all(_FILES, message=message)), name="undo")
        left = await adapter.amend(known_as, said, files=files)
        gone = set(known_as) - set(left)
        await self._ledger.write(lambda tx: references.forget(tx, gone, account=parcel.account), name="undo")


def _place(parcel: Parcel) -> Place:
    place = parcel.payload["place"]
    return Place(account=place["account"], channel=Channel(place["channel"]), address=place["address"])
