"""Showing contacts that what they wrote was read, where a channel can: it was, once somebody answers.

A receipt is a courtesy. It goes out before the answer, once for each message, and an answer never waits for long nor
fails because of it.
"""

import asyncio
from collections import OrderedDict
from datetime import timedelta

import structlog
from sqlalchemy import bindparam, literal_column, select

from channels.contract import ChannelError, ShowsRead
from tickets.ledger.prepared import Prepared
from tickets.ledger.store import Ledger
from tickets.parcels import Audience, Parcel
from tickets.tables import Message

log = structlog.get_logger()

WITHIN = timedelta(seconds=3)
KEPT = 1000  # receipts that were given, not to be given again by this process

_MESSAGES = Message.__table__  # type: ignore[attr-defined]
_LAST_SAID = Prepared(
    select(_MESSAGES.c.external_id)
    .where(
        _MESSAGES.c.ticket == bindparam("ticket"),
        _MESSAGES.c.direction == literal_column("'in'"),
        _MESSAGES.c.account == bindparam("account"),
    )
    .order_by(_MESSAGES.c.id.desc())
    .limit(1)
)


class ReadReceipts:
    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._given: OrderedDict[str, None] = OrderedDict()

    async def show(self, adapter: object, parcel: Parcel) -> None:
        """Give the receipt that an answer to a contact implies."""
        if not isinstance(adapter, ShowsRead) or parcel.audience is not Audience.CONTACT or not parcel.ticket:
            return
        row = await self._ledger.write(
            lambda tx: tx.one(_LAST_SAID, ticket=parcel.ticket, account=parcel.account), name="read_receipt"
        )
        if row is not None and row.external_id is not None and row.external_id not in self._given:
            await self._give(adapter, parcel, row.external_id)

    async def _give(self, adapter: ShowsRead, parcel: Parcel, external_id: str) -> None:
        try:
            async with asyncio.timeout(WITHIN.total_seconds()):
                await adapter.mark_read(external_id)
        except (ChannelError, TimeoutError) as error:
            log.info("read_receipt.failed", account=parcel.account, error=type(error).__name__)
            return
        self._given[external_id] = None
        if len(self._given) > KEPT:
            self._given.popitem(last=False)
