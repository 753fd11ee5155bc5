"""Whose turn it is in a procedure is told so, at their own address. A follower of the history."""

from collections.abc import Iterator
from dataclasses import dataclass

from bot.alerts import ways_to
from bot.desks import Desks, OpenDesk
from bot.former_procedures import procedure_of
from bot.identity import masked_in
from bot.steps import buttons_for
from bot.telling import to_person
from bot.voice import staff_voice
from procedures import cases
from procedures.answer_words import ways_of
from procedures.cases import CaseNow, Turn
from procedures.definition import Procedure, Role, Step
from procedures.happened import Moment
from procedures.rights import holders
from procedures.step_clock import STEP, subject_of
from templates_replies import procedure_phrases
from templates_replies.catalogue import Language
from templates_replies.moments import moment_in_words
from tickets import absences, contacts
from tickets import ticket as tickets_
from tickets.ledger.events import Recorded, clocks_of
from tickets.ledger.writer import Tx
from tickets.staff import StaffNow, active


@dataclass(frozen=True, kw_only=True)
class _Called:
    """A step that somebody is called to."""

    case: CaseNow
    turn: Turn
    procedure: Procedure
    step: Step
    role: Role


class TurnFollower:
    name = "turns"

    def __init__(self, desks: Desks) -> None:
        self._desks = desks

    def follow(self, tx: Tx, event: Recorded) -> None:
        desk = self._desks.get(event.desk) if event.kind == Moment.STEP_BEGUN else None
        called = _called(tx, event, desk) if desk is not None else None
        if desk is None or called is None:
            return
        language, ticket = staff_voice(desk).language, called.case.ticket
        said = _said(tx, called, desk, language)
        for person in _acting(tx, event, called, desk):
            to_person(
                tx, ways_to(person, desk), said, desk=desk.slug, person=person.id, at=event.at, ticket=ticket,
                dedup=f"turn:{event.id}:{person.id}", buttons=buttons_for(called.step, ticket, language),
                in_words=_in_words(called, language),
            )  # fmt: skip


def _called(tx: Tx, event: Recorded, desk: OpenDesk) -> _Called | None:
    """Return the step that has begun; None if it is over already, or its procedure cannot be read."""
    case = cases.load(tx, int(event.subject or 0))
    turn, procedure = case.turn(event.data["step"]), procedure_of(tx, case, desk)
    if turn is None or turn.round != event.data["round"] or procedure is None:
        return None
    step = procedure.step(turn.step)
    role = procedure.role(step.role) if step else None
    if step is None or role is None:
        return None
    return _Called(case=case, turn=turn, procedure=procedure, step=step, role=role)


def _acting(tx: Tx, event: Recorded, called: _Called, desk: OpenDesk) -> Iterator[StaffNow]:
    """Yield those who may end the step and are here, but for whoever has brought the case to it."""
    absent = frozenset(absences.away_now(tx, event.desk, event.at))
    acting = holders(called.role, desk.now.desk, absent=absent) - absent
    for person in active(tx, event.desk):
        if person.id in acting and person.actor.key != event.actor:
            yield person


def _said(tx: Tx, called: _Called, desk: OpenDesk, language: Language) -> str:
    return procedure_phrases.your_turn(
        language,
        ticket=called.case.ticket,
        procedure=called.procedure.name,
        role=called.role.name,
        step=called.step.does,
        round_=called.turn.round,
        due=_due(tx, called, desk, language),
        needs=called.step.needs,
        reason=_sent_back(tx, called.case, called.turn),
    )


def _in_words(called: _Called, language: Language) -> str | None:
    """Say what may be written where there are no buttons; nothing where the step asks for more than a word."""
    if called.step.asks:
        return None
    ways = [label for _, label in ways_of(called.step, language)]
    return procedure_phrases.in_words(language, ticket=called.case.ticket, step=called.step.number, ways=ways)


def _due(tx: Tx, called: _Called, desk: OpenDesk, language: Language) -> str | None:
    key = (STEP, subject_of(called.case.id, called.turn.step), called.turn.round)
    clock = next((each for each in clocks_of(tx, called.case.ticket) if each.key == key), None)
    if clock is None or called.turn.begun_at is None:
        return None
    zone = desk.now.desk.calendar.tz
    today = called.turn.begun_at.astimezone(zone).date()
    return moment_in_words(clock.due_at.astimezone(zone), language, today=today)


def _sent_back(tx: Tx, case: CaseNow, turn: Turn) -> str | None:
    """Return why a step is to be done again: the reason of the decision that led back to it."""
    if turn.round == 1:
        return None
    reasons = [each.reason for each in case.turns if each.reason and each.ended_at == turn.begun_at]
    contact = contacts.load_contact(tx, tickets_.load(tx, case.ticket).contact)
    return masked_in(reasons[-1], contact.identity_number) if reasons else None
