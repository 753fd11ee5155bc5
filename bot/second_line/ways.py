"""The ways on which a team sees its tickets: a topic in its group, a thread of mails, its tracker. A team may have several."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from bot import topics
from bot.alerts import alert_of, joined, news_of
from bot.cards import card_of
from bot.desks import OpenDesk
from bot.mirroring import mirrored, talk
from bot.telling import into_topic, line_of
from bot.topics import OriginNow, TopicNow
from bot.voice import staff_voice
from channels.email.message_ids import MessageIds
from templates_replies import second_line_phrases
from tickets import hooks
from tickets.attachments import message_of
from tickets.connections import Account
from tickets.desk import Team
from tickets.ledger.events import Recorded
from tickets.ledger.tx import Tx
from tickets.message import Channel
from tickets.outbox import enqueue
from tickets.parcels import Audience, Priority
from tickets.ticket import TicketNow

TRACKER_ACT = "tracker"


@dataclass(frozen=True, kw_only=True)
class Told:
    """What happened, and to whose ticket."""

    tx: Tx
    event: Recorded
    desk: OpenDesk
    ticket: TicketNow
    team: Team | None  # None: the desk's file names it no longer
    at: datetime

    @property
    def name(self) -> str:
        assert self.team is not None
        return self.team.id

    @property
    def alert(self) -> str | None:
        """What is to be said of the clock; None if there is nothing any more."""
        found = alert_of(
            self.tx, ticket=self.ticket.number, payload=news_of(self.event), desk=self.desk, now=self.at
        )
        return found.text if found is not None else None


class Way(Protocol):
    """One way to a team. Everything is queued, once for each event."""

    def opened(self, told: Told, *, reason: str | None) -> None:
        """The team gets the ticket, perhaps again."""

    def said(self, told: Told, message: int, *, changed: bool) -> None:
        """The contact wrote, or somebody noted; `changed`: they edited it since, or took it back."""

    def alerted(self, told: Told) -> None:
        """Its promise is about to break, or has."""

    def closed(self, told: Told, outcome: str) -> None:
        """The ticket is with the team no longer."""

    def is_where(self, origin: OriginNow | None, told: Told) -> bool:
        """Whether a message was written on this very way."""


def ways_of(told: Told, message_ids: MessageIds) -> tuple[Way, ...]:
    return tuple(_found(told, message_ids))


def _found(told: Told, message_ids: MessageIds) -> Iterator[Way]:
    team, desk = told.team, told.desk.now.desk
    assert team is not None
    bot = next((each for each in desk.accounts_on(Channel.TELEGRAM) if not each.off), None)
    if team.telegram_group is not None and bot is not None:
        yield TopicWay(bot, team.telegram_group)
    mailbox = next((each for each in desk.accounts_on(Channel.EMAIL) if not each.off), None)
    if team.email is not None and mailbox is not None:
        yield MailWay(mailbox, team.email, message_ids)
    if team.tracker is not None:
        yield TrackerWay(hooks.key_of(desk.slug, hooks.tracker_of(team.id)))


class TopicWay:
    def __init__(self, bot: Account, group: str) -> None:
        self._bot = bot
        self._group = group

    def opened(self, told: Told, *, reason: str | None) -> None:
        number = told.ticket.number
        first = topics.create_for_team(
            told.tx, ticket=number, team=told.name, account=self._bot.key, group=self._group
        )
        if not first and topics.topic_of(told.tx, number, told.name) is None:
            topics.change(told.tx, number, told.name, account=self._bot.key, group=self._group)
        language = staff_voice(told.desk).language
        words = second_line_phrases.talk_in_topic(
            language, reason=reason, talk=talk(told.tx, number, told.desk, until=told.event.at)
        )
        self._queue(told, "topic")
        if not first:
            self._queue(told, "reopen_topic")
            self._queue(told, "card")
        self._queue(told, "notice", text=words)

    def said(self, told: Told, message: int, *, changed: bool) -> None:
        self._queue(told, "mirror", message=message, edited=changed)

    def filed(self, told: Told, attachment: int) -> None:
        """A file of the contact's is there."""
        self._queue(told, "file", message=message_of(told.tx, attachment), attachment=attachment)

    def alerted(self, told: Told) -> None:
        """It is put in words when it is sent, with what has happened to the clock until then."""
        topic, news = self._topic(told), news_of(told.event)
        if topic is not None and not joined(
            told.tx, news, line=line_of(topic, "notice"), act="notice", ticket=topic.ticket
        ):
            self._queue(told, "notice", **news)

    def closed(self, told: Told, outcome: str) -> None:
        language = staff_voice(told.desk).language
        over = second_line_phrases.over(language, ticket=told.ticket.number, outcome=outcome)
        self._queue(told, "notice", text=over)
        self._queue(told, "card")
        self._queue(told, "close_topic")

    def is_where(self, origin: OriginNow | None, told: Told) -> bool:
        topic = self._topic(told)
        return topic is not None and topics.was_written_in(origin, topic)

    def _topic(self, told: Told) -> TopicNow | None:
        return topics.topic_of(told.tx, told.ticket.number, told.name)

    def _queue(self, told: Told, act: str, *, message: int | None = None, **payload: Any) -> None:
        topic = self._topic(told)
        if topic is not None:
            into_topic(
                told.tx, topic, act=act, desk=told.event.desk, message=message, at=told.at,
                dedup=f"team:{told.name}:{topic.ticket}:{act}:{told.event.id}", **payload,
            )  # fmt: skip


