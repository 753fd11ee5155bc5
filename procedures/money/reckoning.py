"""From a tariff and a case's answers to the items of an invoice. Pure; money is whole rupiah."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from procedures.asking.conditions import Answers
from procedures.asking.items import value_of
from procedures.definition.tariff import Factor, Rate
from tickets.actions.errors import ActError

MOST = 10**14  # rupiah of one invoice, and what a column of it holds
_HOUR = 3600  # seconds
_ONE = Decimal(1)
_NONE = Decimal(0)
_HUNDREDTH = Decimal("0.01")


class NotTakenError(ActError):
    """What was said is no money."""

    code = "no_amount"
    field: str | None = "amount"


class OutOfBoundsError(NotTakenError):
    """What was answered makes an amount below nothing, or one that nobody asks for."""

    code = "amount_out_of_bounds"
    field = "answers"


@dataclass(frozen=True, kw_only=True)
class Item:
    """One line of an invoice."""

    name: Mapping[str, str]
    quantity: Decimal
    unit: Mapping[str, str]
    price: int  # rupiah for one
    amount: int  # rupiah

    def to_data(self) -> dict[str, Any]:
        return {
            "name": dict(self.name),
            "quantity": str(self.quantity),
            "unit": dict(self.unit),
            "price": self.price,
            "amount": self.amount,
        }

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> "Item":
        return cls(**{**data, "quantity": Decimal(data["quantity"])})


def item(name: Mapping[str, str], price: int, quantity: Decimal, unit: Mapping[str, str]) -> Item:
    """Return a line with its amount, rounded to whole rupiah. Raises OutOfBoundsError."""
    if price < 0 or quantity < 0 or quantity > MOST or price * quantity > MOST:
        raise OutOfBoundsError(f"{quantity} times Rp{price} cannot be asked for")
    quantity = (
        quantity.quantize(_HUNDREDTH).normalize() + _NONE
    )  # as it is printed, so that the line multiplies out
    amount = int((price * quantity).quantize(_ONE, rounding=ROUND_HALF_UP))
    return Item(name=name, quantity=quantity, unit=unit, price=price, amount=amount)


def items_of(tariff: Sequence[Rate], wanted: Collection[str], answers: Answers) -> tuple[Item, ...]:
    """Return what is charged, in the order of the tariff; a rate of which nothing was asked for is left out.

    Raises OutOfBoundsError.
    """
    found = tuple(_items(tariff, wanted, answers))
    if total(found) > MOST:
        raise OutOfBoundsError(f"Rp{total(found)} cannot be asked for")
    return found


def total(items: Sequence[Item]) -> int:
    return sum(each.amount for each in items)


def _items(tariff: Sequence[Rate], wanted: Collection[str], answers: Answers) -> Iterator[Item]:
    for rate in tariff:
        if rate.id not in wanted or not (rate.only_if is None or rate.only_if.hold(answers)):
            continue
        price = int(value_of(answers, rate.price) or 0) if isinstance(rate.price, str) else rate.price
        quantity = _ONE
        for factor in rate.times:
            quantity *= _number(factor, answers)
        made = item(rate.name, price, quantity, rate.unit)
        if made.amount:
            yield made


def _number(factor: Factor, answers: Answers) -> Decimal:
    """Return a factor as a number; nothing was asked for where it was not answered."""
    if isinstance(factor, Decimal):
        return factor
    if isinstance(factor, str):
        return Decimal(value_of(answers, factor) or _NONE)
    return _length(answers.get(factor.first), answers.get(factor.last))


def _length(first: object, last: object) -> Decimal:
    if isinstance(first, date) and isinstance(last, date):
        return Decimal(max(0, (last - first).days + 1))
    if isinstance(first, time) and isinstance(last, time):
        seconds = (
            datetime.combine(date.min, last) - datetime.combine(date.min, first)
        ).seconds  # over midnight too
        return Decimal(seconds) / _HOUR
    return _NONE
