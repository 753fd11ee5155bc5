"""Processing again what came in: what could not be processed was kept raw, and is read anew by its channel.

Each event keeps its place: the key under which it was kept, and the instant of its receipt where the provider gives
none. What fails again stays kept, with the new reason, and takes nobody down with it.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

import structlog
from sqlmodel import Session, col, select

from bot.desks import Desks
from bot.groups.group_places import GroupPlaces
from bot.house import House
from bot.orders import Orders
from bot.people import People
from bot.readings import Read, Readings, raw_of
from bot.receive import Receiver
from bot.service.metrics import Metrics
from tickets import inbound
from tickets.actions.errors import UnknownValueError
from tickets.actions.rereading import replayed, reread
from tickets.actions.rights import require
from tickets.actor import SYSTEM, Actor, Role
from tickets.ledger.store import Ledger
from tickets.ledger.tx import Tx
from tickets.message import Heard, Said
from tickets.tables import Inbound

log = structlog.get_logger()


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What became of one kept event."""

    account: str
    event_id: str
    error: str | None  # None: it is processed now


async def replay_kept(
    house: House, *, account: str | None = None, clock: Callable[[], datetime]
) -> list[Outcome]:
    """Process again what is kept, oldest first, of one account or of all. Raises StoreBusy."""
    people = People(house.ledger)
    await people.refresh()
    orders = Orders(house.ledger, house.desks, people, message_ids=house.message_ids)
    receiver = Receiver(
        house.ledger, house.desks, orders, metrics=Metrics(), clock=clock, means=house.means,
        message_ids=house.message_ids, places=GroupPlaces(house.ledger, house.desks),
    )  # fmt: skip
    replay = Replay(house.ledger, house.desks, receiver, clock=clock)
    kept = await house.ledger.read(lambda session: _kept(session, account))
    return [await _in_its_turn(event, replay, receiver) for event in kept]


async def _in_its_turn(event: Inbound, replay: "Replay", receiver: Receiver) -> Outcome:
    await receiver.ready(event.account)
    return await replay.again(event, by=SYSTEM)


async def reread_message(house: House, message: int, *, clock: Callable[[], datetime]) -> bool:
    """Read again what came in as a message; whether anything is different. Raises ActError."""
    readings = Readings(house.ledger, house.desks)
    read = await readings.of_message(message)
    if read is None:
        raise UnknownValueError(f"nothing is kept of message {message}", field="message", value=str(message))
    return await house.ledger.write(
        lambda tx: reread(tx, message, read.said, read.files, by=SYSTEM, at=clock()), name="reread"
    )


class Replay:
    """Has what was kept processed as if it came in now."""

    def __init__(
        self, ledger: Ledger, desks: Desks, receiver: Receiver, *, clock: Callable[[], datetime]
    ) -> None:
        self._ledger = ledger
        self._readings = Readings(ledger, desks)
        self._receiver = receiver
        self._clock = clock

    async def of_message(self, message: int) -> Read | None:
        return await self._readings.of_message(message)

    async def kept(self, account: str, event_id: str, *, by: Actor) -> None:
        """Process a kept event again, unless somebody has done so by now. Raises NotAllowedError, StoreBusy."""
        require(by, Role.AGENT, account.partition("/")[0])
        event = await self._ledger.read(lambda session: _waiting(session, account, event_id))
        if event is not None:
            await self.again(event, by=by)

    async def again(self, event: Inbound, *, by: Actor) -> Outcome:
        """Try one event; a reason that it is still kept goes into the ledger too."""
        raw = await raw_of(self._ledger, event)
        try:
            heard = self._readings.heard(event, raw)
        except Exception as error:  # noqa: BLE001  one bad event must not hold up those behind it
            said = f"{type(error).__name__}: {error}"
            await self._receiver.keep(account=event.account, event_id=event.event_id, raw=raw, error=said)
        else:
            await self._process(event, heard, raw)
        reason = await self._ledger.read(lambda session: _reason(session, event))
        if reason is None:
            at = self._clock()
            await self._ledger.write(
                lambda tx: replayed(tx, account=event.account, event_id=event.event_id, by=by, at=at),
                name="replay",
            )
        log.info("replay.tried", account=event.account, event_id=event.event_id, processed=reason is None)
        return Outcome(account=event.account, event_id=event.event_id, error=reason)

    async def _process(self, event: Inbound, heard: Heard | None, raw: bytes) -> None:
        if heard is not None:
            await self._receiver.deliver(_in_its_place(heard, event, raw))
            return

        def nothing_said(tx: Tx) -> None:
            at = self._clock()
            inbound.processed(tx, account=event.account, event_id=event.event_id, message=None, at=at)

        await self._ledger.write(nothing_said, name="replay")


def _in_its_place(heard: Heard, event: Inbound, raw: bytes) -> Heard:
    if isinstance(heard, Said):
        return replace(heard, event_id=event.event_id, raw=raw, said_at=heard.said_at or event.at)
    return replace(heard, event_id=event.event_id, raw=raw)


def _waiting(session: Session, account: str, event_id: str) -> Inbound | None:
    event = session.get(Inbound, (account, event_id))
    if event is None or event.processed_at is not None:
        return None
    session.expunge(event)
    return event


def _kept(session: Session, account: str | None) -> list[Inbound]:
    query = select(Inbound).where(col(Inbound.processed_at).is_(None))
    if account is not None:
        query = query.where(Inbound.account == account)
    events = list(session.exec(query.order_by(col(Inbound.at), col(Inbound.event_id))))
    session.expunge_all()
    return events


def _reason(session: Session, event: Inbound) -> str | None:
    """Return why the event is still kept; None if it is not."""
    now = session.get(Inbound, (event.account, event.event_id))
    return None if now is None or now.processed_at is not None else now.error or "it is still not processed"
