"""Which turn of theirs a contact's message can be about."""

from collections.abc import Iterator
from datetime import datetime

from bot.desks import OpenDesk
from bot.own_turns.presses import Press
from bot.turns.called import Called, called_to
from procedures.cases import rows as cases
from procedures.cases.rights import may_answer_own
from procedures.cases.rows import NoSuchCaseError
from templates_replies.catalogue import Language
from templates_replies.moments import moment_in_words
from tickets import ticket as tickets_
from tickets.ledger.tx import Tx


def open_turns(tx: Tx, ticket: int, desk: OpenDesk) -> Iterator[Called]:
    """Yield the turns on a ticket that whoever asked may end now."""
    for case in cases.of_ticket(tx, ticket):
        if case.ended is not None or case.desk != desk.slug:
            continue
        for turn in case.turns:
            called = called_to(tx, case, turn, desk) if turn.is_open else None
            if called is not None and may_answer_own(called.role, called.step):
                yield called


def of_press(tx: Tx, press: Press, desk: OpenDesk) -> Called | None:
    """Return the turn whose button was pressed, over or not; None where it is there no more, or of another desk."""
    try:
        case = cases.load(tx, press.case)
    except NoSuchCaseError:
        return None
    turn = next((each for each in case.turns if each.place == press.place), None)
    if turn is None or case.desk != desk.slug or case.revision != press.revision:
        return None
    called = called_to(tx, case, turn, desk)
    return called if called is not None and may_answer_own(called.role, called.step) else None


def of_round(tx: Tx, case_id: int, step: str, round_: int, desk: OpenDesk) -> Called | None:
    """Return a turn by its step and round, over or not."""
    try:
        case = cases.load(tx, case_id)
    except NoSuchCaseError:
        return None
    turn = next((each for each in case.turns if (each.step, each.round) == (step, round_)), None)
    return called_to(tx, case, turn, desk) if turn is not None and case.desk == desk.slug else None


def is_of(tx: Tx, called: Called, contact: int) -> bool:
    """Whether a contact is the one who asked for what a turn is of."""
    return tickets_.load(tx, called.case.ticket).contact == contact


def ended_in_words(called: Called, language: Language, *, at: datetime) -> str | None:
    """Say when a turn was over; None while it is not."""
    zone, ended_at = called.desk.now.desk.calendar.tz, called.turn.ended_at
    if ended_at is None:
        return None
    return moment_in_words(ended_at.astimezone(zone), language, today=at.astimezone(zone).date())
