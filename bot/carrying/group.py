"""The topics of a Telegram group: made with their cards, opened and closed; reactions. `talk` is what is said in them.

A group counts calls, so what waits for one topic is carried as a load (`portions`): the words that open a ticket stand
below its card. What is learned on the way (a topic's thread, a card's id) is written by a job of
its own, before the load is settled, so that a repeat finds it.
"""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from itertools import takewhile
from typing import Any

from bot import topics
from bot.cards import card_of
from bot.carrying import packing
from bot.carrying.counted import Counted
from bot.carrying.equipment import Equipment
from bot.carrying.safer import Form, bare, form_of
from bot.mirroring import mirrored
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
from templates_replies import untold_phrases
from tickets import ticket as tickets_
from tickets import unsent
from tickets.budgets import Carried
from tickets.ledger.tx import Tx
from tickets.message import Channel, Outgoing, Place, Sent
from tickets.parcels import Parcel
from tickets.views.alike import alike_to

_TOPIC_WAIT, _TOPIC_TAKES = timedelta(seconds=2), timedelta(minutes=5)
_NOTHING = Sent(external_ids=())
_BEGINS_WITH = {"topic", "mirror"}  # what every topic has from its beginning
CarryLoad = Callable[[Sequence[Parcel], Counted], Awaitable[Carried]]


