"""Tickets find their holders by themselves where the desk says so: a follower of the history, and a turn of the clock.

The follower gives out what waits whenever something may have given room or brought a ticket. The turn does what no
event brings: the desk opens, an absence begins or ends, what somebody absent holds is handed over.
"""

from collections.abc import Callable, Sequence
from datetime import datetime

from sqlmodel import Session

from bot.desks import Desks, OpenDesk
from bot.voice import staff_voice
from templates_replies.presence_phrases import handed_note
from tickets import absences
from tickets import ticket as tickets_
from tickets.actions import handover, presence
from tickets.actions.assigning import give_out
from tickets.actions.handover import Move, SayFor
from tickets.ledger.events import Recorded
from tickets.ledger.tx import Tx
from tickets.lines import ASSIGNMENT, accepts_any
from tickets.presence import Away, absence_at
from tickets.staff import active
from tickets.views import desks_due

_COMES_BACK = "ticket.reopened"
_OF_THE_DESK = {"staff.back", "desk.revised"}


class AssignmentFollower:
    name = "assignment"

    def __init__(self, desks: Desks, *, clock: Callable[[], datetime]) -> None:
        self._desks = desks
        self._clock = clock  # who is here now counts, not who was when it happened

    def wants(self, event: Recorded) -> bool:
        desk = self._desks.get(event.desk)
        if desk is None or event.actor == ASSIGNMENT.key:
            return False
        gives_room = event.kind.startswith("ticket.") or event.kind in _OF_THE_DESK
        return event.kind == _COMES_BACK or (gives_room and desk.now.desk.gives_out)

    def follow(self, tx: Tx, event: Recorded) -> None:
        desk = self._desks[event.desk]
        if event.kind == _COMES_BACK and event.ticket is not None:
            self._pass_on(tx, event.ticket, desk)
        give_out(tx, desk=desk.now, at=self._clock())

    def _pass_on(self, tx: Tx, number: int, desk: OpenDesk) -> None:
        """Hand on a ticket that comes back to somebody whose tickets were handed over already."""
        at = self._clock()
        ticket = tickets_.load(tx, number)
        for holder in {ticket.assignee, ticket.team_holder} - {None}:
            absence = absence_at(absences.live_of(tx, desk.slug, holder or ""), at)
            if absence is not None and absence.kind is Away.OUT_OF_OFFICE and absence.handed_at is not None:
                handover.hand_over_for(
                    tx, absence, desk=desk.now, say=notes_of(tx, desk), by=ASSIGNMENT, at=at, only=number
                )


def due(session: Session, desks: Sequence[OpenDesk], at: datetime) -> list[OpenDesk]:
    """Return the desks that have something for `turn` to do."""
    waits = desks_due.with_unheld(session, [desk.slug for desk in desks if desk.now.desk.gives_out])
    away = desks_due.with_absences_due(session, now=at)
    return [
        desk for desk in desks if desk.slug in away or (desk.slug in waits and accepts_any(desk.now.desk, at))
    ]


def turn(tx: Tx, desk: OpenDesk, at: datetime) -> None:
    """Let absences begin and end, hand over what the absent hold, give out what waits."""
    presence.keep_time(tx, desk=desk.now, at=at)
    handover.hand_over_absent(tx, desk=desk.now, say=notes_of(tx, desk), by=ASSIGNMENT, at=at)
    give_out(tx, desk=desk.now, at=at)


def notes_of(tx: Tx, desk: OpenDesk) -> SayFor:
    """Return how a note says from whom a ticket comes."""
    names = {person.id: person.name for person in active(tx, desk.slug)}
    language = staff_voice(desk).language

    def say(who: str, move: Move) -> str:
        return handed_note(
            language, who=names.get(who, who), to=names.get(move.to, move.to) if move.to else None
        )

    return say
