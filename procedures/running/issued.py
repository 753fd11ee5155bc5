"""What a case has issued last, for what its requester is told."""

from procedures.cases.telling import Issued
from procedures.money import invoices
from procedures.money.invoices import State as InvoiceState
from procedures.papers import rows as papers
from procedures.papers.rows import State
from tickets.ledger.tx import Tx


def issued_last(tx: Tx, case: int) -> Issued:
    """Return the number of the letter that was issued last and still stands, and the sum of the last invoice that does."""
    bills = invoices.of_case(tx, case)
    of_money = {each.paper for each in bills}
    of_money |= {paid.paper for each in bills for paid in invoices.payments_of(tx, each.id)}
    letters = [
        each
        for each in papers.of_case(tx, case)
        if each.state is State.ISSUED and each.number and each.id not in of_money
    ]
    last = max(letters, key=lambda each: (each.final_at or each.made_at, each.id), default=None)
    asked = [each for each in bills if each.state is not InvoiceState.VOID]
    bill = max(asked, key=lambda each: each.id, default=None)
    return Issued(number=last.number if last else None, total=bill.total if bill else None)
