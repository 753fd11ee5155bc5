"""What a case has issued last, for what its requester is told."""

from procedures.cases.telling import Issued
from procedures.money import invoices
from procedures.money.invoices import State as InvoiceState
from procedures.papers import rows as papers
from procedures.papers.rows import State
from tickets.ledger.writer import Tx


def issued_last(tx: Tx, case: int) -> Issued:
    """Return the number of the letter that was issued last and still stands, and the sum of the last invoice."""
    letters = [each for each in papers.of_case(tx, case) if each.state is State.ISSUED and each.number]
    last = max(letters, key=lambda each: (each.final_at or each.made_at, each.id), default=None)
    asked = [each for each in invoices.of_case(tx, case) if each.state is not InvoiceState.VOID]
    return Issued(number=last.number if last else None, total=asked[-1].total if asked else None)
