"""Money in a procedure's file: the tariff, and the steps that bill and settle."""

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal, InvalidOperation

from bot.desk_files.procedure_files.asking import NAME, counted, name, read_conditions
from bot.desk_files.procedure_files.lengths import days, length
from bot.desk_files.procedure_files.wording import words
from bot.desk_files.sections import Section
from procedures.definition.money import PAYS_WITHIN, REMINDED, Bills, MoneyTerms, Settles
from procedures.definition.procedure import Role
from procedures.definition.tariff import DEAREST, UNITS, Between, Factor, Rate

BILL_KEYS = ("lines", "due", "reminds", "paper")
LONGEST_DUE = 366  # days
MOST_RATES, MOST_REMINDERS, MOST_FACTORS = 100, 6, 4
_RUPIAH = re.compile(r"(?:rp\.?\s*)?(\d{1,3}(?:\.\d{3})+|\d+)", re.IGNORECASE)
_NOTHING: int | str = 0
_PRICE = f"rupiah up to {DEAREST}, such as 250000, or a question of kind amount"
_QUANTITY = "a number, a question, {from: …, until: …}, or a list of them"


def read_tariff(section: Section, language: str) -> tuple[Rate, ...]:
    """Read the lines of the tariff, each with an id of its own."""
    found: dict[str, Rate] = {}
    for one in section.sections("tariff"):
        one.allow(("id", "name", "price", "per", "quantity", "only_if", "unless"))
        id_ = one.read("id", name, "", required=f"id of the line: {NAME}")
        if id_ in found:
            one.problem(f"there is a line {id_} already", "id")
        found[id_] = Rate(
            id=id_,
            name=words(one, "name", language=language, required="name: what the invoice calls it") or {},
            price=one.read("price", _price, _NOTHING, required=f"price: {_PRICE}", expected=_PRICE),
            unit=_unit(one, language),
            times=tuple(_factors(one)),
            only_if=read_conditions(one),
        )
    if len(found) > MOST_RATES:
        section.problem(f"expected at most {MOST_RATES} lines", "tariff")
    return tuple(found.values())


def _price(raw: str) -> int | str:
    written = _RUPIAH.fullmatch(raw.strip())
    if written is None:
        return counted(raw.strip())
    price = int(written[1].replace(".", ""))
    if price > DEAREST:
        raise ValueError
    return price


def _unit(one: Section, language: str) -> Mapping[str, str]:
    """Return what is counted: a word of ours by its name, or the office's own."""
    said = one.raw("per") or ""
    if said in UNITS:
        return UNITS[said]
    return words(one, "per", language=language) or {}


def _factors(one: Section) -> Iterator[Factor]:
    value = one.data.get("quantity")
    if value is None:
        return
    paths: Sequence[tuple[str | int, ...]] = (
        [("quantity", at) for at in range(len(value))] if isinstance(value, list) else [("quantity",)]
    )
    if not 0 < len(paths) <= MOST_FACTORS:
        one.problem(f"expected one to {MOST_FACTORS} of them", "quantity")
    for path in paths:
        if isinstance(one.value(*path), dict):
            between = one.below(*path)
            between.allow(("from", "until"))
            first, last = (
                between.read(key, name, "", required=f"{key}: a question", expected="a question")
                for key in ("from", "until")
            )
            yield Between(first=first, last=last)
        elif (factor := _factor(one.raw(*path) or "")) is not None:
            yield factor
        else:
            one.problem(f"expected {_QUANTITY}", *path)


def _factor(raw: str) -> Decimal | str | None:
    try:
        return counted(raw)
    except ValueError:
        pass
    try:
        number = Decimal(raw)
    except InvalidOperation:
        return None
    return number if number.is_finite() and 0 < number < DEAREST else None


def read_money(row: Section, *, tariff: Sequence[Rate], roles: Mapping[str, Role]) -> MoneyTerms:
    """Read what a step bills and settles."""
    return MoneyTerms(
        bills=_bills(row, tuple(each.id for each in tariff)), settles=_settles(row, tuple(roles))
    )


def _bills(row: Section, known: tuple[str, ...]) -> Bills | None:
    if not row.has("bills"):
        return None
    if not known:
        row.problem("expected a tariff of which the lines can be billed", "bills")
        return None
    if isinstance(row.data["bills"], list):
        return Bills(rates=_rates(row, ("bills",), known))
    bills = row.section(
        "bills", required=f"a list of lines of the tariff, such as [{known[0]}], or {{due: 14d}}"
    )
    if bills is None:
        return None
    bills.allow(BILL_KEYS)
    rates = _rates(bills, ("lines",), known) if bills.has("lines") else known
    return Bills(
        rates=rates,
        due_in=bills.read("due", _days, PAYS_WITHIN, expected=f"days up to {LONGEST_DUE}d, such as 14d"),
        reminded=_reminded(bills),
        paper=bills.read("paper", name, None, expected="one of papers"),
    )


def _rates(section: Section, path: tuple[str], known: tuple[str, ...]) -> tuple[str, ...]:
    found = []
    for at, _ in section.items(*path):
        said = section.raw(*path, at) or ""
        if said in known:
            found.append(said)
        else:
            section.problem(f'expected lines of the tariff ({", ".join(known)}), not "{said}"', *path, at)
    return tuple(dict.fromkeys(found))


def _reminded(bills: Section) -> tuple[int, ...]:
    if not bills.has("reminds"):
        return REMINDED
    found = set()
    for at, _ in bills.items("reminds"):
        try:
            found.add(_days(bills.raw("reminds", at) or ""))
        except ValueError:
            bills.problem(f"expected days after it was due, up to {LONGEST_DUE}d, such as 7d", "reminds", at)
    if len(found) > MOST_REMINDERS:
        bills.problem(f"expected at most {MOST_REMINDERS}", "reminds")
    return tuple(sorted(found))


def _settles(row: Section, roles: tuple[str, ...]) -> Settles | None:
    """Read the role that checks, or a mapping of it and the paper of the receipt."""
    if not row.has("settles"):
        return None
    if not isinstance(row.data["settles"], dict):
        return Settles(checked_by=row.choice("settles", roles, ""))
    settles = row.below("settles")
    settles.allow(("checked_by", "receipt"))
    known = ", ".join(roles)
    return Settles(
        checked_by=settles.choice("checked_by", roles, "", required=f"checked_by: one of {known}"),
        receipt=settles.read("receipt", name, None, expected="one of papers"),
    )


def _days(raw: str) -> int:
    """Read whole days, `14d` or `2 minggu`; `0d` is the day itself. Raises ValueError."""
    found = days(raw).days if raw.strip().startswith("0") else length(raw).days
    if found is None or found > LONGEST_DUE:
        raise ValueError
    return found
