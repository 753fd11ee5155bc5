"""Processing again what came in and could not be processed: it was kept raw, and is read anew by its channel.

Each event keeps its place: the key under which it was kept, and the instant of its receipt where the provider gives
none. What fails again stays kept, with the new reason, and takes nobody down with it.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from urllib.parse import parse_qsl

import structlog
from sqlmodel import Session, col, select

from bot.accounts import trusted_by
from bot.house import House
from bot.metrics import Metrics
from bot.orders import Orders
from bot.people import People
from bot.receive import Receiver
from channels.email.parse import parse_mail
from channels.telegram import parse as telegram
from channels.webchat.submission import said_again
from channels.whatsapp.twilio import parse as whatsapp
from tickets import inbound
from tickets.desk import Account
from tickets.ledger.store import Ledger
from tickets.ledger.writer import Tx
from tickets.message import Channel, Heard, Said
from tickets.tables import Inbound

log = structlog.get_logger()


class NoReaderError(Exception):
    """Nothing here can read what this account kept."""


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
    orders = Orders(house.ledger, house.desks, people)
    receiver = Receiver(
        house.ledger, house.desks, orders, metrics=Metrics(), clock=clock, codes_key=house.codes_key,
        message_ids=house.message_ids,
    )  # fmt: skip
    replay = _Replay(house, receiver, clock)
    kept = await house.ledger.read(lambda session: _kept(session, account))
    return [await replay.again(event) for event in kept]


class _Replay:
    def __init__(self, house: House, receiver: Receiver, clock: Callable[[], datetime]) -> None:
        self._ledger = house.ledger
        self._accounts = {each.key: each for desk in house.desks for each in desk.now.desk.accounts}
        self._receiver = receiver
        self._clock = clock

    async def again(self, event: Inbound) -> Outcome:
        """Try one event; a reason that it is still kept goes into the ledger too."""
        raw = await self._ledger.aside(_raw, self._ledger, event)
        try:
            heard = self._read(event, raw)
        except Exception as error:  # noqa: BLE001  one bad event must not hold up those behind it
            said = f"{type(error).__name__}: {error}"
            await self._receiver.keep(account=event.account, event_id=event.event_id, raw=raw, error=said)
        else:
            await self._process(event, heard, raw)
        reason = await self._ledger.read(lambda session: _reason(session, event))
        log.info("replay.tried", account=event.account, event_id=event.event_id, processed=reason is None)
        return Outcome(account=event.account, event_id=event.event_id, error=reason)

    def _read(self, event: Inbound, raw: bytes) -> Heard | None:
        account = self._accounts.get(event.account)
        reader = READERS.get(account.channel) if account else None
        if account is None or reader is None:
            raise NoReaderError(
                "no desk has this account" if account is None else "this channel keeps nothing"
            )
        return reader(raw, account)

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


def _raw(ledger: Ledger, event: Inbound) -> bytes:
    return ledger.blobs.get(event.raw_sha256) if event.raw_sha256 else event.raw or b""


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


# -- what each channel keeps, read again ------------------------------------------------------------------------------


def _mail(raw: bytes, account: Account) -> Heard | None:
    return parse_mail(
        raw,
        account=account.key,
        own_addresses=[account.settings["address"]],
        trusted=trusted_by(account),
    )


def _telegram(raw: bytes, account: Account) -> Heard | None:
    return telegram.parse(telegram.read(json.loads(raw)).update, account=account.key, raw=raw)


def _whatsapp(raw: bytes, account: Account) -> Heard | None:
    form = dict(parse_qsl(raw.decode("utf-8", "replace"), keep_blank_values=True))
    if "MessageStatus" in form:  # a callback; a message that came in has SmsStatus
        return whatsapp.told_of(form, account=account.key, delivery=None, raw=raw)
    return whatsapp.said_of(form, account=account.key, raw=raw)


# None: nobody said anything. Raises whatever the channel's parser raises.
READERS: Mapping[Channel, Callable[[bytes, Account], Heard | None]] = {
    Channel.EMAIL: _mail,
    Channel.TELEGRAM: _telegram,
    Channel.WHATSAPP: _whatsapp,
    Channel.WEBCHAT: lambda raw, account: said_again(raw, account.key),
}
