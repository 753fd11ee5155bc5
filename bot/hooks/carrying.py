"""Brings what waits for a hook to it: draws the body, signs, tries once, writes down how it went.

A repeat carries the same id, and the ticket as it stands then.
"""

import json
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from bot.desks import Desks, OpenDesk
from channels.contract import Deferred, RefusedByProvider
from channels.hooks.send import Hook, HookSender, Try
from tickets import hooks
from tickets.desk import Desk
from tickets.hooks import Tried
from tickets.ledger.store import Ledger
from tickets.message import Sent
from tickets.parcels import Parcel

PAUSED_WAIT = timedelta(hours=1)
TEST = "test"
Body = Callable[
    [Parcel, OpenDesk], Awaitable[Mapping[str, Any] | None]
]  # None: there is nothing to tell any more


@dataclass(frozen=True, kw_only=True)
class Receiver:
    """Whom a hook goes to, as the desk's file has it now."""

    url: str
    secret: str | None = field(repr=False)


class HookCarrier:
    def __init__(
        self,
        ledger: Ledger,
        desks: Desks,
        sender: HookSender,
        *,
        bodies: Mapping[str, Body],
        clock: Callable[[], datetime],
    ) -> None:
        """`bodies`: what is said, by the act of a parcel."""
        self._ledger = ledger
        self._desks = desks
        self._sender = sender
        self._bodies = bodies
        self._clock = clock

    @property
    def acts(self) -> Mapping[str, Callable[[Parcel], Awaitable[Sent]]]:
        return dict.fromkeys(self._bodies, self.carry)

    async def carry(self, parcel: Parcel) -> Sent:
        """Try once. Raises Deferred whatever went wrong: a repeat harms nobody, for its id is the same."""
        desk = self._desks[parcel.desk]
        receiver = receiver_of(desk.now.desk, parcel.account)
        if receiver is None:
            raise RefusedByProvider("the desk has no such webhook any more")
        if receiver.secret is None:
            raise Deferred("its secret is not set", wait=PAUSED_WAIT)
        state = await self._ledger.write(lambda tx: hooks.hook_of(tx, parcel.account), name="hook")
        if state is not None and state.paused_at is not None:
            raise Deferred("the webhook is paused", wait=PAUSED_WAIT)
        body = await self._body(parcel, desk)
        if body is None:
            return Sent(external_ids=(), detail="nothing to tell any more")
        hook = Hook(
            id=parcel.payload["id"],
            url=receiver.url,
            secret=receiver.secret,
            body=json.dumps(body, ensure_ascii=False).encode(),
        )
        tried = await self._sender.send(hook, at=self._clock())
        await self._note(parcel, tried)
        if tried.error is not None:
            raise Deferred(tried.error, wait=tried.wait)
        return Sent(external_ids=())

    async def _body(self, parcel: Parcel, desk: OpenDesk) -> Mapping[str, Any] | None:
        if parcel.payload["kind"] != TEST:
            return await self._bodies[parcel.act](parcel, desk)
        return {
            "type": TEST,
            "timestamp": parcel.created_at.isoformat(),
            "data": {"desk": parcel.desk, "webhook": parcel.account.partition("/hook/")[2]},
        }

    async def _note(self, parcel: Parcel, tried: Try) -> None:
        at = self._clock()
        how = Tried(took=tried.took, status=tried.status, error=tried.error, gone=tried.gone)
        await self._ledger.write(lambda tx: hooks.note_try(tx, parcel, how, at=at), name="hook")


def receiver_of(desk: Desk, account: str) -> Receiver | None:
    """Return whom an account of the outbox stands for; None if the desk's file names it no longer."""
    for webhook in desk.webhooks:
        if hooks.key_of(desk.slug, webhook.id) == account:
            return Receiver(url=webhook.url, secret=webhook.secret)
    for team in desk.teams:
        if team.tracker is not None and hooks.key_of(desk.slug, hooks.tracker_of(team.id)) == account:
            return Receiver(url=team.tracker.url, secret=team.tracker.secret)
    return None
