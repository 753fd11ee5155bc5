"""The agents' topics: which events put what into a ticket's topic.

A follower of the history: it queues, the workers send. Cards (`bot/cards`) are drawn when they are sent, so that several
changes in a row are one edit.
"""

from datetime import timedelta
from typing import Any

from sqlalchemy import bindparam, select, text

from bot import topics
from bot.delivered import tell_origin
from bot.desks import Desks, OpenDesk
from bot.pointers import pointer
from bot.telling import group_budget, into_topic
from bot.topics import TopicNow
from bot.voice import staff_voice
from templates_replies import handling_phrases
from tickets import budgets
from tickets import ticket as tickets_
from tickets.actions.amending import AMENDED
from tickets.attachments import message_of
from tickets.ledger.events import Recorded
from tickets.ledger.prepared import Prepared
from tickets.ledger.writer import Tx
from tickets.outbox import Priority
from tickets.tables import Message, Outbox
from tickets.ticket import others_open

_OUTBOX = Outbox.__table__  # type: ignore[attr-defined]
_MESSAGES = Message.__table__  # type: ignore[attr-defined]
_WAITS = Prepared(
    select(_OUTBOX.c.id).where(
        text("outbox.state IN ('queued', 'sending')"),  # as the index of the lines has it
        _OUTBOX.c.order_key == bindparam("line"),
        _OUTBOX.c.state == "queued",
        _OUTBOX.c.act == bindparam("act"),
    )
)
_LAST_SAID = Prepared(
    select(_MESSAGES.c.id)
    .where(_MESSAGES.c.ticket == bindparam("ticket"))
    .order_by(_MESSAGES.c.id.desc())
    .limit(10)
)  # what the topic at another desk begins with
_MIRRORED = {
    "message.received",
    "message.answered",
    "message.noted",
    "message.edited",
    "message.deleted",
    "message.completed",
    AMENDED,
}
_LEAVES = {"ticket.closed", "ticket.spam", "ticket.merged"}
_RETURNS = {"ticket.reopened", "ticket.restored"}
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
    "delivery.parked",
    "delivery.released",
)
_JOIN_CHANGES = timedelta(seconds=1)  # a card waits so long for what comes right behind


class TopicFollower:
    """Queues what each event means for the ticket's topic, where the desk has an agents' group."""

    name = "cards"

    def __init__(self, desks: Desks) -> None:
        self._desks = desks

    def follow(self, tx: Tx, event: Recorded) -> None:
        desk = self._desks.get(event.desk)
        if desk is None or event.ticket is None:
            return
        tell_origin(tx, event, desk)
        if event.kind in _SEEN_BY_OTHERS:
            self._refresh_others(tx, event)
        if event.kind == "ticket.opened":
            self._open_topic(tx, event, desk)
            return
        if event.kind == "ticket.moved":
            self._move_topic(tx, event, desk)
            return
        topic = topics.topic_of(tx, event.ticket)
        if topic is not None:
            self._into_topic(tx, event, topic, desk)
        elif event.kind == "ticket.woken":
            self._begin_topic(tx, event, desk)

    def _open_topic(self, tx: Tx, event: Recorded, desk: OpenDesk) -> None:
        if tickets_.load(tx, event.ticket or 0).snoozed_until is not None:
            return  # it waits for the contact to choose the desk
        topic = _new_topic(tx, event.ticket or 0, desk)
        if topic is not None:
            into_topic(tx, topic, desk=event.desk, act="topic", dedup=f"topic:{event.ticket}", at=event.at)

    def _move_topic(self, tx: Tx, event: Recorded, desk: OpenDesk) -> None:
        """Leave the old desk's topic with a pointer, and open one at the new desk with what was said."""
        number = event.ticket or 0
        old, source = topics.topic_of(tx, number), self._desks.get(event.data["from"])
        if old is not None:
            language = staff_voice(source or desk).language
            if old.thread is not None:
                into_topic(
                    tx, old, desk=event.desk, act="leave_topic", dedup=f"leave:{event.id}", at=event.at,
                    group=old.group, thread=old.thread,
                    text=handling_phrases.moved(language, ticket=number, desk=desk.now.desk.name),
                )  # fmt: skip
            topics.forget(tx, number)
        self._begin_topic(tx, event, desk)

    def _begin_topic(self, tx: Tx, event: Recorded, desk: OpenDesk) -> None:
        """Open a topic for a ticket that has a past, with what was said."""
        number = event.ticket or 0
        topic = _new_topic(tx, number, desk)
        if topic is None:
            return
        into_topic(tx, topic, desk=event.desk, act="topic", dedup=f"topic:{number}:{event.id}", at=event.at)
        for row in reversed(tx.all(_LAST_SAID, ticket=number)):
            into_topic(
                tx, topic, desk=event.desk, act="mirror", message=row.id, dedup=f"mirror:{row.id}:{event.id}",
                at=event.at, edited=False,
            )  # fmt: skip

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
        if tx.one(_WAITS, line=f"card:{topic.ticket}", act="card") is not None:
            return
        if tx.one(_WAITS, line=f"topic:{topic.ticket}", act="topic") is not None:
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


def _new_topic(tx: Tx, ticket: int, desk: OpenDesk) -> TopicNow | None:
    """Note that a ticket shall have a topic, in the group in which least waits; None if it has one, or there is none.

    Of groups in which equally much waits the tickets take turns.
    """
    found = desk.agents_groups()
    if found is None:
        return None
    account, groups = found
    turns = groups[ticket % len(groups) :] + groups[: ticket % len(groups)]
    waits = {group: budgets.waiting_at(tx, group_budget(account.key, group)) for group in turns}
    return topics.create(tx, ticket=ticket, account=account.key, group=min(turns, key=waits.__getitem__))
