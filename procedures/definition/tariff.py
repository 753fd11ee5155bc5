"""What things cost, as the procedure's file says it: rates, each with its price and with what it is multiplied by."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from procedures.asking.conditions import Conditions

DEAREST = 10**12  # rupiah that one unit may cost
UNITS: Mapping[str, Mapping[str, str]] = {
    "hour": {"id": "jam", "en": "hours"},
    "day": {"id": "hari", "en": "days"},
    "piece": {"id": "buah", "en": "pieces"},
    "person": {"id": "orang", "en": "persons"},
    "flat": {},
}


@dataclass(frozen=True, kw_only=True)
class Between:
    """The length from one answer to another: hours between times, days between dates with both of them counted."""

    first: str  # ids of questions
    last: str


Factor = Decimal | str | Between  # a number, the id of a question that asks for one, a length


@dataclass(frozen=True, kw_only=True)
class Rate:
    """One line of the tariff."""

    id: str
    name: Mapping[str, str]  # language → text
    price: int | str  # rupiah for one, or the id of a question that asks for an amount
    unit: Mapping[str, str]  # language → text; empty: it is counted in nothing
    times: tuple[Factor, ...] = ()  # multiplied with each other; none: once
    only_if: Conditions | None = None  # else it is not charged
