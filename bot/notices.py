"""Notices to one person of the desk, at their own address: tickets that became theirs, notes that name them, what was held.

A follower of the history. What comes close together is told at once, so a notice is drawn when it leaves. Who has no
address is told in the ticket's topic.
"""

from collections import Counter
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import bindparam, literal_column, select, text

from bot import topics
from bot.absence_words import absence_in_words
from bot.alerts import ways_to
from bot.cards import card_of
from bot.desks import Desks, OpenDesk
from bot.identity import masked_in
from bot.mention_notices import mention_text
from bot.telling import Rows, into_topic, to_person
from bot.voice import staff_voice
from templates_replies import presence_phrases as phrases
from templates_replies import scheduling_phrases
from tickets import absences, contacts
from tickets import ticket as tickets_
from tickets.actions import mentioning, scheduling
from tickets.actor import Role
from tickets.ledger.events import Recorded
from tickets.ledger.prepared import Prepared
from tickets.ledger.tx import Tx
from tickets.lifecycle import TO_DO
from tickets.lines import load_of
from tickets.outbox import enqueue
from tickets.parcels import Audience, Priority
from tickets.presence import Away
from tickets.staff import StaffNow, active
from tickets.tables import Event, Outbox
from tickets.ticket import TicketNow

_OUTBOX = Outbox.__table__  # type: ignore[attr-defined]
_EVENTS = Event.__table__  # type: ignore[attr-defined]
_GIVING = ("ticket.assigned", "ticket.team_assigned")
_BACK, _HANDED_OVER = "staff.back", "staff.handed_over"
_JOIN = timedelta(seconds=2)  # a notice waits so long for what comes right behind
_MOST = 500  # events that one notice looks through
_NOTICE_WAITS = Prepared(
    select(_OUTBOX.c.id).where(
        text("outbox.state IN ('queued', 'sending')"),  # as the index of the lines has it
        _OUTBOX.c.order_key == bindparam("order_key"),
        _OUTBOX.c.state == "queued",
        _OUTBOX.c.act == "given",
    )
)
_GIVEN_SINCE = Prepared(
    select(_EVENTS.c.ticket, _EVENTS.c.data)
    .where(
        _EVENTS.c.id >= bindparam("since"),
        _EVENTS.c.desk == bindparam("desk"),
        _EVENTS.c.kind.in_([literal_column(f"'{kind}'") for kind in _GIVING]),
    )
    .order_by(_EVENTS.c.id)
    .limit(_MOST)
)


class NoticeFollower:
    name = "notices"

    def __init__(self, desks: Desks) -> None:
        self._desks = desks

    def wants(self, event: Recorded) -> bool:
        return self._desks.get(event.desk) is not None and event.kind in _KINDS

    def follow(self, tx: Tx, event: Recorded) -> None:
        desk = self._desks[event.desk]
        people = {person.id: person for person in active(tx, event.desk)}
        if event.kind in _GIVING:
            receiver = people.get(str(event.data.get("to")))
            if receiver is not None and event.actor != receiver.actor.key:
                self._given(tx, event, desk, receiver)
        elif event.kind == _BACK and event.data.get("away") == Away.OUT_OF_OFFICE:
            returned = people.get(event.subject or "")
            if returned is not None:
                self._tell(tx, event, desk, returned, _welcome(tx, event, desk, people))
        elif event.kind in _CONCERNS:
            concerned = people.get(str(event.data.get("to")))
            if concerned is not None:
                self._concern(tx, event, desk, concerned, _CONCERNS[event.kind](tx, event, desk, people))
        elif event.kind == _HANDED_OVER and event.data.get("kept"):
            for person in people.values():
                if person.role is Role.SUPERVISOR:
                    self._tell(tx, event, desk, person, _kept(tx, event, desk, people))

    def _given(self, tx: Tx, event: Recorded, desk: OpenDesk, person: StaffNow) -> None:
        ways = ways_to(person, desk)
        if not ways:
            self._into_topic(tx, event, desk, person)
            return
        line = _line(person)
        if tx.one(_NOTICE_WAITS, order_key=line) is not None:
            return
        enqueue(
            tx, dedup=f"given:{person.desk}:{person.id}:{event.id}", account=ways[0]["account"],
            audience=Audience.STAFF, act="given", order_key=line, priority=Priority.ALERT, desk=event.desk,
            ticket=event.ticket, payload={"staff": person.id, "since": event.id, "ways": ways}, at=event.at,
            not_before=event.at + _JOIN,
        )  # fmt: skip

    def _concern(self, tx: Tx, event: Recorded, desk: OpenDesk, person: StaffNow, said: str) -> None:
        if ways_to(person, desk):
            self._tell(tx, event, desk, person, said)
        else:
            self._say_in_topic(tx, event, f"{person.name}: {said}")

    def _into_topic(self, tx: Tx, event: Recorded, desk: OpenDesk, person: StaffNow) -> None:
        self._say_in_topic(tx, event, phrases.given_in_topic(staff_voice(desk).language, name=person.name))

    def _say_in_topic(self, tx: Tx, event: Recorded, said: str) -> None:
        topic = topics.topic_of(tx, event.ticket or 0)
        if topic is not None:
            into_topic(
                tx, topic, desk=event.desk, act="notice", dedup=f"given:{event.id}", at=event.at, text=said
            )  # fmt: skip

    def _tell(self, tx: Tx, event: Recorded, desk: OpenDesk, person: StaffNow, said: str) -> None:
        to_person(
            tx, ways_to(person, desk), said, desk=desk.slug, person=person.id, at=event.at,
            dedup=f"notice:{event.id}:{person.id}",
        )  # fmt: skip