class GroupCarrier:
    def __init__(self, equipment: Equipment) -> None:
        self._ledger, self._desks, self._adapters = equipment.ledger, equipment.desks, equipment.adapters
        self._clock, self._public_url = equipment.clock, equipment.public_url
        self.acts: Mapping[str, Callable[[Parcel], Awaitable[Sent]]] = {"reaction": self._reaction}
        of_topic: Mapping[str, CarryLoad] = {
            "topic": self._topic,
            "card": self._card,
            "close_topic": self._open_or_shut,
            "reopen_topic": self._open_or_shut,
        }
        self.loads: Mapping[str, CarryLoad] = {
            **{act: self.unless_moved(carry) for act, carry in of_topic.items()},
            "leave_topic": self._leave_topic,
        }

    def unless_moved(self, carry: CarryLoad) -> CarryLoad:
        """Drop what was meant for a topic that the ticket has no more: the new one begins with it."""

        async def carried(parcels: Sequence[Parcel], bot: Counted) -> Carried:
            topic = await self._found_topic(parcels[0])
            if topic is None or topic.account != parcels[0].account:  # at another desk
                return Carried(told=len(parcels), sent=_NOTHING, calls=0)
            past = sum(1 for _ in takewhile(lambda each: each.act in _BEGINS_WITH, parcels))
            if past and topic.team is None and await self._begins_again(parcels[0]):
                return Carried(told=past, sent=_NOTHING, calls=0)
            return await carry(parcels, bot)

        return carried

    async def _begins_again(self, parcel: Parcel) -> bool:
        """Whether the ticket's topic in another group waits behind this."""
        behind = await self._ledger.write(
            lambda tx: unsent.waiting(tx, line=parcel.order_key, act="topic"), name="topic"
        )
        return any(row.id > parcel.id for row in behind)

    # -- the topic and its card ---------------------------------------------------------------------------------------

    async def _topic(self, parcels: Sequence[Parcel], bot: Counted) -> Carried:
        """Make the topic, with the first words below the card."""
        topic = await self.topic_now(parcels[0])
        if form_of(parcels[0].payload) is Form.GENERAL:
            return await self._topic_elsewhere(parcels[0], topic, bot)
        if topic.thread is not None and topic.card is not None:  # somebody died before they could say so
            return Carried(told=1, sent=_NOTHING, calls=0)
        first = [(parcel.message, parcel.id) for parcel in parcels[1:] if parcel.message is not None]
        made, sent = await self._make_topic(parcels[0], replace(topic, opening=first), bot)
        return Carried(told=1 + len(made.opening or ()), sent=sent, calls=bot.calls)

    async def _make_topic(self, parcel: Parcel, topic: TopicNow, bot: Counted) -> tuple[TopicNow, Sent]:
        """Open the topic if the group does not have it, and put the card into it, with as many words as fit."""
        name, card, words, rows = await self._drawn(parcel, topic)
        if form_of(parcel.payload) is not None:
            name, card, rows = bare(name), bare(card), ()
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

    async def _topic_elsewhere(self, parcel: Parcel, topic: TopicNow, bot: Counted) -> Carried:
        """Say in General that a ticket has no topic, and where to work on it."""
        language, page = (
            staff_voice(self._desks[parcel.desk]).language,
            page_of(self._public_url, topic.ticket),
        )
        text = untold_phrases.topic_untold(
            language, ticket=topic.ticket, page=page, why=str(parcel.payload.get("why", ""))
        )
        general = replace(_in(topic), thread=None)
        sent = await bot.send(Outgoing(delivery=parcel.id, place=general, text=text))
        return Carried(told=1, sent=sent, calls=bot.calls)

    async def _card(self, parcels: Sequence[Parcel], bot: Counted) -> Carried:
        parcel, topic = parcels[0], await self.topic_now(parcels[0])
        if topic.card is None:
            if self._clock() - parcel.created_at < _TOPIC_TAKES:  # it is being made just now
                return Carried(told=0, sent=_NOTHING, calls=0, wait=_TOPIC_WAIT)
            if topic.thread is not None:  # the topic was made without it
                await self._make_topic(parcel, topic, bot)
            return Carried(told=1, sent=_NOTHING, calls=bot.calls)
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
        alike = [(each, page_of(self._public_url, each)) for each in numbers]

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

    async def say(self, parcel: Parcel, outgoing: Outgoing, bot: Counted) -> Sent:
        """Say something in the topic, which is made or opened again where it must be."""
        topic = await self.topic_now(parcel)
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
        """Show how far an answer came; what is further by now is shown next."""
        adapter, payload = self._adapters.sender(parcel.account), parcel.payload
        later = await self._ledger.write(
            lambda tx: unsent.waiting(tx, line=parcel.order_key, act="reaction"), name="reaction"
        )
        if isinstance(adapter, Reacting) and not later:
            place = Place(
                account=parcel.account, channel=Channel.TELEGRAM, address=payload["place"]["address"],
                thread=payload["place"].get("thread"),
            )  # fmt: skip
            await adapter.react(place, payload["external_id"], payload["emoji"])
        return _NOTHING

    # -- closing and opening ------------------------------------------------------------------------------------------

    async def _open_or_shut(self, parcels: Sequence[Parcel], bot: Counted) -> Carried:
        """Leave the topic as the last of them wants it."""
        topic, open_ = await self.topic_now(parcels[0]), parcels[-1].act == "reopen_topic"
        if topic.thread is not None and topic.open is not open_:
            turn = bot.reopen_topic if open_ else bot.close_topic
            await turn(topic.group, topic.thread)
            await self._remember(topic, open=open_)
        return Carried(told=len(parcels), sent=_NOTHING, calls=bot.calls)

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

    async def _found_topic(self, parcel: Parcel) -> TopicNow | None:
        ticket, team = parcel.ticket or 0, parcel.payload.get("team")
        return await self._ledger.write(lambda tx: topics.topic_of(tx, ticket, team), name="topic")

    async def topic_now(self, parcel: Parcel) -> TopicNow:
        topic = await self._found_topic(parcel)
        if topic is None:
            raise RefusedByProvider("this ticket has no topic")
        return topic

    async def _remember(self, topic: TopicNow, **fields: Any) -> None:
        await self._ledger.write(lambda tx: topics.remember(tx, topic, **fields), name="topic")


def page_of(public_url: str | None, ticket: int) -> str | None:
    """Return where a ticket stands on the web, if it does."""
    return f"{public_url}/tickets/{ticket}" if public_url else None


def _in(topic: TopicNow) -> Place:
    return Place(account=topic.account, channel=Channel.TELEGRAM, address=topic.group, thread=topic.thread)
