"""Which call a message answers, before anything comes of it; what comes from somebody else is refused here."""

from datetime import datetime

from bot.desks import OpenDesk
from bot.turns.called import called_to
from bot.turns.replies import Meant, may_answer_call, meant
from channels.email.message_ids import MessageIds
from procedures.cases import rows as cases
from procedures.cases.refusals import Why, note_refusal
from procedures.cases.rows import NoSuchCaseError
from procedures.words.decision_words import read_decision, says_yes
from tickets.ledger.store import Ledger
from tickets.ledger.tx import Tx
from tickets.message import Said
from tickets.staff import StaffNow


class AnsweredCalls:
    def __init__(self, ledger: Ledger, message_ids: MessageIds) -> None:
        self._ledger = ledger
        self._message_ids = message_ids

    async def answered(
        self, said: Said, desk: OpenDesk, person: StaffNow | None, *, in_group: bool, at: datetime
    ) -> Meant | None:
        """Return the call that somebody of the desk answers.

        A mail that is forged, or from somebody whom the desk does not know, answers none: it is taken as any other is, and
        where it would decide something the history is told.
        """
        if in_group or not may_answer_call(said):
            return None
        call = await self._ledger.write(lambda tx: meant(tx, said, self._message_ids), name="call")
        if call is None or call.desk != desk.slug:
            return None
        is_forged = said.authenticity is not None and said.authenticity.forged
        if person is not None and not is_forged:
            return call
        why = Why.FORGED if is_forged else Why.SENDER
        await self._ledger.write(lambda tx: _refuse(tx, said, call, desk, why, at), name="call")
        return None


def _refuse(tx: Tx, said: Said, call: Meant, desk: OpenDesk, why: Why, at: datetime) -> None:
    try:
        case = cases.load(tx, call.case)
    except NoSuchCaseError:  # erased meanwhile
        return
    turn = next((each for each in case.turns if (each.step, each.round) == (call.step, call.round)), None)
    called = called_to(tx, case, turn, desk) if turn is not None else None
    if called is not None and (says_yes(said.text) if call.chosen else read_decision(called.step, said.text)):
        note_refusal(tx, case, call.step, call.round, why, by=None, at=at)
