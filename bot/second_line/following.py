"""Tells a second-line team what happens to a ticket that it has, on each way that it has, and the first line what came back.

A follower of the history. Words that were written on one of the team's ways go to the others, never back to where they
were written. The contact's own words and the first line's notes reach the team, with their files and whatever becomes of
them later; answers to the contact do not.
"""

from collections.abc import Callable
from datetime import datetime

from sqlalchemy import bindparam, select, text

from bot import topics
from bot.alerts import ways_to
from bot.desks import Desks, OpenDesk
from bot.mirroring import text_of
from bot.second_line.ways import Told, TopicWay, Way, ways_of
from bot.telling import to_place
from bot.voice import staff_voice
from channels.email.message_ids import MessageIds
from templates_replies import second_line_phrases
from tickets import ticket as tickets_
from tickets.actions import amending
from tickets.clocks import SECOND_LINE
from tickets.ledger.events import Recorded
from tickets.ledger.prepared import Prepared
from tickets.ledger.tx import Tx
from tickets.message import Channel, Place
from tickets.staff import active
from tickets.tables import Event

_SAID = {"message.received", "message.completed", "message.noted"}
_CHANGED = {"message.edited", "message.deleted", amending.AMENDED, amending.WITHDRAWN}
_FILED = "attachment.stored"
_OUTCOMES = {
    "ticket.solved": "solved",
    "ticket.closed": "closed",
    "ticket.merged": "merged",
    "ticket.spam": "spam",
}
_ALERTS = {"clock.warned", "clock.breached", "clock.withdrawn"}


_WITH_TEAM = _SAID | _CHANGED | _ALERTS | {_FILED, *_OUTCOMES}
_PASSES_ON = {"ticket.escalated", "ticket.returned"}
_EVENTS = Event.__table__  # type: ignore[attr-defined]
_MOVED_LAST = Prepared(
    select(_EVENTS.c.kind, _EVENTS.c.data)
    .where(
        _EVENTS.c.ticket == bindparam("ticket"),
        _EVENTS.c.id < bindparam("before"),
        text("events.kind IN ('ticket.escalated', 'ticket.returned', 'ticket.reopened')"),
    )
    .order_by(_EVENTS.c.id.desc())
    .limit(1)
)


class SecondLineFollower:
    name = "second_line"

    def __init__(self, desks: Desks, *, message_ids: MessageIds, clock: Callable[[], datetime]) -> None:
        self._desks = desks
        self._message_ids = message_ids
        self._clock = clock

    def wants(self, event: Recorded) -> bool:
        desk = self._desks.get(event.desk) if event.ticket is not None else None
        if desk is None or event.kind in _PASSES_ON:
            return desk is not None
        return event.kind in _WITH_TEAM and bool(desk.now.desk.teams)

    def follow(self, tx: Tx, event: Recorded) -> None:
        desk = self._desks[event.desk]
        if event.kind == "ticket.escalated":
            self._escalated(tx, event, desk)
        elif event.kind == "ticket.returned":
            self._returned(tx, event, desk)
        elif event.kind in _WITH_TEAM and not _is_between_desk_and_contact(tx, event):
            self._with_team(tx, event, desk)

    def _escalated(self, tx: Tx, event: Recorded, desk: OpenDesk) -> None:
        before = event.data.get("before")
        if before:
            self._over(tx, event, desk, before, "moved")
        told = self._told(tx, event, desk, event.data["team"])
        for way in self._ways(told):
            way.opened(told, reason=event.data.get("reason"))

    def _returned(self, tx: Tx, event: Recorded, desk: OpenDesk) -> None:
        team = event.data["team"]
        self._over(tx, event, desk, team, "returned")
        self._tell_holder(tx, event, desk, team)

    def _with_team(self, tx: Tx, event: Recorded, desk: OpenDesk) -> None:
        """Tell the team that has the ticket; of a clock, the team whose promise it is."""
        if event.kind in _ALERTS:
            team = event.data.get("about") if event.data.get("clock") == SECOND_LINE else None
        else:
            team = _team_at(tx, event)
        if team is None:
            return
        if event.kind in _OUTCOMES:
            self._over(tx, event, desk, team, _OUTCOMES[event.kind])
            return
        told = self._told(tx, event, desk, team)
        for way in self._ways(told):
            if event.kind in _ALERTS:
                way.alerted(told)
            elif event.kind == _FILED:
                if isinstance(way, TopicWay):  # by mail it came with the words
                    way.filed(told, int(event.subject or 0))
            elif not way.is_where(topics.origin_of(tx, int(event.subject or 0)), told):
                way.said(told, int(event.subject or 0), changed=event.kind in _CHANGED)

    def _over(self, tx: Tx, event: Recorded, desk: OpenDesk, team: str, outcome: str) -> None:
        told = self._told(tx, event, desk, team)
        for way in self._ways(told):
            way.closed(told, outcome)

    def _ways(self, told: Told) -> tuple[Way, ...]:
        return ways_of(told, self._message_ids) if told.team is not None else ()

    def _told(self, tx: Tx, event: Recorded, desk: OpenDesk, team: str) -> Told:
        ticket = tickets_.load(tx, event.ticket or 0)
        found = desk.now.desk.team(team)
        return Told(tx=tx, event=event, desk=desk, ticket=ticket, team=found, at=self._clock())

    def _tell_holder(self, tx: Tx, event: Recorded, desk: OpenDesk, team: str) -> None:
        """Tell the agent who holds the ticket that it is back, unless they took it back themselves."""
        ticket = tickets_.load(tx, event.ticket or 0)
        holder = next((each for each in active(tx, event.desk) if each.id == ticket.assignee), None)
        if holder is None or holder.actor.key == event.actor:
            return
        ways = ways_to(holder, desk)
        if not ways:
            return
        place = Place(
            account=ways[0]["account"], channel=Channel(ways[0]["channel"]), address=ways[0]["address"]
        )
        language = staff_voice(desk).language
        found = desk.now.desk.team(team)
        words = second_line_phrases.back_to_you(
            language, ticket=ticket.number, team=found.name if found else team,
            finding=self._finding(tx, event),
        )  # fmt: skip
        to_place(
            tx, place, words, desk=event.desk, ticket=ticket.number, dedup=f"back:{event.id}", at=self._clock(),
            subject=second_line_phrases.mail_subject(language, ticket=ticket.number, subject=ticket.subject),
        )  # fmt: skip

    def _finding(self, tx: Tx, event: Recorded) -> str | None:
        """Return what was found: the note that came with the return, or its reason."""
        noted = event.data.get("note")
        return text_of(tx, int(noted)) if noted else event.data.get("reason")


def _is_between_desk_and_contact(tx: Tx, event: Recorded) -> bool:
    """Whether it is about an answer: a team is told what became of notes alone."""
    changed = event.kind in {amending.AMENDED, amending.WITHDRAWN}
    return changed and not amending.is_note(tx, int(event.subject or 0))


def _team_at(tx: Tx, event: Recorded) -> str | None:
    """Return the team that had the ticket when an event happened; meanwhile another may have it, or none."""
    row = tx.one(_MOVED_LAST, ticket=event.ticket, before=event.id)
    if row is None or row.kind != "ticket.escalated":
        return None
    team: str = row.data["team"]
    return team
