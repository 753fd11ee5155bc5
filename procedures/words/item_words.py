"""A list of rows as people read it: in lines, and as a table."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from procedures.asking.items import Items
from procedures.asking.questions import COUNTED, Kind, Question
from templates_replies import item_phrases as phrases
from templates_replies.catalogue import Language
from templates_replies.money_words import number, rupiah

_SAMPLES: dict[Kind, str] = {Kind.TEXT: "Kursi", Kind.NUMBER: "2", Kind.AMOUNT: "150.000"}


@dataclass(frozen=True, kw_only=True)
class Table:
    """A list with its heads and its totals, all in words."""

    heads: Sequence[str]
    rows: Sequence[Sequence[str]]
    totals: Sequence[str]  # one a column, empty below what is not summed up; nothing: no column is
    figures: Sequence[bool]  # of each column whether it stands to the right


def table_of(question: Question, items: Items, language: Language) -> Table:
    summed = _summed(question)
    totals = [
        _cell(column, items.total(column.id), language) if column in summed else ""
        for column in question.columns
    ]
    return Table(
        heads=[column_name(column, language) for column in question.columns],
        rows=[
            [_cell(column, row.get(column.id), language) for column in question.columns] for row in items.rows
        ],
        totals=totals if summed else (),
        figures=[column.kind in COUNTED for column in question.columns],
    )


def lines_of(question: Question, items: Items, language: Language) -> str:
    """Return a numbered line for each row, and what they add up to below."""
    table = table_of(question, items, language)
    lines = [
        f"{place}. {' · '.join(cell for cell in row if cell)}"
        for place, row in enumerate(table.rows, start=1)
    ]
    sums = [
        f"{head} {total}" for head, total in zip(table.heads, table.totals, strict=False) if total
    ]  # without totals none
    return "\n".join([*lines, *([phrases.total(language, sums)] if sums else [])])


def column_name(column: Question, language: Language) -> str:
    fallback = column.id.replace("_", " ").capitalize()
    return column.label.get(language) or next(iter(column.label.values()), fallback)


def how_to_write(question: Question, language: Language) -> str:
    """Say how the rows are written: their cells in order, with an example."""
    names = "; ".join(column_name(column, language) for column in question.filled)
    return phrases.how(language, columns=names, example="; ".join(map(_sample, question.filled)))


def _sample(column: Question) -> str:
    if column.choices:
        return next(iter(column.choices[0].label.values()), column.choices[0].id)
    return _SAMPLES[column.kind]


def _summed(question: Question) -> list[Question]:
    """Return the columns whose sums mean something: the products, else the amounts, else the numbers."""
    products = [column for column in question.columns if column.product]
    amounts = [column for column in question.columns if column.kind is Kind.AMOUNT]
    return products or amounts or [column for column in question.columns if column.kind is Kind.NUMBER]


def _cell(column: Question, value: Any, language: Language) -> str:
    if isinstance(value, Decimal):
        is_rupiah = column.kind is Kind.AMOUNT and value == value.to_integral_value()
        return rupiah(int(value), language) if is_rupiah else number(value, language)
    for one in column.choices:
        if one.id == value:
            return one.label.get(language) or next(iter(one.label.values()), one.id)
    return str(value or "")
