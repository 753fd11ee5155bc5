"""Queues for each webhook of a desk what it asked to be told, and tells the supervisors of one that was paused."""

from collections.abc import Callable
from datetime import datetime

from bot.alerts import after_quiet_hours, ways_to
from bot.desks import Desks, OpenDesk
from bot.voice import staff_voice
from templates_replies import hook_phrases
from tickets import hooks
from tickets.actions.importing import IMPORTED
from tickets.actor import Role
from tickets.ledger.events import Recorded
from tickets.ledger.tx import Tx
from tickets.outbox import enqueue
from tickets.parcels import Audience, Priority
from tickets.staff import StaffNow, active

PAUSED = "hook.paused"


class HookFollower:
    name = "hooks"

    def __init__(self, desks: Desks, *, clock: Callable[[], datetime]) -> None:
        self._desks = desks
        self._clock = clock

    def wants(self, event: Recorded) -> bool:
        desk = self._desks.get(event.desk)
        if desk is None or event.kind == PAUSED:
            return desk is not None
        if event.kind == IMPORTED or event.kind.startswith("hook."):  # its own troubles would never end
            return False
        return any(webhook.wants(event.kind) for webhook in desk.now.desk.webhooks)

    def follow(self, tx: Tx, event: Recorded) -> None:
        desk = self._desks[event.desk]
        if event.kind == PAUSED:
            self._tell_supervisors(tx, event, desk)
        else:
            self._queue(tx, event, desk)

    def _queue(self, tx: Tx, event: Recorded, desk: OpenDesk) -> None:
        for webhook in desk.now.desk.webhooks:
            key = hooks.key_of(event.desk, webhook.id)
            known = hooks.hook_of(tx, key) if webhook.wants(event.kind) else None
            if known is not None and event.id > known.since:
                hooks.queue(
                    tx, key, kind=event.kind, dedup=f"{key}:{event.id}", at=self._clock(), desk=event.desk,
                    ticket=event.ticket, id=f"evt_{event.id}_{webhook.id}", event=event.id,
                )  # fmt: skip

    def _tell_supervisors(self, tx: Tx, event: Recorded, desk: OpenDesk) -> None:
        for person in active(tx, event.desk):
            if person.role is Role.SUPERVISOR:
                self._tell(tx, event, desk, person)

    def _tell(self, tx: Tx, event: Recorded, desk: OpenDesk, person: StaffNow) -> None:
        ways = ways_to(person, desk)
        if not ways:
            return
        text = hook_phrases.paused(
            staff_voice(desk).language, hook=event.subject or "", gone=event.data.get("why") == hooks.GONE
        )
        now = self._clock()
        enqueue(
            tx, dedup=f"{PAUSED}:{event.id}:{person.id}", account=ways[0]["account"], audience=Audience.STAFF,
            act="say", order_key=f"alert:{person.desk}:{person.id}", priority=Priority.ALERT, desk=event.desk,
            payload={"place": ways[0], "text": text, "subject": text.partition(".")[0]}, at=now,
            not_before=after_quiet_hours(desk.now.desk, now),
        )  # fmt: skip
