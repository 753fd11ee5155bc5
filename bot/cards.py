"""The agents' topics: which events put what into a ticket's topic, and what its card shows.

A follower of the history: it queues, the delivery worker sends. Cards are drawn when they are sent, so that several
changes in a row are one edit.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import bindparam, select, text

from bot import topics
from bot.commands import LONGEST_DATA, Verb, button
from bot.delivered import tell_origin
from bot.desks import Desks, OpenDesk
from bot.holders import Holders
from bot.identity import masked_in
from bot.mirroring import sender_check
from bot.pointers import pointer
from bot.telling import Rows, group_budget, into_topic
from bot.topics import TopicNow
from bot.verdicts import Verdict, verdict_on
from bot.voice import staff_voice
from templates_replies import handling_phrases, identity_phrases, second_line_phrases, window_phrases
from templates_replies.catalogue import Language
from templates_replies.desk_menu_phrases import to_desk_label
from templates_replies.promise_phrases import explain_label
from templates_replies.staff_cards import Card, CardClock
from tickets import budgets, contacts, links, parked, windows
from tickets import ticket as tickets_
from tickets.actions import knocking
from tickets.actions.identity import can_be_looked_up
from tickets.actions.tagging import tags_of
from tickets.clocks import ClockState
from tickets.contacts import AddressNow, ContactNow
from tickets.issues import issue_of
from tickets.ledger import events
from tickets.ledger.events import Recorded
from tickets.ledger.prepared import Prepared
from tickets.ledger.writer import Tx
from tickets.lifecycle import TO_DO, Status
from tickets.message import Authenticity, Button, Channel, Direction
from tickets.outbox import Priority
from tickets.priority import Priority as Urgency
from tickets.tables import Message, Outbox
from tickets.ticket import TicketNow, others_open
from tickets.verification import Outcome, masked

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
_NEWEST_MAIL = Prepared(
    select(_MESSAGES.c.authenticity)
    .where(_MESSAGES.c.ticket == bindparam("ticket"), _MESSAGES.c.direction == str(Direction.IN))
    .order_by(_MESSAGES.c.id.desc())
    .limit(1)
)
_MIRRORED = {"message.received", "message.answered", "message.noted", "message.edited"}
_LEAVES = {"ticket.closed", "ticket.spam", "ticket.merged"}
_RETURNS = {"ticket.reopened", "ticket.restored"}
# What other tickets of the same contact show of this one.
_SEEN_BY_OTHERS = (
    {"ticket.opened", "ticket.assigned", "ticket.solved", "ticket.reopened"} | _LEAVES | _RETURNS
)
_REDRAWS = ("ticket.", "clock.", "contact.", "message.answered", "delivery.parked", "delivery.released")
_JOIN_CHANGES = timedelta(seconds=1)  # a card waits so long for what comes right behind


class CardFollower:
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
            self._queue(tx, event, topic, act="file", dedup=f"file:{event.subject}", attachment=event.subject)
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
        edited = event.kind == "message.edited"
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


def card_of(
    tx: Tx, ticket: TicketNow, *, desk: OpenDesk, now: datetime, for_team: str | None = None,
    alike: Sequence[tuple[int, str | None]] = (), beside: Mapping[str, str] | None = None,
) -> tuple[Card, Rows]:  # fmt: skip
    """Return what a ticket's card shows now, and its buttons: those of the agents, or of a second-line team.

    `alike` are tickets that may be about the same, and their links: found outside of this transaction. `beside` are the
    desks that share the contact's account with this one, to which it goes by one tap.
    """
    voice = staff_voice(desk)
    contact = contacts.load_contact(tx, ticket.contact)
    address = contacts.load_address(tx, ticket.address) if ticket.address is not None else None
    holders = Holders(tx, ticket, desk)
    number = masked(contact.identity_number) if contact.identity_number else None
    written = address.external_id if address else None  # a mailbox, too, may be made of the number

    def mask(said: str | None) -> str | None:
        return masked_in(said, contact.identity_number) if said else None

    verdict = verdict_on(tx, contact.id, ticket.address, desk=desk, now=now)
    suggestions = [
        (voice.category_name(category), score) for category, score in (ticket.suggestions or [])[:3]
    ]
    card = Card(
        ticket=ticket.number,
        subject=mask(ticket.subject),
        contact=mask(contact.called) or mask(written) or "?",
        channel=ticket.channel,
        address=mask(written) if ticket.channel != Channel.WEBCHAT else None,
        identity=[part for part in (contact.identity_name, number, contact.identity_unit) if part],
        verification=verdict.outcome,
        verdict=verdict.lines,
        status=str(ticket.status),
        holder=holders.first_line,
        team=holders.team,
        category=voice.category_name(ticket.category) if ticket.category else None,
        suggestions=suggestions,
        priority=Urgency(ticket.priority).key,
        snoozed_until=voice.local(ticket.snoozed_until) if ticket.snoozed_until else None,
        spam=ticket.spam_at is not None,
        merged_into=ticket.merged_into,
        others=[(number, holders.called(holder)) for number, holder in others_open(tx, ticket)],
        alike=alike,
        tags=[desk.catalogue.tag_name(tag) for tag in tags_of(tx, ticket.number)],
        clocks=[
            _card_clock(clock, desk, holders.names) for clock in _newest(events.clocks_of(tx, ticket.number))
        ],
        issue=issue_of(tx, ticket),
        sender_check=_sender_check(tx, ticket, voice.language),
        window=_window(tx, ticket, address, desk, now=now),
    )
    if for_team is not None:
        return card, _team_buttons(ticket, desk, for_team)
    checks = _identity_buttons(ticket, contact, verdict, desk)
    joins = _incident_button(tx, ticket, voice.language)
    moves = _move_buttons(ticket, beside or {}, voice.language)
    return card, [*_buttons(ticket, desk), *([checks] if checks else []), *joins, *moves]


def _window(
    tx: Tx, ticket: TicketNow, address: AddressNow | None, desk: OpenDesk, *, now: datetime
) -> list[str]:
    """Say until when the contact may be written to freely, and what waits for them to write."""
    if address is None or not windows.has_one(address.channel) or ticket.status is Status.CLOSED:
        return []
    voice = staff_voice(desk)
    closes_at = windows.closes_at(address.channel, address.last_inbound_at)
    knocked_at = knocking.asked_at(tx, address)
    return window_phrases.window_lines(
        voice.language, closes_at=voice.local(closes_at) if closes_at else None,
        is_open=windows.is_open(address.channel, address.last_inbound_at, now),
        knocked_at=voice.local(knocked_at) if knocked_at else None,
        waiting=parked.waiting_on(tx, ticket.number), today=voice.local(now).date(),
    )  # fmt: skip


def _sender_check(tx: Tx, ticket: TicketNow, language: Language) -> str | None:
    """Say what is known of who sent the newest mail."""
    if ticket.channel != Channel.EMAIL:
        return None
    newest = tx.one(_NEWEST_MAIL, ticket=ticket.number)
    if newest is None or not newest.authenticity:
        return None
    return sender_check(Authenticity(**newest.authenticity), language)


def _newest(clocks: tuple[ClockState, ...]) -> list[ClockState]:
    """Return the newest clock of each kind that was not dropped."""
    found = {clock.kind: clock for clock in clocks if clock.ended_at is None}
    return list(found.values())


def _card_clock(clock: ClockState, desk: OpenDesk, names: Mapping[str, str]) -> CardClock:
    tz = desk.now.desk.calendar.tz
    return CardClock(
        kind=clock.kind,
        due_at=clock.due_at.astimezone(tz),
        met_at=clock.met_at.astimezone(tz) if clock.met_at else None,
        breached_at=clock.breached_at.astimezone(tz) if clock.breached_at else None,
        paused=clock.paused_at is not None,
        seen_by=names.get((clock.acknowledged_by or "").partition(":")[2]),
    )


def _identity_buttons(
    ticket: TicketNow, contact: ContactNow, verdict: Verdict, desk: OpenDesk
) -> list[Button]:
    """Offer what settles who the contact is, as long as it is not settled."""
    language, number = staff_voice(desk).language, ticket.number
    if ticket.status in {Status.SOLVED, Status.CLOSED} or not desk.now.desk.has_directory:
        return []
    offered = []
    if verdict.outcome != Outcome.VERIFIED and can_be_looked_up(contact):
        offered.append(Button(label=identity_phrases.check_label(language), data=button(Verb.CHECK, number)))
    if verdict.outcome in {Outcome.MISMATCH, Outcome.NOT_FOUND}:
        offered.append(
            Button(label=identity_phrases.confirm_label(language), data=button(Verb.CONFIRM, number))
        )
    if verdict.listed_mailbox and not verdict.proven and ticket.address is not None:
        offered.append(Button(label=identity_phrases.code_label(language), data=button(Verb.CODE, number)))
    return offered


def _incident_button(tx: Tx, ticket: TicketNow, language: Language) -> Rows:
    """Offer to attach a ticket to an incident that it is likely part of, by one tap."""
    if ticket.status not in TO_DO or links.incident_of(tx, ticket.number) is not None:
        return []
    incident = links.alike(ticket, links.open_incidents(tx, ticket.desk))
    if incident is None:
        return []
    label = handling_phrases.attach_label(language, other=incident.number)
    return [[Button(label=label, data=button(Verb.INCIDENT, ticket.number, str(incident.number)))]]


def _move_buttons(ticket: TicketNow, beside: Mapping[str, str], language: Language) -> Rows:
    """Offer the other desks behind the number or bot, as long as the ticket is fresh."""
    if ticket.status is not Status.NEW:
        return []
    offered = [
        Button(label=to_desk_label(language, desk=name), data=button(Verb.MOVE, ticket.number, slug))
        for slug, name in beside.items()
    ]
    return [[each] for each in offered if len(each.data.encode()) <= LONGEST_DATA]


def _team_buttons(ticket: TicketNow, desk: OpenDesk, team: str) -> Rows:
    if ticket.team != team or ticket.status in {Status.SOLVED, Status.CLOSED}:
        return ()
    label = second_line_phrases.return_label(staff_voice(desk).language)
    return ((Button(label=label, data=button(Verb.RETURN, ticket.number)),),)


def _buttons(ticket: TicketNow, desk: OpenDesk) -> Rows:
    voice = staff_voice(desk)
    rows: list[list[Button]] = []
    if ticket.status in {Status.SOLVED, Status.CLOSED}:
        return rows
    if ticket.category is None:
        rows += [
            [
                Button(
                    label=f"🏷 {voice.category_name(category)}"[:60],
                    data=button(Verb.CATEGORY, ticket.number, category),
                )
            ]
            for category, _ in (ticket.suggestions or [])[:3]
        ]
    acts = []
    if ticket.assignee is None:
        acts.append(Button(label=voice.take_label(), data=button(Verb.CLAIM, ticket.number)))
    acts.append(Button(label=voice.templates_label(), data=button(Verb.REPLY, ticket.number)))
    acts.append(Button(label=explain_label(voice.language), data=button(Verb.EXPLAIN, ticket.number)))
    if ticket.category is not None:
        acts.append(Button(label=voice.close_label(), data=button(Verb.CLOSE, ticket.number)))
    return [*rows, acts]