def given_text(tx: Tx, payload: Mapping[str, Any], desk: OpenDesk, now: datetime) -> tuple[str, Rows] | None:
    """Put in words what somebody was given and still holds; None if that is nothing any more."""
    staff = payload["staff"]
    events = tx.all(_GIVEN_SINCE, since=payload["since"], desk=desk.slug)
    numbers = dict.fromkeys(row.ticket for row in events if (row.data or {}).get("to") == staff)
    tickets = [ticket for number in numbers if _holds(staff, ticket := tickets_.load(tx, number))]
    voice = staff_voice(desk)
    if not tickets:
        return None
    if len(tickets) == 1:
        card, rows = card_of(tx, tickets[0], desk=desk, now=now)
        return f"{phrases.given(voice.language, ticket=tickets[0].number)}\n\n{voice.card(card, now)}", rows
    lines = [_line_of(tx, ticket) for ticket in tickets]
    return phrases.given_many(voice.language, tickets=lines), ()


def _held(_tx: Tx, event: Recorded, desk: OpenDesk, _people: Mapping[str, StaffNow]) -> str:
    """Tell whoever wrote an answer for later that it did not go, and why."""
    language = staff_voice(desk).language
    return scheduling_phrases.held(language, ticket=event.ticket or 0, why=event.data["why"])


def _unsolved(_tx: Tx, event: Recorded, desk: OpenDesk, _people: Mapping[str, StaffNow]) -> str:
    """Tell whoever wrote an answer for later that it went, but did not solve the ticket, and why."""
    language = staff_voice(desk).language
    return scheduling_phrases.unsolved(language, ticket=event.ticket or 0, why=event.data["why"])


# What concerns the person that the event is `to`, in words.
_CONCERNS = {scheduling.HELD: _held, scheduling.UNSOLVED: _unsolved, mentioning.MENTIONED: mention_text}
_KINDS = {*_GIVING, *_CONCERNS, _BACK, _HANDED_OVER}


def _welcome(tx: Tx, event: Recorded, desk: OpenDesk, people: Mapping[str, StaffNow]) -> str:
    absence = absences.load(tx, int(event.data["absence"]))
    counts = Counter(to for _, to in absence.handed)
    names = {person.id: person.name for person in people.values()}
    receivers = [(names.get(to, to) if to else None, count) for to, count in counts.most_common()]
    fates = Counter(tickets_.load(tx, number).status in TO_DO for number, _ in absence.handed)
    return phrases.welcome_back(
        staff_voice(desk).language, counts=receivers, still_open=fates[True], over=fates[False],
        held=load_of(tx, desk.slug)[absence.staff],
    )  # fmt: skip


def _kept(tx: Tx, event: Recorded, desk: OpenDesk, people: Mapping[str, StaffNow]) -> str:
    absence = absences.load(tx, int(event.data["absence"]))
    who = people.get(absence.staff)
    language = staff_voice(desk).language
    return phrases.kept_while_away(
        language, who=who.name if who else absence.staff, id=absence.staff,
        absence=absence_in_words(desk.now.desk, language, absence, event.at), count=int(event.data["kept"]),
    )  # fmt: skip


def _holds(staff: str, ticket: TicketNow) -> bool:
    return ticket.status in TO_DO and staff in {ticket.assignee, ticket.team_holder}


def _line_of(tx: Tx, ticket: TicketNow) -> tuple[int, str, str | None]:
    contact = contacts.load_contact(tx, ticket.contact)
    called, subject = (
        masked_in(words, contact.identity_number) if words else None
        for words in (contact.called, ticket.subject)
    )
    return ticket.number, called or "?", subject


def _line(person: StaffNow) -> str:
    return f"given:{person.desk}:{person.id}"