class MailWay:
    def __init__(self, mailbox: Account, address: str, message_ids: MessageIds) -> None:
        self._mailbox = mailbox
        self._address = address
        self._message_ids = message_ids

    def opened(self, told: Told, *, reason: str | None) -> None:
        language = staff_voice(told.desk).language
        card, _ = card_of(told.tx, told.ticket, desk=told.desk, now=told.at, for_team=told.name)
        assert told.team is not None
        self._send(
            told, second_line_phrases.escalated(
                language, ticket=told.ticket.number, team=told.team.name, reason=reason,
                card=staff_voice(told.desk).card(card, told.at),
                talk=talk(told.tx, told.ticket.number, told.desk, until=told.event.at),
            ),
        )  # fmt: skip

    def said(self, told: Told, message: int, *, changed: bool) -> None:
        text = mirrored(told.tx, message, told.desk, edited=changed)
        self._send(told, text, files_of=None if changed else message)

    def alerted(self, told: Told) -> None:
        if text := told.alert:
            self._send(told, text)

    def closed(self, told: Told, outcome: str) -> None:
        language = staff_voice(told.desk).language
        if topics.first_mail_of(told.tx, told.ticket.number, told.name) is not None:
            self._send(told, second_line_phrases.over(language, ticket=told.ticket.number, outcome=outcome))

    def is_where(self, origin: OriginNow | None, told: Told) -> bool:
        """A note by mail came from the team's people, who have the mail themselves."""
        del told
        return origin is not None and origin.account == self._mailbox.key

    def _send(self, told: Told, text: str, *, files_of: int | None = None) -> None:
        number, tx = told.ticket.number, told.tx
        first = topics.first_mail_of(tx, number, told.name)
        card, _ = card_of(tx, told.ticket, desk=told.desk, now=told.at, for_team=told.name)
        subject = second_line_phrases.mail_subject(
            staff_voice(told.desk).language, ticket=number, subject=card.subject
        )
        payload = {
            "place": {"account": self._mailbox.key, "channel": "email", "address": self._address},
            "text": text,
            "subject": f"Re: {subject}" if first else subject,
            "references": [first] if first else [],
            "replies_to": first,
            "files": files_of is not None,
            "files_of": files_of,
        }
        parcel = enqueue(
            tx, dedup=f"team:{told.name}:{number}:mail:{told.event.id}", account=self._mailbox.key,
            audience=Audience.STAFF, act="say", order_key=f"team-mail:{number}:{told.name}",
            priority=Priority.INCOMING, desk=told.event.desk, ticket=number, payload=payload, at=told.at,
        )  # fmt: skip
        if first is None and parcel is not None:
            domain = self._mailbox.settings.get("address", "").rpartition("@")[2] or "localhost"
            topics.create_for_team(tx, ticket=number, team=told.name, account=None, group=None)
            topics.change(tx, number, told.name, mail=self._message_ids.of(parcel, domain))


class TrackerWay:
    def __init__(self, key: str) -> None:
        self._key = key

    def opened(self, told: Told, *, reason: str | None) -> None:
        self._queue(told, "issue.created", reason=reason, until=told.event.at.isoformat())

    def said(self, told: Told, message: int, *, changed: bool) -> None:
        self._queue(told, "issue.commented", message=message, changed=changed)

    def alerted(self, told: Told) -> None:
        if text := told.alert:
            self._queue(told, "issue.commented", text=text)

    def closed(self, told: Told, outcome: str) -> None:
        self._queue(told, "issue.closed", outcome=outcome)

    def is_where(self, origin: OriginNow | None, told: Told) -> bool:
        del told
        return origin is not None and origin.account == self._key

    def _queue(self, told: Told, kind: str, **payload: Any) -> None:
        known = hooks.hook_of(told.tx, self._key)
        if known is None or told.event.id <= known.since:
            return  # it was named later
        hooks.queue(
            told.tx, self._key, act=TRACKER_ACT, kind=kind, dedup=f"{self._key}:{told.event.id}:{kind}", at=told.at,
            desk=told.event.desk, ticket=told.ticket.number, id=f"evt_{told.event.id}_{told.name}",
            team=told.name, event=told.event.id, **payload,
        )  # fmt: skip
