"""Turns are called to mind when their time has come, to whoever may end them then, and end by themselves where they lapse."""

from datetime import datetime

import structlog

from bot.desks import Desks
from bot.own_turns.telling import remind_requester_of_turn
from bot.requesting.going_on import FormLink, no_page
from bot.turns.called import Called, acting_now, open_turn
from bot.turns.calling import call, call_text
from procedures.cases import rows as cases
from procedures.cases.rows import NoSuchCaseError
from procedures.running import actions, reminders
from procedures.running.reminders import Reminding
from templates_replies import turn_phrases
from tickets.actions.errors import ActError
from tickets.actor import SYSTEM
from tickets.hours import due as due_by
from tickets.ledger.tx import Tx

log = structlog.get_logger()


def remind(tx: Tx, desks: Desks, *, now: datetime, most: int, turn_link: FormLink = no_page) -> int:
    """Call to mind what is due, the longest due first; return how many there were."""
    found = reminders.take_due(tx, now=now, most=most)
    for each in found:
        _remind(tx, desks, each, turn_link=turn_link, now=now)
    return len(found)


def _remind(tx: Tx, desks: Desks, due: Reminding, *, turn_link: FormLink, now: datetime) -> None:
    try:
        desk = desks.get(cases.load(tx, due.case).desk)
    except NoSuchCaseError:  # erased meanwhile
        return
    called = open_turn(tx, due.case, due.step, due.round, desk) if desk is not None else None
    if called is None or _lapsed(tx, called, now=now):
        return
    if called.role.requester:
        remind_requester_of_turn(tx, called, link=turn_link, at=now)
    said = turn_phrases.reminded(called.language, said=call_text(tx, called))
    for person in acting_now(tx, called, at=now):
        name = f"remind:{due.case}/{due.step}:{due.round}:{due.at.isoformat()}:{person.id}"
        call(tx, called, person, said, dedup=name, at=now)


def _lapsed(tx: Tx, called: Called, *, now: datetime) -> bool:
    """End a turn that nobody has ended within its time, as its step says; say whether that was so."""
    lapse, begun_at, desk = called.step.turn.lapses, called.turn.begun_at, called.desk.now
    if lapse is None or begun_at is None:
        return False
    at = due_by(desk.desk.calendar, begun_at, lapse.after)
    if at > now:
        # the desk's hours may be others than when it began
        reminders.note(tx, called.case.id, called.turn, at)
        return False
    try:
        actions.act(
            tx, called.case.id, called.step.id, lapse.outcome, procedure=called.procedure, answers={},
            reason=turn_phrases.lapsed(called.language), desk=desk, by=SYSTEM, at=now,
        )  # fmt: skip
    except ActError:  # people go on with it by hand
        log.exception("turn.lapse_failed", case=called.case.id, step=called.step.id)
    return True
