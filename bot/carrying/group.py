"""What goes into the topics of a Telegram group: the topic itself, its card, what is said in it, reactions.

What is learned on the way (a topic's thread, a card's id) is written by a job of its own, before the parcel is settled,
so that a repeat finds it.
"""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from bot import topics
from bot.adapters import Adapters
from bot.cards import card_of
from bot.carrying.attached import Attached
from bot.desks import Desks, OpenDesk
from bot.mirroring import mirrored
from bot.telling import Rows
from bot.topics import TopicNow
from bot.voice import staff_voice
from channels.contract import Deferred, Reacting, RefusedByProvider, ThreadGone, Topics
from templates_replies.staff_cards import Card
from tickets import ticket as tickets_
from tickets.ledger.store import Ledger
from tickets.message import Channel, Outgoing, Place, Sent
from tickets.outbox import Parcel
from tickets.views.alike import alike_to

_TOPIC_WAIT = timedelta(seconds=2)
_NOWHERE = Place(account="", channel=Channel.TELEGRAM, address="")


class GroupCarrier:
    def __init__(
        self,
        ledger: Ledger,
        desks: Desks,
        adapters: Adapters,
        attached: Attached,
        *,
        clock: Callable[[], datetime],
        public_url: str | None,
    ) -> None:
        self._ledger = ledger
        self._desks = desks
        self._adapters = adapters
        self._attached = attached
        self._clock = clock
        self._public_url = public_url  # of the pages
        self.acts: Mapping[str, Callable[[Parcel], Awaitable[Sent]]] = {
            "topic": self._topic,
            "card": self._card,
            "mirror": self._mirror,
            "notice": self._notice,
            "file": self._file,
            "reaction": self._reaction,
            "close_topic": self._close_topic,
            "leave_topic": self._leave_topic,
            "reopen_topic": self._reopen_topic,
        }

    async def _topic(self, parcel: Parcel) -> Sent:
        topic = await self._topic_now(parcel)
        if topic.thread is None or topic.card is None:
            await self._make_topic(parcel, topic)
        return Sent(external_ids=())

    async def _make_topic(self, parcel: Parcel, topic: TopicNow) -> TopicNow:
        """Open the topic if the group does not have it, and put the card into it."""
        adapter, desk = self._adapters.sender(parcel.account), self._desks[parcel.desk]
        card, rows = await self._drawn(topic, desk)
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
        desk = self._desks[parcel.desk]
        card, rows = await self._drawn(topic, desk)
        edit = Outgoing(
            delivery=parcel.id, place=self._in(topic), text=staff_voice(desk).card(card, self._clock()),
            buttons=tuple(tuple(row) for row in rows), edits=topic.card,
        )  # fmt: skip
        try:
            return await self._adapters.sender(parcel.account).send(edit)
        except ThreadGone:
            await self._make_topic(parcel, replace(topic, thread=None, card=None))
        except RefusedByProvider as error:
            if error.account_broken:
                raise
            await self._make_topic(parcel, replace(topic, card=None))
        return Sent(external_ids=())

    async def _drawn(self, topic: TopicNow, desk: OpenDesk) -> tuple[Card, Rows]:
        numbers = await self._ledger.read(lambda session: alike_to(session, topic.ticket))
        alike = [
            (each, f"{self._public_url}/tickets/{each}" if self._public_url else None) for each in numbers
        ]
        return await self._ledger.write(
            lambda tx: card_of(
                tx, tickets_.load(tx, topic.ticket), desk=desk, now=self._clock(), for_team=topic.team, alike=alike
            ),
            name="card",
        )  # fmt: skip

    async def _mirror(self, parcel: Parcel) -> Sent:
        desk, edited = self._desks[parcel.desk], bool(parcel.payload.get("edited"))
        message = parcel.message or 0
        text = await self._ledger.write(lambda tx: mirrored(tx, message, desk, edited=edited), name="mirror")
        return await self._say_in_topic(parcel, Outgoing(delivery=parcel.id, place=_NOWHERE, text=text))

    async def _notice(self, parcel: Parcel) -> Sent:
        return await self._say_in_topic(
            parcel, Outgoing(delivery=parcel.id, place=_NOWHERE, text=parcel.payload["text"])
        )

    async def _file(self, parcel: Parcel) -> Sent:
        file = await self._attached.one(int(parcel.payload["attachment"]))
        if file is None:
            return Sent(external_ids=())
        return await self._say_in_topic(parcel, Outgoing(delivery=parcel.id, place=_NOWHERE, files=(file,)))

    async def _say_in_topic(self, parcel: Parcel, outgoing: Outgoing) -> Sent:
        topic = await self._topic_now(parcel)
        if topic.thread is None:
            topic = await self._make_topic(parcel, topic)
        adapter = self._adapters.sender(parcel.account)
        try:
            return await adapter.send(replace(outgoing, place=self._in(topic)))
        except ThreadGone:  # somebody deleted the topic: it is made again, with its card
            topic = await self._make_topic(parcel, replace(topic, thread=None, card=None))
            return await adapter.send(replace(outgoing, place=self._in(topic)))

    async def _reaction(self, parcel: Parcel) -> Sent:
        adapter, payload = self._adapters.sender(parcel.account), parcel.payload
        if isinstance(adapter, Reacting):
            place = Place(
                account=parcel.account, channel=Channel.TELEGRAM, address=payload["place"]["address"],
                thread=payload["place"].get("thread"),
            )  # fmt: skip
            await adapter.react(place, payload["external_id"], payload["emoji"])
        return Sent(external_ids=())

    async def _close_topic(self, parcel: Parcel) -> Sent:
        adapter, topic = self._adapters.sender(parcel.account), await self._topic_now(parcel)
        if isinstance(adapter, Topics) and topic.thread is not None and topic.open:
            await adapter.close_topic(topic.group, topic.thread)
            await self._remember(topic, open=False)
        return Sent(external_ids=())

    async def _leave_topic(self, parcel: Parcel) -> Sent:
        """Say where the ticket went, in the topic that it has no more, and close that."""
        adapter, payload = self._adapters.sender(parcel.account), parcel.payload
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
        adapter, topic = self._adapters.sender(parcel.account), await self._topic_now(parcel)
        if isinstance(adapter, Topics) and topic.thread is not None and not topic.open:
            await adapter.reopen_topic(topic.group, topic.thread)
            await self._remember(topic, open=True)
        return Sent(external_ids=())

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
