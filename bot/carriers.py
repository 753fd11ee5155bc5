"""How each kind of parcel is carried out: read what it needs from the ledger, hand it to the adapter.

What a carrier writes (a topic's thread, a card's id) is written by a job of its own, before the parcel is settled, so
that a repeat finds it.
"""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import bindparam, select

from bot import topics
from bot.adapters import Adapters
from bot.alerts import alert_of
from bot.cards import card_of
from bot.desks import Desks, OpenDesk
from bot.digests import board_letter
from bot.letters import copies_of, quoted_below
from bot.mirroring import mirrored
from bot.notices import given_text
from bot.telling import Rows
from bot.topics import TopicNow
from bot.voice import staff_voice
from channels.contract import Deferred, Reacting, RefusedByProvider, Sender, ThreadGone, Topics
from channels.email.message_ids import MessageIds
from templates_replies.promise_phrases import by_words
from tickets import ticket as tickets_
from tickets.ledger.prepared import Prepared, Row
from tickets.ledger.store import Ledger
from tickets.ledger.writer import Tx
from tickets.message import Button, Channel, File, Outgoing, Place, Sent, Template
from tickets.outbox import Audience, Parcel, Priority, enqueue
from tickets.tables import Attachment, Message

_MESSAGES = Message.__table__  # type: ignore[attr-defined]
_ATTACHMENTS = Attachment.__table__  # type: ignore[attr-defined]
_MESSAGE = Prepared(select(_MESSAGES).where(_MESSAGES.c.id == bindparam("id")))
_FILES = Prepared(
    select(_ATTACHMENTS).where(_ATTACHMENTS.c.message == bindparam("message")).order_by(_ATTACHMENTS.c.id)
)
_FILE = Prepared(select(_ATTACHMENTS).where(_ATTACHMENTS.c.id == bindparam("id")))
_FILES_WAIT = timedelta(seconds=2)
_TOPIC_WAIT = timedelta(seconds=2)


