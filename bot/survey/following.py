"""What follows from the history for the surveys: a confirmed ticket is asked about, a low score is told."""

from collections.abc import Callable
from datetime import datetime, timedelta

from bot.alerts import after_quiet_hours, ways_to
from bot.desks import Desks, OpenDesk
from bot.survey.asking import ask_about_closed
from bot.survey.findings import LOW
from tickets import ticket as tickets_
from tickets.actions import survey
from tickets.actor import Role
from tickets.ledger.events import Recorded
from tickets.ledger.tx import Tx
from tickets.lifecycle import Status
from tickets.outbox import enqueue
from tickets.parcels import Audience, Priority
from tickets.staff import active

_FRESH = timedelta(
    days=1
)  # what was closed before is not asked about: a new follower begins with all of history
_WORDS_WITHIN = timedelta(
    minutes=2
)  # who was asked for a remark has so long to add it before anybody is told


_CLOSED, _ANSWERED = "ticket.closed", "survey.answered"


class SurveyFollower:
    name = "survey"

    def __init__(self, desks: Desks, *, clock: Callable[[], datetime]) -> None:
        self._desks = desks
        self._clock = clock

    def wants(self, event: Recorded) -> bool:
        low = event.kind == _ANSWERED and bool(event.data.get("low"))
        return (low or event.kind == _CLOSED) and self._desks.get(event.desk) is not None

    def follow(self, tx: Tx, event: Recorded) -> None:
        desk = self._desks[event.desk]
        if event.ticket is None:
            return
        if event.kind == _CLOSED and self._clock() - event.at <= _FRESH:
            ticket = tickets_.load(tx, event.ticket)
            if ticket.status is Status.CLOSED:
                ask_about_closed(tx, ticket, desk=desk, at=self._clock())
        elif event.kind == _ANSWERED:
            self._tell(tx, event, event.ticket, desk)

    def _tell(self, tx: Tx, event: Recorded, ticket: int, desk: OpenDesk) -> None:
        now, cycle = self._clock(), int(event.data["cycle"])
        asked = survey.of_cycle(tx, ticket, cycle)
        waits = asked is not None and asked.remark is None
        for person in active(tx, event.desk):
            ways = ways_to(person, desk)
            if person.role is Role.SUPERVISOR and ways:
                enqueue(
                    tx, dedup=f"low:{ticket}:{cycle}:{person.id}", account=ways[0]["account"], audience=Audience.STAFF,
                    act="alert", order_key=f"alert:{person.desk}:{person.id}:survey", priority=Priority.ALERT,
                    desk=event.desk, ticket=ticket, at=now,
                    payload={"kind": LOW, "clock": {"clock": "survey", "cycle": cycle}, "ways": ways},
                    not_before=after_quiet_hours(desk.now.desk, now + _WORDS_WITHIN if waits else now),
                )  # fmt: skip
