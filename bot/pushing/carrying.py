"""Brings what waits for a device to it, drawn as things stand then. It says the ticket's number and what happened, no more."""

import json
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from bot.pushing.following import held
from bot.pushing.rule import Why, is_stale, still
from channels.contract import Deferred, RefusedByProvider
from channels.push.encryption import read_subscription
from channels.push.send import Pushed, PushSender
from templates_replies import push_phrases
from templates_replies.catalogue import LANGUAGES, Language
from tickets import absences, devices
from tickets import ticket as tickets_
from tickets.devices import DeviceNow
from tickets.ledger import events
from tickets.ledger.store import Ledger
from tickets.ledger.tx import Tx
from tickets.message import Sent
from tickets.parcels import Parcel

MOST_TRIES = 5
IsIn = Callable[[Tx, str, datetime], bool]  # whether a session is open at an instant
LooksElsewhere = Callable[[str, str], bool]  # whether a person looks at a page in another session than this


@dataclass(frozen=True, kw_only=True)
class _Told:
    """What one device is told."""

    device: DeviceNow
    title: str
    text: str
    url: str

    def body(self) -> bytes:
        shown = {"title": self.title, "body": self.text, "url": self.url, "lang": self.device.language}
        return json.dumps(shown, ensure_ascii=False).encode()


class PushCarrier:
    def __init__(
        self, ledger: Ledger, sender: PushSender, *, is_in: IsIn, looks_elsewhere: LooksElsewhere,
        clock: Callable[[], datetime],
    ) -> None:  # fmt: skip
        self._ledger = ledger
        self._sender = sender
        self._is_in = is_in
        self._looks_elsewhere = looks_elsewhere
        self._clock = clock

    @property
    def acts(self) -> Mapping[str, Callable[[Parcel], Awaitable[Sent]]]:
        return {devices.ACT: self.carry}

    async def carry(self, parcel: Parcel) -> Sent:
        """Try once. Raises Deferred a few times, then RefusedByProvider."""
        told = await self._ledger.write(lambda tx: self._drawn(tx, parcel), name=devices.ACT)
        if told is None:
            return Sent(external_ids=(), detail="nothing to tell any more")
        device = told.device
        pushed = await self._sender.push(
            told.body(), read_subscription(device.endpoint, device.p256dh, device.auth),
            topic=f"t{parcel.ticket or 0}", at=self._clock(),
        )  # fmt: skip
        await self._ledger.write(lambda tx: self._note(tx, device, pushed), name=devices.ACT)
        if pushed.error is None:
            return Sent(external_ids=())
        if pushed.again and parcel.attempts < MOST_TRIES:
            raise Deferred(pushed.error, wait=pushed.wait)
        raise RefusedByProvider(pushed.error)

    def _drawn(self, tx: Tx, parcel: Parcel) -> _Told | None:
        """Return what is told; None where there is nothing any more, or nobody who should hear it."""
        device, now = devices.find(tx, parcel.payload["device"]), self._clock()
        if device is None:
            return None
        if not self._is_in(tx, device.session, now):
            devices.forget(tx, device.id)
            return None
        language = _language_of(device)
        if parcel.ticket is None:
            return _Told(
                device=device, title="Tanggap", text=push_phrases.works(language), url="/account#devices"
            )
        if self._looks_elsewhere(device.email, device.session):
            return None
        why = self._why(tx, parcel.ticket, parcel, now)
        if not why:
            return None
        return _Told(
            device=device, title=push_phrases.title(language, parcel.ticket),
            text=push_phrases.happened(language, why), url=f"/tickets/{parcel.ticket}",
        )  # fmt: skip

    def _why(self, tx: Tx, ticket: int, parcel: Parcel, now: datetime) -> tuple[Why, ...]:
        """Return what is still worth telling."""
        payload = parcel.payload
        if is_stale(datetime.fromisoformat(payload["due"]), now):
            return ()
        if payload["who"] in absences.away_now(tx, parcel.desk, now):
            return ()
        clocks = {clock.key: clock for clock in events.clocks_of(tx, ticket)}
        return still(payload["news"], payload["who"], held(tickets_.load(tx, ticket)), clocks, now)

    def _note(self, tx: Tx, device: DeviceNow, pushed: Pushed) -> None:
        if pushed.gone:
            devices.forget(tx, device.id)
        else:
            devices.fared(tx, device, well=pushed.error is None, at=self._clock())


def _language_of(device: DeviceNow) -> Language:
    return next((each for each in LANGUAGES if each == device.language), LANGUAGES[0])
