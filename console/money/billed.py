"""An invoice with everything that whoever acts upon it needs: its ticket's desk, its case, its procedure, who may do what."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from console.house import House
from console.ticket.cases import absent_at
from procedures.cases import happened, views
from procedures.cases.rights import may_end
from procedures.cases.rows import CaseNow, NoSuchCaseError
from procedures.definition.procedure import Procedure
from procedures.money import views as money
from procedures.money.invoices import InvoiceNow, NoSuchInvoiceError, State
from procedures.money.views import WholeInvoice
from procedures.running import actions
from procedures.running.paying import checkers
from tickets.actor import Actor
from tickets.desk import DeskNow


@dataclass(frozen=True, kw_only=True)
class Billed:
    whole: WholeInvoice
    case: CaseNow
    procedure: Procedure  # as it was when the case began
    desk: DeskNow
    absent: frozenset[str]

    @property
    def invoice(self) -> InvoiceNow:
        return self.whole.bill.invoice

    def may_check(self, by: Actor) -> bool:
        """Whether they say if a payment has come in."""
        roles = checkers(self.procedure, self.case, self.invoice)
        return self._is_open and any(may_end(by, role, self.desk.desk, absent=self.absent) for role in roles)

    def may_change(self, by: Actor) -> bool:
        """Whether they make it void, or another in its place."""
        step = self.procedure.step(self.invoice.step)
        role = self.procedure.acting(step) if step else None
        return self._is_open and role is not None and may_end(by, role, self.desk.desk, absent=self.absent)

    def doing(self, by: Actor, at: datetime) -> happened.Doing:
        return happened.Doing(procedure=self.procedure, desk=self.desk, by=by, at=at)

    @property
    def _is_open(self) -> bool:
        return self.invoice.state is State.OPEN


async def billed(house: House, id: int) -> Billed:  # noqa: A002  the column
    """Return an invoice. Raises NoSuchInvoiceError."""

    def read(session: Session) -> tuple[WholeInvoice, CaseNow, frozenset[str]]:
        whole = money.invoice(session, id)
        if whole is None:
            raise NoSuchInvoiceError(id)
        found = views.case(session, whole.bill.invoice.case)
        if found is None:
            raise NoSuchCaseError(whole.bill.invoice.case)
        return whole, found.case, absent_at(session, whole.bill.invoice.desk, house.clock())

    whole, case, absent = await house.ledger.read(read)
    procedures = await house.ledger.aside(house.procedures_under, case.desk, case.revision)
    return Billed(
        whole=whole, case=case, procedure=actions.of_case(procedures, case), desk=house.desk(case.desk),
        absent=absent,
    )  # fmt: skip
