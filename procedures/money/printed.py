"""Invoices and receipts on paper: what is printed of them, by the office's own template or by ours, signed by whoever made or checked.

Where the procedure's paper has a number series, that gives the number; else money counts by itself (`numbering`).
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from procedures.cases.happened import Doing
from procedures.cases.rows import CaseNow
from procedures.definition.papers import Kind, Paper
from procedures.definition.procedure import Role
from procedures.money.numbering import Series, next_number
from procedures.money.reckoning import Item, total
from procedures.papers import actions
from procedures.papers.amounts import in_figures
from procedures.papers.rows import PaperNow
from procedures.papers.values import amount_data, moment_words
from procedures.words.answer_words import spoken
from templates_replies import money_phrases as phrases
from templates_replies.catalogue import Language, supported_language
from templates_replies.moments import day_in_words
from templates_replies.money_words import number as in_words
from tickets.ledger.tx import Tx


def print_invoice(
    tx: Tx, case: CaseNow, doing: Doing, *, id: int, paper: str | None, items: tuple[Item, ...], due_on: date, role: Role | None  # noqa: A002
) -> PaperNow:  # fmt: skip
    """Make the paper of an invoice; it has the invoice's number."""
    wanted = _wanted(doing, paper, Kind.INVOICE)
    language = wanted.language
    more = {
        "items": [_line(each, language) for each in items],
        "amount": amount_data(Decimal(total(items)), language),
        "due": day_in_words(due_on, language),
        **_signed(doing, role, language),
    }
    return _made(tx, case, doing, wanted, id=id, series=Series.INVOICE, more=more)


def print_receipt(
    tx: Tx, case: CaseNow, doing: Doing, *, id: int, paper: str | None, amount: int, invoice: str, left: int, role: Role | None  # noqa: A002
) -> PaperNow:  # fmt: skip
    """Make the receipt of a payment; it has the receipt's number."""
    wanted = _wanted(doing, paper, Kind.RECEIPT)
    language = wanted.language
    more = {
        "amount": amount_data(Decimal(amount), language),
        "about": f"{phrases.invoice_name(language)} {invoice}, {doing.procedure.name}",
        "note": phrases.left_over(language, left=left) if left > 0 else None,
        **_signed(doing, role, language),
    }
    return _made(tx, case, doing, wanted, id=id, series=Series.RECEIPT, more=more)


def _wanted(doing: Doing, name: str | None, kind: Kind) -> Paper:
    """Return the paper that the procedure has for it, or ours."""
    found = doing.procedure.paper(name) if name else None
    language = supported_language(doing.desk.desk.language)
    called = phrases.invoice_name(language) if kind is Kind.INVOICE else phrases.receipt_name(language)
    return found or Paper(id=str(kind), name=called, kind=kind, language=language)


def _made(
    tx: Tx, case: CaseNow, doing: Doing, wanted: Paper, *, id: int, series: Series, more: Mapping[str, Any]  # noqa: A002
) -> PaperNow:  # fmt: skip
    desk = doing.desk.desk
    counts = wanted.series in desk.series if wanted.series else False
    number = None if counts else next_number(tx, series, desk, doing.at)
    one = replace(wanted, id=f"{wanted.id}-{id}")
    return actions.make(tx, case, doing, one, more=more, number=number)


def _line(item: Item, language: Language) -> dict[str, str]:
    unit = spoken(item.unit, language)
    return {
        "what": spoken(item.name, language),
        "count": f"{in_words(item.quantity, language)} {unit}".strip(),
        "price": in_figures(Decimal(item.price), language),
        "total": in_figures(Decimal(item.amount), language),
    }


def _signed(doing: Doing, role: Role | None, language: Language) -> dict[str, Any]:
    """Return who made it, as it is printed: their name, the post for which they act, and when."""
    member = next((each for each in doing.desk.desk.staff if each.id == doing.by.id), None)
    if member is None or role is None:
        return {}
    local = doing.at.astimezone(doing.desk.desk.calendar.tz)
    return {
        "signature": {"post": role.name, "name": member.name, "number": None},
        "approval": {"name": member.name, "post": role.name, "at": moment_words(local, language)},
    }
