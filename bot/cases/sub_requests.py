"""Procedures that begin others: the other is begun when its step is, and its end leads on. A follower of the history."""

from collections.abc import Callable, Mapping

import structlog

from bot.desks import Desks, OpenDesk
from bot.former_procedures import procedure_of
from bot.turns.called import acting_now, open_turn
from bot.turns.calling import call, call_text
from procedures.asking.given_answers import AnswersMissingError
from procedures.cases import rows as cases
from procedures.cases.happened import Moment
from procedures.running.sub_requests import begin_sub, go_on, pass_on, take_back_sub
from templates_replies import procedure_phrases as phrases
from tickets.ledger.events import Recorded
from tickets.ledger.tx import Tx

log = structlog.get_logger()


class SubRequestFollower:
    name = "sub_requests"

    def __init__(self, desks: Desks) -> None:
        self._desks = desks
        self._acts: Mapping[str, Callable[[Tx, Recorded, OpenDesk], None]] = {
            Moment.STEP_BEGUN: _begun,
            Moment.STEP_DROPPED: _dropped,
            Moment.CASE_ENDED: _ended,
        }

    def wants(self, event: Recorded) -> bool:
        return event.kind in self._acts and self._desks.get(event.desk) is not None

    def follow(self, tx: Tx, event: Recorded) -> None:
        self._acts[event.kind](tx, event, self._desks[event.desk])


def _begun(tx: Tx, event: Recorded, desk: OpenDesk) -> None:
    """Begin what the step begins, and end the step where it does not wait for that."""
    case = cases.load(tx, int(event.subject or 0))
    procedure, turn = procedure_of(tx, case, desk), case.turn(event.data["step"])
    step = procedure.step(event.data["step"]) if procedure else None
    if (
        procedure is None
        or step is None
        or step.begins is None
        or turn is None
        or turn.round != event.data["round"]
    ):
        return
    other = next((one for one in desk.procedures if one.id == step.begins.procedure), None)
    if other is None:  # a newer version of the desk's files has it no more
        _by_hand(tx, event, desk, missing=step.begins.procedure)
        return
    try:
        begin_sub(tx, case, turn, step.begins, other, desk=desk.now, at=event.at)
    except AnswersMissingError as error:
        _by_hand(tx, event, desk, missing=", ".join(error.missing))
        return
    if not step.begins.waits:
        pass_on(tx, case, turn, procedure=procedure, desk=desk.now, at=event.at)


def _by_hand(tx: Tx, event: Recorded, desk: OpenDesk, *, missing: str) -> None:
    """Call whoever has the step: what it should have begun could not be, so that they go on by hand."""
    called = open_turn(tx, int(event.subject or 0), event.data["step"], event.data["round"], desk)
    log.warning("sub_request.not_begun", case=event.subject, step=event.data["step"], missing=missing)
    if called is None:
        return
    said = f"{call_text(tx, called)}\n{phrases.not_begun(called.language, missing=missing)}"
    for person in acting_now(tx, called, at=event.at):
        call(tx, called, person, said, dedup=f"turn:{event.id}:{person.id}", at=event.at)


def _dropped(tx: Tx, event: Recorded, desk: OpenDesk) -> None:
    """Withdraw what a step that was cut short has begun."""
    for sub in cases.of_ticket(tx, event.ticket or 0):
        of_step = sub.within and (str(sub.within.case), sub.within.step, sub.within.round)
        if sub.ended is None and of_step == (event.subject, event.data["step"], event.data["round"]):
            procedure = procedure_of(tx, sub, desk)
            if procedure is not None:
                take_back_sub(tx, sub, procedure, desk=desk.now, at=event.at)


def _ended(tx: Tx, event: Recorded, desk: OpenDesk) -> None:
    """Lead the case on whose step has begun the one that is over."""
    sub = cases.load(tx, int(event.subject or 0))
    case = cases.load(tx, sub.within.case) if sub.within else None
    procedure = procedure_of(tx, case, desk) if case else None
    if case is not None and procedure is not None:
        go_on(tx, sub, case, procedure, desk=desk.now, at=event.at)
