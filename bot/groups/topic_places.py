"""In which group a ticket is a topic: where it begins, and what becomes of it when the ticket belongs elsewhere.

A topic stays in its group as long as the ticket may be shown there. Else it is left with a pointer and closed, and
another one begins with the card, what was said last, and what still waited to be told.
"""

from collections.abc import Sequence

from sqlalchemy import String, bindparam, cast, exists, select, text

from bot import topics
from bot.desks import OpenDesk, groups_for
from bot.telling import group_budget, into_topic, line_of
from bot.topics import TopicNow
from bot.voice import staff_voice
from templates_replies import belonging_phrases
from tickets import budgets, outbox, unsent
from tickets import ticket as tickets_
from tickets.connections import Account
from tickets.ledger.events import Recorded
from tickets.ledger.prepared import Prepared
from tickets.ledger.tx import Tx
from tickets.lifecycle import Status
from tickets.tables import Event, Message
from tickets.ticket import TicketNow

_MESSAGES = Message.__table__  # type: ignore[attr-defined]
_EVENTS = Event.__table__  # type: ignore[attr-defined]
_LAST_SAID = Prepared(
    select(_MESSAGES.c.id)
    .where(
        _MESSAGES.c.ticket == bindparam("ticket"),
        ~exists().where(  # what came after the event is shown when its own is followed
            _EVENTS.c.ticket == bindparam("ticket"),
            _EVENTS.c.id > bindparam("event"),
            _EVENTS.c.subject == cast(_MESSAGES.c.id, String),
            text(
                "events.kind IN ('message.received', 'message.answered', 'message.noted', 'message.automatic')"
            ),
        ),
    )
    .order_by(_MESSAGES.c.id.desc())
    .limit(10)
)
_COMES_ALONG = {
    "notice",
    "file",
}  # what else waited; the card is drawn anew, and what was said is told anyway


def open_topic(tx: Tx, event: Recorded, desk: OpenDesk) -> None:
    """Let a new ticket have its topic."""
    ticket = tickets_.load(tx, event.ticket or 0)
    if ticket.snoozed_until is not None:
        return  # it waits for the contact to choose the desk
    topic = _new_topic(tx, ticket, desk)
    if topic is not None:
        into_topic(tx, topic, desk=event.desk, act="topic", dedup=f"topic:{event.ticket}", at=event.at)


def begin(tx: Tx, event: Recorded, desk: OpenDesk) -> TopicNow | None:
    """Open a topic for a ticket that has a past, with what was said."""
    number = event.ticket or 0
    topic = _new_topic(tx, tickets_.load(tx, number), desk)
    if topic is None:
        return None
    into_topic(tx, topic, desk=event.desk, act="topic", dedup=f"topic:{number}:{event.id}", at=event.at)
    for row in reversed(tx.all(_LAST_SAID, ticket=number, event=event.id)):
        into_topic(
            tx, topic, desk=event.desk, act="mirror", message=row.id, dedup=f"mirror:{row.id}:{event.id}",
            at=event.at, edited=False,
        )  # fmt: skip
    return topic


def move_to_desk(tx: Tx, event: Recorded, desk: OpenDesk, source: OpenDesk | None) -> None:
    """Leave the old desk's topic, and open one at the new desk."""
    old = topics.topic_of(tx, event.ticket or 0)
    if old is not None:
        language = staff_voice(source or desk).language
        words = belonging_phrases.moved(language, ticket=old.ticket, desk=desk.now.desk.name)
        _leave(tx, event, old, words)
    begin(tx, event, desk)


def change_group(tx: Tx, event: Recorded, old: TopicNow, desk: OpenDesk) -> bool:
    """Go on in another group if the ticket may not be shown in this one any more; False if it may."""
    ticket, found = tickets_.load(tx, old.ticket), desk.agents_groups()
    if found is None or found[0].key != old.account or not found[0].groups or ticket.status is Status.CLOSED:
        return False
    if old.group in _groups_of(ticket, *found) or old.group not in found[1]:
        return False  # a group that the desk does not name, or not yet by its new id, keeps what it has
    waiting = [row for row in unsent.waiting(tx, line=line_of(old, "notice")) if row.act in _COMES_ALONG]
    for row in (*waiting, *unsent.waiting(tx, line=line_of(old, "card"))):
        outbox.move(tx, row.id, state="sent", error="told elsewhere", not_before=event.at, done_at=event.at)
    words = belonging_phrases.in_other_group(staff_voice(desk).language, ticket=old.ticket)
    _leave(tx, event, old, words)
    topic = begin(tx, event, desk)
    assert topic is not None
    for row in waiting:
        into_topic(
            tx, topic, desk=event.desk, act=row.act, message=row.message, dedup=f"along:{row.id}", at=event.at,
            **row.payload,
        )  # fmt: skip
    return True


def _leave(tx: Tx, event: Recorded, topic: TopicNow, words: str) -> None:
    if topic.thread is not None:
        into_topic(
            tx, topic, desk=event.desk, act="leave_topic", dedup=f"leave:{event.id}", at=event.at,
            group=topic.group, thread=topic.thread, text=words,
        )  # fmt: skip
    topics.forget(tx, topic.ticket)


def _new_topic(tx: Tx, ticket: TicketNow, desk: OpenDesk) -> TopicNow | None:
    """Note that a ticket shall have a topic, in the group in which least waits; None if it has one, or there is none.

    Of groups in which equally much waits the tickets take turns.
    """
    found = desk.agents_groups()
    if found is None:
        return None
    account, groups = found[0].key, _groups_of(ticket, *found)
    turns = [*groups[ticket.number % len(groups) :], *groups[: ticket.number % len(groups)]]
    waits = {group: budgets.waiting_at(tx, group_budget(account, group)) for group in turns}
    return topics.create(tx, ticket=ticket.number, account=account, group=min(turns, key=waits.__getitem__))


def _groups_of(ticket: TicketNow, account: Account, groups: Sequence[str]) -> Sequence[str]:
    return groups_for(groups, account.groups, category=ticket.category, team=ticket.team)
