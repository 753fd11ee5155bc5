"""Whose turn it is in a procedure is told so, at their own address. A follower of the history."""

from bot.alerts import ways_to
from bot.desks import Desks, OpenDesk
from bot.former_procedures import procedure_of
from bot.steps import buttons_for, ways_of
from bot.telling import to_person
from bot.voice import staff_voice
from procedures import cases
from procedures.cases import CaseNow, Turn
from procedures.definition import Procedure, Role, Step
from procedures.rights import holders
from procedures.step_clock import BEGUN, STEP
from templates_replies import procedure_phrases
from templates_replies.catalogue import Language
from templates_replies.moments import moment_in_words
from tickets import absences
from tickets.ledger.events import Recorded, clocks_of
from tickets.ledger.writer import Tx
from tickets.staff import active


class TurnFollower:
    name = "turns"

    def __init__(self, desks: Desks) -> None:
        self._desks = desks

    def follow(self, tx: Tx, event: Recorded) -> None:
        desk = self._desks.get(event.desk) if event.kind == BEGUN else None
        if desk is None:
            return
        case = cases.load(tx, int(event.subject or 0))
        turn = case.turn(event.data["step"])
        procedure = procedure_of(tx, case)
        step = procedure.step(event.data["step"]) if procedure else None
        role = procedure.role(step.role) if procedure and step else None
        if (
            procedure is None
            or step is None
            or role is None
            or turn is None
            or turn.round != event.data["round"]
        ):
            return  # it is over already
        said = _said(tx, case, procedure, role, step, turn, desk)
        language = staff_voice(desk).language
        written = None
        if not step.asks:
            ways = [label for _, label in ways_of(step, language)]
            written = procedure_phrases.in_words(language, ticket=case.ticket, step=step.number, ways=ways)
        absent = frozenset(absences.away_now(tx, event.desk, event.at))
        acting = holders(role, desk.now.desk, absent=absent)
        for person in active(tx, event.desk):
            if person.id in acting - absent and person.actor.key != event.actor:
                to_person(
                    tx, ways_to(person, desk), said, desk=desk.slug, person=person.id, at=event.at,
                    ticket=case.ticket, dedup=f"turn:{event.id}:{person.id}",
                    buttons=buttons_for(step, case.ticket, language), in_words=written,
                )  # fmt: skip


def _said(
    tx: Tx, case: CaseNow, procedure: Procedure, role: Role, step: Step, turn: Turn, desk: OpenDesk
) -> str:
    language: Language = staff_voice(desk).language
    return procedure_phrases.your_turn(
        language, ticket=case.ticket, procedure=procedure.name, role=role.name, step=step.does, round_=turn.round,
        due=_due(tx, case, turn, desk, language), needs=step.needs, reason=_sent_back(case, turn),
    )  # fmt: skip


def _due(tx: Tx, case: CaseNow, turn: Turn, desk: OpenDesk, language: Language) -> str | None:
    clock = next(
        (
            each
            for each in clocks_of(tx, case.ticket)
            if (each.kind, each.subject, each.cycle) == (STEP, f"{case.id}/{turn.step}", turn.round)
        ),
        None,
    )
    if clock is None or turn.begun_at is None:
        return None
    zone = desk.now.desk.calendar.tz
    return moment_in_words(
        clock.due_at.astimezone(zone), language, today=turn.begun_at.astimezone(zone).date()
    )


def _sent_back(case: CaseNow, turn: Turn) -> str | None:
    """Return why a step is to be done again: the reason of the decision that led back to it."""
    if turn.round == 1:
        return None
    decided = [each for each in case.turns if each.reason and each.ended_at == turn.begun_at]
    return decided[-1].reason if decided else None
