"""What goes into the topics of a Telegram group: the topic itself, its card, what is said in it, reactions.

A group counts calls, so what waits for one topic is carried as a load (`portions`): the words that open a ticket stand
below its card, later ones are joined. What is learned on the way (a topic's thread, a card's id) is written by a job of
its own, before the load is settled, so that a repeat finds it.
"""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import takewhile
from typing import Any

from bot import topics
from bot.adapters import Adapters
from bot.cards import card_of
from bot.carrying import packing
from bot.carrying.attached import Attached
from bot.carrying.counted import Counted
from bot.desks import Desks
from bot.mirroring import answered_by, mirrored
from bot.telling import Rows
from bot.topics import TopicNow
from bot.voice import staff_voice
from channels.contract import (
    PlaceBarred,
    PlaceMoved,
    Reacting,
    RefusedByProvider,
    ThreadClosed,
    ThreadGone,
)
from tickets import outbox
from tickets import ticket as tickets_
from tickets.budgets import Carried
from tickets.ledger.store import Ledger
from tickets.ledger.writer import Tx
from tickets.message import Channel, Outgoing, Place, Sent
from tickets.outbox import Parcel
from tickets.views.alike import alike_to

_TOPIC_WAIT = timedelta(seconds=2)
_NOTHING = Sent(external_ids=())
CarryLoad = Callable[[Sequence[Parcel], Counted], Awaitable[Carried]]


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
        self.acts: Mapping[str, Callable[[Parcel], Awaitable[Sent]]] = {"reaction": self._reaction}
        of_topic: Mapping[str, CarryLoad] = {
            "topic": self._topic,
            "card": self._card,
            "mirror": self._said,
            "notice": self._said,
            "file": self._file,
            "close_topic": self._close_topic,
            "reopen_topic": self._reopen_topic,
        }
        self.loads: Mapping[str, CarryLoad] = {
            **{act: self._unless_moved(carry) for act, carry in of_topic.items()},
            "leave_topic": self._leave_topic,
        }

    def _unless_moved(self, carry: CarryLoad) -> CarryLoad:
        """Drop what was meant for the topic at a desk that has the ticket no more: the new one begins with it."""

        async def carried(parcels: Sequence[Parcel], bot: Counted) -> Carried:
            topic = await self._topic_now(parcels[0])
            if topic.account != parcels[0].account:
                return Carried(told=len(parcels), sent=_NOTHING, calls=0)
            return await carry(parcels, bot)

        return carried

    # -- the topic and its card ---------------------------------------------------------------------------------------

    async def _topic(self, parcels: Sequence[Parcel], bot: Counted) -> Carried:
        """Make the topic, with the first words below the card."""
        topic = await self._topic_now(parcels[0])
        if topic.thread is not None and topic.card is not None:  # somebody died before they could say so
            return Carried(told=1, sent=_NOTHING, calls=0)
        first = [(parcel.message, parcel.id) for parcel in parcels[1:] if parcel.message is not None]
        made, sent = await self._make_topic(parcels[0], replace(topic, opening=first), bot)
        return Carried(told=1 + len(made.opening or ()), sent=sent, calls=bot.calls)

    async def _make_topic(self, parcel: Parcel, topic: TopicNow, bot: Counted) -> tuple[TopicNow, Sent]:
        """Open the topic if the group does not have it, and put the card into it, with as many words as fit."""
        name, card, words, rows = await self._drawn(parcel, topic)
        if topic.thread is None:
            topic = replace(topic, thread=await bot.open_topic(topic.group, name))
            await self._remember(topic, thread=topic.thread, open=True)
        below = packing.opening(card, words)
        topic = replace(topic, opening=list(topic.opening or ())[:below])
        sent = await bot.send(self._shown(parcel, topic, packing.below(card, words[:below]), rows))
        topic = replace(topic, card=sent.external_ids[0])
        opening = (
            {} if topic.team is not None else {"opening": topic.opening}
        )  # a team is told the talk apart
        await self._remember(topic, card=topic.card, **opening)
        return topic, sent

    async def _card(self, parcels: Sequence[Parcel], bot: Counted) -> Carried:
        parcel, topic = parcels[0], await self._topic_now(parcels[0])
        if topic.card is None:  # it is being made just now
            return Carried(told=0, sent=_NOTHING, calls=0, wait=_TOPIC_WAIT)
        _, card, words, rows = await self._drawn(parcel, topic)
        edit = self._shown(parcel, topic, packing.below(card, words), rows)
        try:
            await bot.send(replace(edit, edits=topic.card))
        except ThreadGone:
            await self._make_topic(parcel, replace(topic, thread=None, card=None), bot)
        except (PlaceBarred, PlaceMoved):
            raise
        except RefusedByProvider as error:
            if error.account_broken:
                raise
            await self._make_topic(parcel, replace(topic, card=None), bot)
        return Carried(told=1, sent=_NOTHING, calls=bot.calls)

    async def _drawn(self, parcel: Parcel, topic: TopicNow) -> tuple[str, str, list[str], Rows]:
        """Return the topic's name, what its card shows now, the words that opened it, and the buttons."""
        desk, now = self._desks[parcel.desk], self._clock()
        voice = staff_voice(desk)
        numbers = await self._ledger.read(lambda session: alike_to(session, topic.ticket))
        alike = [
            (each, f"{self._public_url}/tickets/{each}" if self._public_url else None) for each in numbers
        ]

        def draw(tx: Tx) -> tuple[str, str, list[str], Rows]:
            ticket = tickets_.load(tx, topic.ticket)
            beside = self._desks.beside(ticket.account, ticket.desk)
            card, rows = card_of(
                tx, ticket, desk=desk, now=now, for_team=topic.team, alike=alike, beside=beside
            )
            words = [mirrored(tx, message, desk) for message, _ in topic.opening or ()]
            return voice.topic_name(card), voice.card(card, now), words, rows

        return await self._ledger.write(draw, name="card")

    def _shown(self, parcel: Parcel, topic: TopicNow, text: str, rows: Rows) -> Outgoing:
        return Outgoing(
            delivery=parcel.id, place=_in(topic), text=text, buttons=tuple(tuple(row) for row in rows)
        )

    # -- what is said in it -------------------------------------------------------------------------------------------

    async def _said(self, parcels: Sequence[Parcel], bot: Counted) -> Carried:
        """Tell what was said, joined as far as it fits into one message; of a long one the next piece."""
        head, topic = parcels[0], await self._topic_now(parcels[0])
        below_card = {parcel for _, parcel in topic.opening or ()}
        if head.id in below_card and topic.card is not None:  # somebody died before they could say so
            told = sum(1 for _ in takewhile(lambda parcel: parcel.id in below_card, parcels))
            return Carried(told=told, sent=Sent(external_ids=(topic.card,)), calls=0)
        hung, texts = await self._ledger.write(lambda tx: self._worded(tx, parcels, topic), name="mirror")
        text, told = packing.packed(texts)
        pieces = int(head.payload.get("pieces", 0))
        if told and not pieces:
            shown = Outgoing(delivery=head.id, place=_NOWHERE, text=text, replies_to=hung)
            sent = await self._say(head, shown, bot)
            return Carried(told=told, sent=sent, calls=bot.calls)
        next_piece, last = packing.piece(texts[0], pieces)
        if next_piece is None:
            return Carried(told=1, sent=_NOTHING, calls=0)
        sent = await self._say(head, Outgoing(delivery=head.id, place=_NOWHERE, text=next_piece), bot)
        return Carried(told=int(last), sent=sent, calls=bot.calls, pieces=0 if last else pieces + 1)

    def _worded(self, tx: Tx, parcels: Sequence[Parcel], topic: TopicNow) -> tuple[str | None, list[str]]:
        """Return what is said, and where a reply that goes alone is hung on what it answers."""
        hung = _hung_on(tx, parcels[0], topic) if len(parcels) == 1 else None
        return hung, [self._words(tx, parcel, hung=hung is not None) for parcel in parcels]

    def _words(self, tx: Tx, parcel: Parcel, *, hung: bool) -> str:
        if parcel.act == "notice":
            return str(parcel.payload["text"])
        edited = bool(parcel.payload.get("edited"))
        return mirrored(tx, parcel.message or 0, self._desks[parcel.desk], edited=edited, hung=hung)

    async def _file(self, parcels: Sequence[Parcel], bot: Counted) -> Carried:
        file = await self._attached.one(int(parcels[0].payload["attachment"]))
        if file is None:
            return Carried(told=1, sent=_NOTHING, calls=0)
        shown = Outgoing(delivery=parcels[0].id, place=_NOWHERE, files=(file,))
        return Carried(told=1, sent=await self._say(parcels[0], shown, bot), calls=bot.calls)

    async def _say(self, parcel: Parcel, outgoing: Outgoing, bot: Counted) -> Sent:
        topic = await self._topic_now(parcel)
        if topic.thread is None:
            topic, _ = await self._make_topic(parcel, topic, bot)
        try:
            return await bot.send(replace(outgoing, place=_in(topic)))
        except ThreadClosed:
            await bot.reopen_topic(topic.group, topic.thread or "")
            await self._remember(topic, open=True)
            return await bot.send(replace(outgoing, place=_in(topic)))
        except ThreadGone:  # somebody deleted the topic: it is made again, with its card
            topic, _ = await self._make_topic(parcel, replace(topic, thread=None, card=None), bot)
            return await bot.send(replace(outgoing, place=_in(topic)))

    async def _reaction(self, parcel: Parcel) -> Sent:
        adapter, payload = self._adapters.sender(parcel.account), parcel.payload
        if isinstance(adapter, Reacting):
            place = Place(
                account=parcel.account, channel=Channel.TELEGRAM, address=payload["place"]["address"],
                thread=payload["place"].get("thread"),
            )  # fmt: skip
            await adapter.react(place, payload["external_id"], payload["emoji"])
        return _NOTHING

    # -- closing and opening ------------------------------------------------------------------------------------------

    async def _close_topic(self, parcels: Sequence[Parcel], bot: Counted) -> Carried:
        topic = await self._topic_now(parcels[0])
        if topic.thread is not None and topic.open:
            await bot.close_topic(topic.group, topic.thread)
            await self._remember(topic, open=False)
        return Carried(told=1, sent=_NOTHING, calls=bot.calls)

    async def _reopen_topic(self, parcels: Sequence[Parcel], bot: Counted) -> Carried:
        topic = await self._topic_now(parcels[0])
        if topic.thread is not None and not topic.open:
            await bot.reopen_topic(topic.group, topic.thread)
            await self._remember(topic, open=True)
        return Carried(told=1, sent=_NOTHING, calls=bot.calls)

    async def _leave_topic(self, parcels: Sequence[Parcel], bot: Counted) -> Carried:
        """Say where the ticket went, in the topic that it has no more, and close that."""
        parcel, payload = parcels[0], parcels[0].payload
        place = Place(
            account=parcel.account,
            channel=Channel.TELEGRAM,
            address=payload["group"],
            thread=payload["thread"],
        )
        sent = await bot.send(Outgoing(delivery=parcel.id, place=place, text=payload["text"]))
        await bot.close_topic(payload["group"], payload["thread"])
        return Carried(told=1, sent=sent, calls=bot.calls)

    # -- what they need -----------------------------------------------------------------------------------------------

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


_NOWHERE = Place(account="", channel=Channel.TELEGRAM, address="")


def _hung_on(tx: Tx, parcel: Parcel, topic: TopicNow) -> str | None:
    """Return where the words stand in the topic that a contact's reply points at: a copy, or an agent's own message."""
    answered = answered_by(tx, parcel.message) if parcel.act == "mirror" and parcel.message else None
    if answered is None:
        return None
    origin = topics.origin_of(tx, answered)
    if origin is not None and topics.was_written_in(origin, topic):
        return origin.external_id
    copies = outbox.copies_of(tx, answered, account=topic.account)
    return next((each for each in copies if each.startswith(f"{topic.group}:")), None)


def _in(topic: TopicNow) -> Place:
    return Place(account=topic.account, channel=Channel.TELEGRAM, address=topic.group, thread=topic.thread)
