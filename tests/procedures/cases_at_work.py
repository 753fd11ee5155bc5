"""The small desk with a procedure at work: cases begin, steps end, people are away."""

from sqlmodel import select

from procedures.cases import rows as cases
from procedures.cases.step_clock import STEP
from procedures.definition.procedure import DONE
from procedures.running import actions
from tests.procedures.recording import FORM, RECORDING
from tests.tickets.desk_at_work import MINUTE, DeskAtWork
from tests.tickets.desks import BUDI, SLUG
from tickets import absences
from tickets.ledger.events import clocks_of
from tickets.presence import Away
from tickets.tables import Message


class CasesAtWork(DeskAtWork):
    procedure = RECORDING

    def starts(self, *, by=BUDI, answers=FORM, procedure=None, sender="+628111"):
        ticket = self.hears(sender)
        return self._does(
            lambda tx: actions.start(
                tx, ticket, procedure or self.procedure, answers=answers, desk=self.desk, by=by, at=self.now
            )
        )

    def acts(self, case, step_id, outcome=DONE, *, by=BUDI, reason=None, named=None, seen=None, **answers):
        self.now += MINUTE
        return self._does(
            lambda tx: actions.act(
                tx,
                case.id,
                step_id,
                outcome,
                procedure=self.procedure,
                answers=answers,
                reason=reason,
                named=named,
                seen=seen,
                desk=self.desk,
                by=by,
                at=self.now,
            )
        )

    def withdraws(self, case):
        return self._does(
            lambda tx: actions.take_back(
                tx, case.id, procedure=self.procedure, desk=self.desk, by=BUDI, at=self.now
            )
        )

    def is_away(self, who):
        self._does(
            lambda tx: absences.create(
                tx,
                desk=SLUG,
                staff=who.id,
                kind=Away.OUT_OF_OFFICE,
                since=self.now,
                until=None,
                substitute=None,
                note=None,
            )
        )

    def told(self):
        """Return what the house has said by itself, the oldest first."""
        statement = select(Message).where(Message.automatic.is_(True)).order_by(Message.id)
        with self.ledger.reading() as session:
            return [message.text for message in session.exec(statement)]

    def loaded(self, case):
        return self._does(lambda tx: cases.load(tx, case.id))

    def clocks(self, case):
        states = self._does(lambda tx: clocks_of(tx, case.ticket))
        return [state for state in states if state.kind == STEP]
