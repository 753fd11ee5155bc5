"""Answers for visitors of the web chat who have left: to the mailbox that they named, unless they read them in time.

The mailbox is the visitor's own word, so nothing hangs on it: their conversation stays theirs, and joins nobody's history.
What goes there is what a person of the desk answered, with its files, and below it what the visitor had written. An
answer to the mail finds the ticket by our Message-ID.
"""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy import bindparam, select

from bot import topics
from bot.accounts.adapters import Adapters
from bot.carrying.attached import Attached
from bot.desks import Desks, OpenDesk
from bot.telling import into_topic
from bot.voice import contact_voice, staff_voice
from channels.contract import RefusedByProvider
from channels.email.message_ids import MessageIds
from templates_replies import chat_mail_phrases as phrases
from tickets import contacts
from tickets import ticket as tickets_
from tickets.connections import Account
from tickets.ledger.events import Recorded
from tickets.ledger.prepared import Prepared, Row
from tickets.ledger.store import Ledger
from tickets.ledger.tx import Tx
from tickets.message import Channel, Delivery, Outgoing, Place, Quoted, Sent
from tickets.outbox import enqueue
from tickets.parcels import Audience, Parcel, Priority
from tickets.tables import Message

ACT = "chat_mail"
WAITS = timedelta(minutes=5)  # for the visitor to read the answer where they asked
_LOOKS_BACK = 20  # messages of the visitor among which the mailbox is looked for
_LONGEST_QUOTE = 2000  # characters
_MESSAGES = Message.__table__  # type: ignore[attr-defined]
_THEIRS = Prepared(
    select(_MESSAGES.c.text, _MESSAGES.c.at, _MESSAGES.c.participants, _MESSAGES.c.id)
    .where(_MESSAGES.c.address == bindparam("address"), _MESSAGES.c.direction == "in")
    .order_by(_MESSAGES.c.id.desc())
    .limit(_LOOKS_BACK)
)
_ANSWER = Prepared(
    select(
        _MESSAGES.c.text, _MESSAGES.c.formatted, _MESSAGES.c.delivery, _MESSAGES.c.address, _MESSAGES.c.withdrawn_at
    ).where(_MESSAGES.c.id == bindparam("id"))
)  # fmt: skip


class ChatMailFollower:
    name = "chat_mail"

    def __init__(self, desks: Desks) -> None:
        self._desks = desks

    def wants(self, event: Recorded) -> bool:
        desk = self._desks.get(event.desk) if event.kind == "message.answered" else None
        return desk is not None and bool(desk.now.desk.accounts_on(Channel.WEBCHAT))

    def follow(self, tx: Tx, event: Recorded) -> None:
        desk = self._desks[event.desk]
        if event.ticket is None or event.subject is None:
            return
        ticket = tickets_.load(tx, event.ticket)
        sender = _mailbox_of(desk)
        if ticket.channel != Channel.WEBCHAT or ticket.address is None or sender is None:
            return
        mailbox = _left_by(tx.all(_THEIRS, address=ticket.address))
        if mailbox is None:
            return
        enqueue(
            tx, dedup=f"{ACT}:{event.subject}", account=sender.key, audience=Audience.CONTACT, act=ACT,
            order_key=f"{ACT}:{event.subject}", priority=Priority.ANSWER, desk=event.desk, ticket=event.ticket,
            payload={"answer": int(event.subject), "mailbox": mailbox}, at=event.at, not_before=event.at + WAITS,
        )  # fmt: skip


class ChatMailCarrier:
    def __init__(
        self, ledger: Ledger, desks: Desks, adapters: Adapters, *, message_ids: MessageIds,
        clock: Callable[[], datetime],
    ) -> None:  # fmt: skip
        self._ledger = ledger
        self._desks = desks
        self._adapters = adapters
        self._attached = Attached(ledger, link=lambda _file: None)
        self._message_ids = message_ids
        self._clock = clock

    @property
    def acts(self) -> Mapping[str, Callable[[Parcel], Awaitable[Sent]]]:
        return {ACT: self._carry}

    async def _carry(self, parcel: Parcel) -> Sent:
        adapter = self._adapters.sender(parcel.account)
        mail = await self._ledger.write(lambda tx: self._mail(tx, parcel), name=ACT)
        if mail is None:
            return Sent(external_ids=(), detail="read in the chat, or taken back")
        files = await self._attached.of(parcel.payload["answer"])
        try:
            return await adapter.send(replace(mail, files=files))
        except RefusedByProvider as error:
            if not error.account_broken:  # then it waits
                reason, at = error.reason, self._clock()
                await self._ledger.write(lambda tx: self._tell(tx, parcel, reason, at), name=ACT)
            raise

    def _tell(self, tx: Tx, parcel: Parcel, reason: str, at: datetime) -> None:
        """Say in the topic that the mail did not get through: nobody but the agent can still reach the visitor."""
        topic = topics.topic_of(tx, parcel.ticket or 0)
        if topic is None:
            return
        text = phrases.not_mailed(
            staff_voice(self._desks[parcel.desk]).language, ticket=parcel.ticket or 0,
            mailbox=parcel.payload["mailbox"], reason=reason,
        )  # fmt: skip
        into_topic(tx, topic, desk=parcel.desk, act="notice", dedup=f"lost:{parcel.id}", at=at, text=text)

    def _mail(self, tx: Tx, parcel: Parcel) -> Outgoing | None:
        """Return what is sent, without its files; None where the visitor has read the answer, or nobody shall."""
        answer = tx.one(_ANSWER, id=parcel.payload["answer"])
        if answer is None or answer.delivery == Delivery.READ or answer.withdrawn_at is not None:
            return None
        desk = self._desks[parcel.desk]
        contact = contacts.load_contact(tx, contacts.load_address(tx, answer.address).contact)
        language = contact_voice(desk, contact.language).language
        before = [row for row in tx.all(_THEIRS, address=answer.address) if row.id < parcel.payload["answer"]]
        subject, text = phrases.answer_by_mail(
            language, desk=desk.now.desk.name, ticket=parcel.ticket or 0, answer=answer.text
        )
        asked = before[0].text[:_LONGEST_QUOTE].strip() if before else ""
        quoted = Quoted(attribution=phrases.asked(language), text=asked) if asked else None
        mailbox = parcel.payload["mailbox"]
        return Outgoing(
            delivery=parcel.id, place=Place(account=parcel.account, channel=Channel.EMAIL, address=mailbox),
            subject=subject, text=text, formatted=answer.formatted, quoted=quoted,
            message_id=self._message_ids.of(parcel.id, _domain(desk, parcel.account)),
        )  # fmt: skip


def _left_by(theirs: list[Row]) -> str | None:
    """Return the mailbox that a visitor named last."""
    return next((row.participants[0] for row in theirs if row.participants), None)


def _mailbox_of(desk: OpenDesk) -> Account | None:
    return next((each for each in desk.now.desk.accounts_on(Channel.EMAIL) if not each.off), None)


def _domain(desk: OpenDesk, account: str) -> str:
    found = next((each for each in desk.now.desk.accounts if each.key == account), None)
    return (found.settings.get("address", "") if found else "").rpartition("@")[2] or "localhost"
