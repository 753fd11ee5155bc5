"""What was kept of what came in, read by the channel that it came by."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl

from sqlmodel import Session, col, select

from bot.accounts.building import trusted_by
from bot.conversation.conversing import HIDDEN
from bot.desks import Desks
from channels.email.parse import parse_mail
from channels.webchat.submission import said_again
from channels.whatsapp.cloud.parse import heard_again
from channels.whatsapp.twilio import parse as twilio
from later import Later
from tickets.connections import Account
from tickets.ledger.blobs import Stored
from tickets.ledger.store import Ledger
from tickets.message import Channel, Heard, Said
from tickets.tables import Inbound, Message

if TYPE_CHECKING:
    from channels.telegram import parse as telegram
else:
    telegram = Later("channels.telegram.parse")


class NoReaderError(Exception):
    """Nothing here can read what this account kept."""


@dataclass(frozen=True, kw_only=True)
class Read:
    """What a message says as it is read now."""

    said: Said
    files: Sequence[Stored]


class Readings:
    """Reads what was kept, by the account that it came in at."""

    def __init__(self, ledger: Ledger, desks: Desks) -> None:
        self._ledger = ledger
        self._desks = desks

    def heard(self, event: Inbound, raw: bytes) -> Heard | None:
        """Raises NoReaderError, and whatever the channel's parser raises."""
        account = self._account(event.account)
        reader = READERS.get(account.channel) if account else None
        if account is None or reader is None:
            raise NoReaderError(
                "no desk has this account" if account is None else "this channel keeps nothing"
            )
        return reader(raw, account)

    async def of_message(self, message: int) -> Read | None:
        """Return what a message says; None where nothing is kept of it, or nobody here can read it any more."""
        event, shown = await self._ledger.read(lambda session: _came_in_as(session, message))
        if event is None:
            return None
        try:
            said = self.heard(event, await raw_of(self._ledger, event))
        except (NoReaderError, FileNotFoundError):
            return None
        if not isinstance(said, Said):
            return None
        if shown == HIDDEN:  # a one-time code is not shown by reading it again
            said = replace(said, text=HIDDEN, full_text=None, html=None)
        return Read(said=said, files=await self._ledger.keep_files(said.files))

    def _account(self, key: str) -> Account | None:
        desk = self._desks.of_account(key)
        return (
            None if desk is None else next((each for each in desk.now.desk.accounts if each.key == key), None)
        )


async def raw_of(ledger: Ledger, event: Inbound) -> bytes:
    """Return what came in. Raises FileNotFoundError, StoreUnavailableError."""
    return await ledger.file(event.raw_sha256) if event.raw_sha256 else event.raw or b""


def _came_in_as(session: Session, message: int) -> tuple[Inbound | None, str]:
    """Return the event that became a message, and what the message says now."""
    query = (
        select(Inbound, Message.text)
        .join(
            Message, (col(Message.account) == Inbound.account) & (col(Message.event_id) == Inbound.event_id)
        )
        .where(Message.id == message)
    )
    found = session.exec(query).first()
    if found is None:
        return None, ""
    session.expunge(found[0])
    return found[0], found[1]


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
    """Read what either provider posted, for an account may have changed from one to the other."""
    if raw.startswith(b"{"):
        return heard_again(raw, account=account.key)
    form = dict(parse_qsl(raw.decode("utf-8", "replace"), keep_blank_values=True))
    if "MessageStatus" in form:  # a callback; a message that came in has SmsStatus
        return twilio.told_of(form, account=account.key, delivery=None, raw=raw)
    return twilio.said_of(form, account=account.key, raw=raw)


# None: nobody said anything. Raises whatever the channel's parser raises.
READERS: Mapping[Channel, Callable[[bytes, Account], Heard | None]] = {
    Channel.EMAIL: _mail,
    Channel.TELEGRAM: _telegram,
    Channel.WHATSAPP: _whatsapp,
    Channel.WEBCHAT: lambda raw, account: said_again(raw, account.key),
}
