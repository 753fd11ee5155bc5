"""Turns are called to mind when their time has come, to whoever may end them then."""

from datetime import datetime

from bot.desks import Desks
from bot.turns.called import acting_now, open_turn
from bot.turns.calling import call, call_text
from procedures import cases, reminders
from procedures.cases import NoSuchCaseError
from procedures.reminders import Reminding
from templates_replies import turn_phrases
from tickets.ledger.writer import Tx


def remind(tx: Tx, desks: Desks, *, now: datetime, most: int) -> int:
    """Call to mind what is due, the longest due first; return how many there were."""
    found = reminders.take_due(tx, now=now, most=most)
    for each in found:
        _remind(tx, desks, each, now=now)
    return len(found)


def _remind(tx: Tx, desks: Desks, due: Reminding, *, now: datetime) -> None:
    try:
        desk = desks.get(cases.load(tx, due.case).desk)
    except NoSuchCaseError:  # erased meanwhile
        return
    called = open_turn(tx, due.case, due.step, due.round, desk) if desk is not None else None
    if called is None:
        return
    said = turn_phrases.reminded(called.language, said=call_text(tx, called))
    for person in acting_now(tx, called, at=now):
        name = f"remind:{due.case}/{due.step}:{due.round}:{due.at.isoformat()}:{person.id}"
        call(tx, called, person, said, dedup=name, at=now)