class Carriers:
    def __init__(
        self,
        ledger: Ledger,
        desks: Desks,
        adapters: Adapters,
        *,
        message_ids: MessageIds,
        clock: Callable[[], datetime],
        link: Callable[[int], str | None] = lambda _attachment: None,
        more: Mapping[str, Callable[[Parcel], Awaitable[Sent]]] | None = None,
        public_url: str | None = None,
    ) -> None:
        """`more`: how acts are carried out that go through no account of the desk's."""
        self._ledger = ledger
        self._desks = desks
        self._adapters = adapters
        self._message_ids = message_ids
        self._clock = clock
        self._link = link  # a public, expiring link to an attachment
        self._public_url = public_url  # of the pages
        self._acts: Mapping[str, Callable[[Parcel], Awaitable[Sent]]] = {
            "message": self._send,
            "say": self._send,
            "alert": self._alert,
            "board": self._board,
            "given": self._given,
            "tell": self._tell,
            "topic": self._topic,
            "card": self._card,
            "mirror": self._mirror,
            "notice": self._notice,
            "file": self._file,
            "reaction": self._reaction,
            "close_topic": self._close_topic,
            "leave_topic": self._leave_topic,
            "reopen_topic": self._reopen_topic,
            **(more or {}),
        }

    async def carry(self, parcel: Parcel) -> Sent:
        """Carry a parcel out. Raises Deferred or RefusedByProvider; anything else is an unknown outcome."""
        return await self._acts[parcel.act](parcel)

    async def outgoing(self, parcel: Parcel) -> Outgoing:
        """Return what is sent to a contact or to one of the staff, files loaded."""
        payload = parcel.payload
        place = _place(payload["place"])
        whose = payload.get("files_of", parcel.message)
        files = await self._files(whose) if payload.get("files") and whose else ()
        message_id = quoted = None
        copies: tuple[str, ...] = ()
        automatic = bool(payload.get("automatic")) or parcel.audience is Audience.STAFF
        if place.channel is Channel.EMAIL and not automatic:
            desk = self._desks.of_account(parcel.account) or self._desk(parcel)
            quoted, copies = await self._ledger.write(
                lambda tx: (quoted_below(tx, parcel, desk), copies_of(tx, parcel, desk)), name="letter"
            )
        if place.channel is Channel.EMAIL:
            message_id = self._message_ids.of(parcel.id, self._mail_domain(parcel))
        template = payload.get("template")
        return Outgoing(
            delivery=parcel.id,
            place=place,
            text=payload.get("text", ""),
            subject=payload.get("subject"),
            files=files,
            buttons=tuple(
                tuple(Button(label=label, data=data) for label, data in row)
                for row in payload.get("buttons", ())
            ),
            template=Template(**template) if template else None,
            replies_to=payload.get("replies_to"),
            references=tuple(payload.get("references", ())),
            message_id=message_id,
            quoted=quoted,
            copies=copies,
            automatic=automatic,
        )

    def another_way(self, tx: Tx, parcel: Parcel, *, at: datetime) -> None:
        """Queue what could not be delivered to one of the staff for the next way to the same person."""
        left = parcel.payload["ways"][1:]
        if left:
            enqueue(
                tx, dedup=f"again:{parcel.id}", account=left[0]["account"], audience=Audience.STAFF, act=parcel.act,
                order_key=parcel.order_key, priority=Priority.ALERT, desk=parcel.desk, ticket=parcel.ticket, at=at,
                payload={**parcel.payload, "ways": left},
            )  # fmt: skip

    # -- to a person's own address ------------------------------------------------------------------------------------

    async def _send(self, parcel: Parcel) -> Sent:
        return await self._adapter(parcel.account).send(await self.outgoing(parcel))

    async def _alert(self, parcel: Parcel) -> Sent:
        desk, payload = self._desk(parcel), parcel.payload
        now, ticket = self._clock(), parcel.ticket or 0
        told = await self._ledger.write(
            lambda tx: alert_of(tx, ticket=ticket, payload=payload, desk=desk, now=now), name="alert"
        )
        if told is None:
            return _NOTHING_TO_SAY
        text, buttons = told.text, told.buttons
        if (
            buttons and _place(payload["ways"][0]).channel is not Channel.TELEGRAM
        ):  # elsewhere a list of words
            text, buttons = f"{text}\n\n{by_words(staff_voice(desk).language, ticket=ticket)}", ()
        return await self._to_person(parcel, text, buttons)

    async def _given(self, parcel: Parcel) -> Sent:
        desk, now = self._desk(parcel), self._clock()
        shown = await self._ledger.write(lambda tx: given_text(tx, parcel.payload, desk, now), name="given")
        return _NOTHING_TO_SAY if shown is None else await self._to_person(parcel, *shown)

    async def _board(self, parcel: Parcel) -> Sent:
        desk, now = self._desk(parcel), self._clock()
        on = date.fromisoformat(parcel.payload["on"]) if "on" in parcel.payload else None
        if on is not None and now.astimezone(desk.now.desk.calendar.tz).date() != on:
            return Sent(external_ids=(), detail="the day is over")
        text = await self._ledger.read(
            lambda session: board_letter(session, desk, on=on, public_url=self._public_url, now=now)
        )
        return await self._to_person(parcel, text)

    async def _tell(self, parcel: Parcel) -> Sent:
        return await self._to_person(parcel, parcel.payload["text"])

    async def _to_person(self, parcel: Parcel, text: str, buttons: Rows = ()) -> Sent:
        """Send on the first of the ways that are left; a mail's subject is the first line."""
        place = _place(parcel.payload["ways"][0])
        subject = text.split("\n", 1)[0] if place.channel is Channel.EMAIL else None
        message_id = self._message_ids.of(parcel.id, self._mail_domain(parcel)) if subject else None
        return await self._adapter(parcel.account).send(
            Outgoing(
                delivery=parcel.id,
                place=place,
                text=text,
                subject=subject,
                buttons=tuple(tuple(row) for row in buttons),
                message_id=message_id,
                automatic=True,
            )
        )  # fmt: skip

    # -- into the agents' group ---------------------------------------------------------------------------------------

    async def _topic(self, parcel: Parcel) -> Sent:
        topic = await self._topic_now(parcel)
        if topic.thread is None or topic.card is None:
            await self._make_topic(parcel, topic)
        return Sent(external_ids=())

    async def _make_topic(self, parcel: Parcel, topic: TopicNow) -> TopicNow:
        """Open the topic if the group does not have it, and put the card into it."""
        adapter, desk = self._adapter(parcel.account), self._desk(parcel)
        card, rows = await self._ledger.write(
            lambda tx: card_of(
                tx, tickets_.load(tx, topic.ticket), desk=desk, now=self._clock(), for_team=topic.team
            ),
            name="card",
        )
        voice = staff_voice(desk)
        if topic.thread is None:
            if not isinstance(adapter, Topics):
                raise RefusedByProvider("this account has no topics")
            thread = await adapter.open_topic(topic.group, voice.topic_name(card))
            await self._remember(topic, thread=thread, open=True)
            topic = replace(topic, thread=thread)
        shown = Outgoing(
            delivery=parcel.id,
            place=self._in(topic),
            text=voice.card(card, self._clock()),
            buttons=tuple(tuple(row) for row in rows),
        )
        sent = await adapter.send(shown)
        await self._remember(topic, card=sent.external_ids[0])
        return replace(topic, card=sent.external_ids[0])

    async def _card(self, parcel: Parcel) -> Sent:
        topic = await self._topic_now(parcel)
        if topic.card is None:
            raise Deferred("the topic is not there yet", wait=_TOPIC_WAIT)
        desk = self._desk(parcel)
        card, rows = await self._ledger.write(
            lambda tx: card_of(
                tx, tickets_.load(tx, topic.ticket), desk=desk, now=self._clock(), for_team=topic.team
            ),
            name="card",
        )
        edit = Outgoing(
            delivery=parcel.id, place=self._in(topic), text=staff_voice(desk).card(card, self._clock()),
            buttons=tuple(tuple(row) for row in rows), edits=topic.card,
        )  # fmt: skip
        try:
            return await self._adapter(parcel.account).send(edit)
        except ThreadGone:
            await self._make_topic(parcel, replace(topic, thread=None, card=None))
        except RefusedByProvider as error:
            if error.account_broken:
                raise
            await self._make_topic(parcel, replace(topic, card=None))
        return Sent(external_ids=())

    async def _mirror(self, parcel: Parcel) -> Sent:
        desk, edited = self._desk(parcel), bool(parcel.payload.get("edited"))
        message = parcel.message or 0
        text = await self._ledger.write(lambda tx: mirrored(tx, message, desk, edited=edited), name="mirror")
        return await self._say_in_topic(parcel, Outgoing(delivery=parcel.id, place=_NOWHERE, text=text))

    async def _notice(self, parcel: Parcel) -> Sent:
        return await self._say_in_topic(
            parcel, Outgoing(delivery=parcel.id, place=_NOWHERE, text=parcel.payload["text"])
        )

    async def _file(self, parcel: Parcel) -> Sent:
        row = await self._ledger.write(
            lambda tx: tx.one(_FILE, id=int(parcel.payload["attachment"])), name="file"
        )
        if row is None or row.sha256 is None:
            return Sent(external_ids=())
        outgoing = Outgoing(delivery=parcel.id, place=_NOWHERE, files=(await self._loaded(row),))
        return await self._say_in_topic(parcel, outgoing)

    async def _say_in_topic(self, parcel: Parcel, outgoing: Outgoing) -> Sent:
        topic = await self._topic_now(parcel)
        if topic.thread is None:
            topic = await self._make_topic(parcel, topic)
        adapter = self._adapter(parcel.account)
        try:
            return await adapter.send(replace(outgoing, place=self._in(topic)))
        except ThreadGone:  # somebody deleted the topic: it is made again, with its card
            topic = await self._make_topic(parcel, replace(topic, thread=None, card=None))
            return await adapter.send(replace(outgoing, place=self._in(topic)))

    async def _reaction(self, parcel: Parcel) -> Sent:
        adapter, payload = self._adapter(parcel.account), parcel.payload
        if isinstance(adapter, Reacting):
            place = Place(
                account=parcel.account, channel=Channel.TELEGRAM, address=payload["place"]["address"],
                thread=payload["place"].get("thread"),
            )  # fmt: skip
            await adapter.react(place, payload["external_id"], payload["emoji"])
        return Sent(external_ids=())

    async def _close_topic(self, parcel: Parcel) -> Sent:
        adapter, topic = self._adapter(parcel.account), await self._topic_now(parcel)
        if isinstance(adapter, Topics) and topic.thread is not None and topic.open:
            await adapter.close_topic(topic.group, topic.thread)
            await self._remember(topic, open=False)
        return Sent(external_ids=())

    async def _leave_topic(self, parcel: Parcel) -> Sent:
        """Say where the ticket went, in the topic that it has no more, and close that."""
        adapter, payload = self._adapter(parcel.account), parcel.payload
        place = Place(
            account=parcel.account,
            channel=Channel.TELEGRAM,
            address=payload["group"],
            thread=payload["thread"],
        )
        sent = await adapter.send(Outgoing(delivery=parcel.id, place=place, text=payload["text"]))
        if isinstance(adapter, Topics):
            await adapter.close_topic(payload["group"], payload["thread"])
        return sent

    async def _reopen_topic(self, parcel: Parcel) -> Sent:
        adapter, topic = self._adapter(parcel.account), await self._topic_now(parcel)
        if isinstance(adapter, Topics) and topic.thread is not None and not topic.open:
            await adapter.reopen_topic(topic.group, topic.thread)
            await self._remember(topic, open=True)
        return Sent(external_ids=())

    # -- what they need -----------------------------------------------------------------------------------------------

    def _adapter(self, account: str) -> Sender:
        adapter = self._adapters.get(account)
        if adapter is None:
            raise RefusedByProvider(f"the account {account} is off", account_broken=True)
        return adapter

    def _desk(self, parcel: Parcel) -> OpenDesk:
        return self._desks[parcel.desk]

    def _in(self, topic: TopicNow) -> Place:
        return Place(
            account=topic.account, channel=Channel.TELEGRAM, address=topic.group, thread=topic.thread
        )

    async def _topic_now(self, parcel: Parcel) -> TopicNow:
        ticket, team = parcel.ticket or 0, parcel.payload.get("team")
        topic = await self._ledger.write(lambda tx: topics.topic_of(tx, ticket, team), name="topic")
        if topic is None:
            raise RefusedByProvider("this ticket has no topic")
        return topic

    async def _remember(self, topic: TopicNow, **fields: Any) -> None:
        await self._ledger.write(
            lambda tx: topics.change(tx, topic.ticket, topic.team, **fields), name="topic"
        )

    async def _files(self, message: int) -> tuple[File, ...]:
        rows = await self._ledger.write(lambda tx: tx.all(_FILES, message=message), name="files")
        if any(row.state == "pending" for row in rows):
            raise Deferred("a file is still being fetched", wait=_FILES_WAIT)
        return tuple([await self._loaded(row) for row in rows if row.sha256 is not None])

    async def _loaded(self, row: Row) -> File:
        content = await self._ledger.aside(self._ledger.blobs.get, row.sha256)
        return File(name=row.name, type=row.type, size=row.size, content=content, url=self._link(row.id))

    def _mail_domain(self, parcel: Parcel) -> str:
        desk = self._desks.of_account(parcel.account) or self._desk(parcel)  # a ticket may have moved
        for account in desk.now.desk.accounts:
            if account.key == parcel.account:
                return account.settings.get("address", "").rpartition("@")[2] or "localhost"
        return "localhost"


_NOTHING_TO_SAY = Sent(external_ids=(), detail="nothing to say any more")
_NOWHERE = Place(account="", channel=Channel.TELEGRAM, address="")


def _place(data: Mapping[str, Any]) -> Place:
    return Place(
        account=data["account"],
        channel=Channel(data["channel"]),
        address=data["address"],
        thread=data.get("thread"),
    )
