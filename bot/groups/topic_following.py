"""The agents' topics: which events put what into a ticket's topic.

A follower of the history: it queues, the workers send; `bot/groups/topic_places` says in which group. Cards (`bot/cards`) are
drawn when they are sent, so that several changes in a row are one edit.
"""

from datetime import timedelta
from typing import Any

from bot import topics
from bot.desks import Desks, OpenDesk
from bot.groups import topic_places
from bot.groups.delivered import TROUBLES, tell_origin
from bot.groups.pointers import pointer
from bot.telling import into_topic, line_of
from bot.topics import TopicNow
from bot.voice import staff_voice
from tickets import ticket as tickets_
from tickets import unsent
from tickets.actions.amending import AMENDED
from tickets.attachments import message_of
from tickets.clocks import UNDONE
from tickets.ledger.events import Recorded
from tickets.ledger.tx import Tx
from tickets.message import Channel
from tickets.parcels import Priority
from tickets.ticket import others_open

_MIRRORED = {
    "message.received",
    "message.answered",
    "message.noted",
    "message.edited",
    "message.deleted",
    "message.completed",
    AMENDED,
}
_MOVED = "ticket.moved"
_LEAVES = {"ticket.closed", "ticket.spam", "ticket.merged"}
_RETURNS = {"ticket.reopened", "ticket.restored"}
_MAY_CHANGE_GROUP = {"ticket.categorised", "ticket.escalated", "ticket.returned"} | _RETURNS
# What other tickets of the same contact show of this one.
_SEEN_BY_OTHERS = (
    {"ticket.opened", "ticket.assigned", "ticket.solved", "ticket.reopened"} | _LEAVES | _RETURNS
)
_REDRAWS = (
    "ticket.",
    "clock.",
    "contact.",
    "message.answered",
    "message.deleted",
    UNDONE,
    "delivery.parked",
    "delivery.released",
)
_JOIN_CHANGES = timedelta(seconds=1)  # a card waits so long for what comes right behind


class TopicFollower:
    """Queues what each event means for the ticket's topic, where the desk has an agents' group."""

    name = "cards"

    def __init__(self, desks: Desks) -> None:
        self._desks = desks

    def wants(self, event: Recorded) -> bool:
        """Whether its desk has, or had, topics, or whoever holds the ticket is to hear what became of a message."""
        desk = self._desks.get(event.desk)
        if desk is None or event.ticket is None:
            return False
        has_bot = bool(desk.now.desk.accounts_on(Channel.TELEGRAM))
        return has_bot or event.kind == _MOVED or event.kind in TROUBLES

    def follow(self, tx: Tx, event: Recorded) -> None:
        desk = self._desks[event.desk]
        if event.ticket is None:
            return
        tell_origin(tx, event, desk)
        if event.kind in _SEEN_BY_OTHERS:
            self._refresh_others(tx, event)
        if event.kind == "ticket.opened":
            topic_places.open_topic(tx, event, desk)
            return
        if event.kind == _MOVED:
            topic_places.move_to_desk(tx, event, desk, self._desks.get(event.data["from"]))
            return
        topic = topics.topic_of(tx, event.ticket)
        if topic is None:
            if event.kind == "ticket.woken":
                topic_places.begin(tx, event, desk)
        elif event.kind not in _MAY_CHANGE_GROUP or not topic_places.change_group(tx, event, topic, desk):
            self._into_topic(tx, event, topic, desk)

    def _into_topic(self, tx: Tx, event: Recorded, topic: TopicNow, desk: OpenDesk) -> None:
        words = pointer(event, staff_voice(desk).language)
        if words is not None:
            self._queue(tx, event, topic, act="notice", dedup=f"pointer:{event.id}", text=words)
        if _is_mirrored(event):
            self._mirror(tx, event, topic)
        elif event.kind == "attachment.stored":
            self._queue(
                tx, event, topic, act="file", dedup=f"file:{event.subject}", attachment=event.subject,
                message=message_of(tx, int(event.subject or 0)),  # a reply to the file is one to the message
            )  # fmt: skip
        elif event.kind in _LEAVES:
            self._queue(tx, event, topic, act="close_topic", dedup=f"close:{event.id}")
        elif event.kind in _RETURNS:
            self._queue(tx, event, topic, act="reopen_topic", dedup=f"reopen:{event.id}")
        if event.kind.startswith(_REDRAWS):
            self._refresh(tx, event, topic)

    def _mirror(self, tx: Tx, event: Recorded, topic: TopicNow) -> None:
        message = int(event.subject or 0)
        origin = topics.origin_of(tx, message)
        if topics.was_written_in(origin, topic):
            return
        edited = event.kind in {"message.edited", "message.deleted", AMENDED}
        self._queue(
            tx, event, topic, act="mirror", dedup=f"mirror:{message}:{event.id}", message=message, edited=edited,
            priority=Priority.INCOMING if edited or event.kind == "message.received" else Priority.ALERT,
        )  # fmt: skip

    def _queue(self, tx: Tx, event: Recorded, topic: TopicNow, *, act: str, dedup: str, **more: Any) -> None:
        into_topic(tx, topic, desk=event.desk, act=act, dedup=dedup, at=event.at, **more)

    def _refresh(self, tx: Tx, event: Recorded, topic: TopicNow) -> None:
        """Queue one edit for all that changes in a row; none where the card is yet to be drawn."""
        if any(unsent.waiting(tx, line=line_of(topic, act), act=act) for act in ("card", "topic")):
            return
        into_topic(
            tx, topic, desk=event.desk, act="card", dedup=f"card:{topic.ticket}:{event.id}", at=event.at,
            not_before=event.at + _JOIN_CHANGES,
        )  # fmt: skip

    def _refresh_others(self, tx: Tx, event: Recorded) -> None:
        """Draw the cards anew that name this ticket as another one of the same contact."""
        for number, _ in others_open(tx, tickets_.load(tx, event.ticket or 0)):
            topic = topics.topic_of(tx, number)
            if topic is not None:
                self._refresh(tx, event, topic)


def _is_mirrored(event: Recorded) -> bool:
    """Whether the topic is shown the message: what a person said, and what reads differently now."""
    if event.kind == "message.automatic":
        return event.data.get("why") in {"answered", "rule"}
    return event.kind in _MIRRORED or (event.kind == "message.reread" and bool(event.data.get("changed")))
