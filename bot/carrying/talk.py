"""What is said in a Telegram group: in topics, joined as far as it fits, and to whoever asked something there.

What the group does not take goes in a safer form (`safer`): as plain words, then as a pointer to the ticket's page, in
its topic or else in General.
"""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import replace
from itertools import takewhile

from bot import topics
from bot.alerts import alert_of
from bot.carrying import packing
from bot.carrying.counted import Counted
from bot.carrying.equipment import Equipment
from bot.carrying.group import CarryLoad, GroupCarrier, page_of
from bot.carrying.safer import Form, bare, form_of
from bot.identity import masked_in
from bot.mirroring import answered_by, mirrored
from bot.topics import TopicNow
from bot.voice import staff_voice
from channels.contract import ThreadClosed, ThreadGone
from templates_replies import untold_phrases
from templates_replies.catalogue import Language
from tickets import references
from tickets.budgets import Carried
from tickets.ledger.tx import Tx
from tickets.message import Channel, Outgoing, Place, Sent
from tickets.parcels import Parcel

_NOTHING = Sent(external_ids=())
_NOWHERE = Place(account="", channel=Channel.TELEGRAM, address="")


class GroupTalk:
    def __init__(
        self,
        equipment: Equipment,
        group: GroupCarrier,
        *,
        outgoing: Callable[[Parcel], Awaitable[Outgoing]],
    ) -> None:
        """`outgoing` makes what is told to one person, wherever they are."""
        self._ledger, self._desks, self._attached = equipment.ledger, equipment.desks, equipment.attached
        self._clock, self._public_url = equipment.clock, equipment.public_url
        self._group = group
        self._outgoing = outgoing
        self.loads: Mapping[str, CarryLoad] = {
            "mirror": group.unless_moved(self._said),
            "notice": group.unless_moved(self._said),
            "file": group.unless_moved(self._file),
            "say": self._reply,
        }

    # -- in a topic ---------------------------------------------------------------------------------------------------

    async def _said(self, parcels: Sequence[Parcel], bot: Counted) -> Carried:
        """Tell what was said, joined as far as it fits into one message; of a long one the next piece."""
        head, topic = parcels[0], await self._group.topic_now(parcels[0])
        if form_of(head.payload) in {Form.POINTER, Form.GENERAL}:
            words = untold_phrases.words_untold(
                self._language(head), ticket=topic.ticket, page=self._page(topic), why=_why(head)
            )
            return await self._instead(head, topic, words, bot)
        below_card = {parcel for _, parcel in topic.opening or ()}
        if head.id in below_card and topic.card is not None:  # somebody died before they could say so
            told = sum(1 for _ in takewhile(lambda parcel: parcel.id in below_card, parcels))
            return Carried(told=told, sent=Sent(external_ids=(topic.card,)), calls=0)
        hung, texts = await self._ledger.write(lambda tx: self._worded(tx, parcels, topic), name="mirror")
        text, told = packing.packed(texts)
        pieces = int(head.payload.get("pieces", 0))
        if told and not text:
            return Carried(told=told, sent=_NOTHING, calls=0)
        if told and not pieces:
            shown = Outgoing(delivery=head.id, place=_NOWHERE, text=text, replies_to=hung)
            sent = await self._group.say(head, shown, bot)
            return Carried(told=told, sent=sent, calls=bot.calls)
        next_piece, last = packing.piece(texts[0], pieces)
        if next_piece is None:
            return Carried(told=1, sent=_NOTHING, calls=0)
        sent = await self._group.say(head, Outgoing(delivery=head.id, place=_NOWHERE, text=next_piece), bot)
        return Carried(told=int(last), sent=sent, calls=bot.calls, pieces=0 if last else pieces + 1)

    def _worded(self, tx: Tx, parcels: Sequence[Parcel], topic: TopicNow) -> tuple[str | None, list[str]]:
        """Return what is said, and where a reply that goes alone is hung on what it answers."""
        head = parcels[0]
        alone = len(parcels) == 1 and form_of(head.payload) is None
        hung = _hung_on(tx, head, topic) if alone else None
        language = self._language(head)
        rest = untold_phrases.goes_on(language, page=self._page(topic))
        texts = [packing.bounded(self._words(tx, parcel, hung=hung is not None), rest) for parcel in parcels]
        if not texts[0]:
            return hung, texts
        if form_of(head.payload) is Form.PLAIN:
            texts = [untold_phrases.shown_plainly(language, text=bare(texts[0]), page=self._page(topic))]
        if head.payload.get("again"):
            texts[0] = untold_phrases.perhaps_again(language, text=texts[0])
        return hung, texts

    def _words(self, tx: Tx, parcel: Parcel, *, hung: bool) -> str:
        """Put one parcel in words; none of them if there is nothing to say any more."""
        desk, payload = self._desks[parcel.desk], parcel.payload
        if "clock" in payload:
            now = self._clock()
            alert = alert_of(tx, ticket=parcel.ticket or 0, payload=payload, desk=desk, now=now)
            return "" if alert is None else alert.text
        if parcel.act == "notice":
            return str(payload["text"])
        return mirrored(tx, parcel.message or 0, desk, edited=bool(payload.get("edited")), hung=hung)

    async def _file(self, parcels: Sequence[Parcel], bot: Counted) -> Carried:
        parcel, topic = parcels[0], await self._group.topic_now(parcels[0])
        file = await self._attached.one(int(parcel.payload["attachment"]))
        if file is None:
            return Carried(told=1, sent=_NOTHING, calls=0)
        file = replace(file, name=masked_in(file.name))
        if form_of(parcel.payload) is not None:
            words = untold_phrases.file_untold(
                self._language(parcel), ticket=topic.ticket, name=file.name, page=self._page(topic),
                why=_why(parcel),
            )  # fmt: skip
            return await self._instead(parcel, topic, words, bot)
        shown = Outgoing(delivery=parcel.id, place=_NOWHERE, files=(file,))
        return Carried(told=1, sent=await self._group.say(parcel, shown, bot), calls=bot.calls)

    async def _instead(self, parcel: Parcel, topic: TopicNow, words: str, bot: Counted) -> Carried:
        """Say where it is to be read, in the topic or outside of it."""
        general = Place(account=topic.account, channel=Channel.TELEGRAM, address=topic.group)
        shown = Outgoing(delivery=parcel.id, place=general, text=words)
        outside = form_of(parcel.payload) is Form.GENERAL
        sent = await (bot.send(shown) if outside else self._group.say(parcel, shown, bot))
        return Carried(told=1, sent=sent, calls=bot.calls)

    # -- to whoever asked ---------------------------------------------------------------------------------------------

    async def _reply(self, parcels: Sequence[Parcel], bot: Counted) -> Carried:
        """Answer somebody where they wrote; in General, with the ticket's number, where that is gone."""
        parcel, outgoing = parcels[0], await self._outgoing(parcels[0])
        form = form_of(parcel.payload)
        if form is not None:
            outgoing = replace(outgoing, text=bare(outgoing.text), replies_to=None, formatted=False, files=())
        if form is Form.GENERAL:
            sent = await bot.send(self._outside(parcel, outgoing))
        else:
            sent = await self._there(parcel, outgoing, bot)
        return Carried(told=1, sent=sent, calls=bot.calls)

    async def _there(self, parcel: Parcel, outgoing: Outgoing, bot: Counted) -> Sent:
        place = outgoing.place
        try:
            return await bot.send(outgoing)
        except ThreadClosed:
            await bot.reopen_topic(place.address, place.thread or "")
            await self._ledger.write(lambda tx: _note_open(tx, place), name="topic")
            return await bot.send(outgoing)
        except ThreadGone:
            return await bot.send(self._outside(parcel, outgoing))

    def _outside(self, parcel: Parcel, outgoing: Outgoing) -> Outgoing:
        text = outgoing.text
        if parcel.ticket is not None:
            text = untold_phrases.about(self._language(parcel), ticket=parcel.ticket, text=text)
        return replace(outgoing, place=replace(outgoing.place, thread=None), text=text, replies_to=None)

    # -- what they need -----------------------------------------------------------------------------------------------

    def _language(self, parcel: Parcel) -> Language:
        return staff_voice(self._desks[parcel.desk]).language

    def _page(self, topic: TopicNow) -> str | None:
        return page_of(self._public_url, topic.ticket)


def _why(parcel: Parcel) -> str:
    return str(parcel.payload.get("why", ""))


def _note_open(tx: Tx, place: Place) -> None:
    seen = topics.seen_at(tx, place)
    if seen is not None:
        topics.change(tx, seen.ticket, seen.team, open=True)


def _hung_on(tx: Tx, parcel: Parcel, topic: TopicNow) -> str | None:
    """Return where in the topic stands what the words are about: what a reply answers, what was changed or deleted.

    It is a copy, or an agent's own message.
    """
    if parcel.act != "mirror" or parcel.message is None:
        return None
    about = parcel.message if parcel.payload.get("edited") else answered_by(tx, parcel.message)
    if about is None:
        return None
    origin = topics.origin_of(tx, about)
    if origin is not None and topics.was_written_in(origin, topic):
        return origin.external_id
    copies = references.copies_of(tx, about, account=topic.account)
    return next((each for each in copies if each.startswith(f"{topic.group}:")), None)
