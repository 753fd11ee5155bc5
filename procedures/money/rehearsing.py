"""What a step would do with money, in words, for whoever plays a case through. Pure."""

from collections.abc import Iterator

from procedures.asking.conditions import Answers
from procedures.definition.procedure import Procedure, Step
from procedures.money.reckoning import items_of, total
from procedures.words.answer_words import spoken
from templates_replies.catalogue import Language
from templates_replies.money_words import rupiah


def asked_for(
    procedure: Procedure, step: Step, outcome: str, answers: Answers, language: Language
) -> Iterator[str]:  # fmt: skip
    """Yield the lines of the invoice that a step makes. Raises OutOfBoundsError."""
    bills = step.money.bills
    if bills is None or outcome != step.outcomes[0].id:
        return
    items = items_of(procedure.tariff, bills.rates, answers)
    if not items:
        yield "invoice: none, nothing is asked for"
        return
    yield f"invoice: {rupiah(total(items), language)}, due in {bills.due_in} days"
    for item in items:
        count = f"{item.quantity} {spoken(item.unit, language)}".strip()
        yield f"  {spoken(item.name, language)}: {count} × {rupiah(item.price, language)} = {rupiah(item.amount, language)}"
