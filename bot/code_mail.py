"""Carrying a one-time code to the mailbox that the directory has: it is made here, and stands nowhere but in the mail."""

from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime

from bot.accounts.adapters import Adapters
from bot.desks import Desks, OpenDesk
from bot.voice import contact_voice
from channels.email.message_ids import MessageIds
from templates_replies import identity_phrases
from tickets import contacts, proofs
from tickets.ledger.store import Ledger
from tickets.ledger.tx import Tx
from tickets.message import Channel, Outgoing, Place, Sent
from tickets.one_time_codes import code_of
from tickets.parcels import Parcel


class CodeCarrier:
    def __init__(
        self, ledger: Ledger, desks: Desks, adapters: Adapters, *, key: bytes, message_ids: MessageIds,
        clock: Callable[[], datetime],
    ) -> None:  # fmt: skip
        self._ledger = ledger
        self._desks = desks
        self._adapters = adapters
        self._key = key
        self._message_ids = message_ids
        self._clock = clock

    @property
    def acts(self) -> Mapping[str, Callable[[Parcel], Awaitable[Sent]]]:
        return {"code": self._code}

    async def _code(self, parcel: Parcel) -> Sent:
        adapter = self._adapters.sender(parcel.account)
        mail = await self._ledger.write(lambda tx: self._mail(tx, parcel), name="code")
        return Sent(external_ids=(), detail="over by now") if mail is None else await adapter.send(mail)

    def _mail(self, tx: Tx, parcel: Parcel) -> Outgoing | None:
        """Return what is sent; None for a code that is used or over."""
        code = proofs.code_of(tx, int(parcel.payload["code"]))
        if code is None or code.used_at is not None or self._clock() >= code.expires_at:
            return None
        desk = self._desks[parcel.desk]
        subject, text = identity_phrases.code_mail(
            contact_voice(desk, contacts.load_contact(tx, code.contact).language).language,
            code=code_of(self._key, code.nonce), ticket=parcel.ticket or 0, desk=desk.now.desk.name,
        )  # fmt: skip
        return Outgoing(
            delivery=parcel.id, place=Place(account=parcel.account, channel=Channel.EMAIL, address=code.mailbox),
            subject=subject, text=text,
            message_id=self._message_ids.of(parcel.id, _domain(desk, parcel.account)), automatic=True,
        )  # fmt: skip


def _domain(desk: OpenDesk, account: str) -> str:
    found = next((each for each in desk.now.desk.accounts if each.key == account), None)
    return (found.settings.get("address", "") if found else "").rpartition("@")[2] or "localhost"
