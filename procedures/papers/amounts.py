"""Amounts as offices write them: `Rp1.250.000`, and in words. Pure."""

from decimal import Decimal
from typing import TYPE_CHECKING

from later import Later
from templates_replies.catalogue import Language
from templates_replies.money_words import in_marks

if TYPE_CHECKING:
    import num2words
else:
    num2words = Later("num2words")

LARGEST = Decimal(10) ** 15  # beyond it nobody spells an amount out
_LANGUAGES = {"id": "id", "en": "en"}


def in_figures(amount: Decimal, language: Language) -> str:
    """Return `Rp1.250.000`, `Rp1.250.000,50`; in English `Rp1,250,000`."""
    whole = amount == amount.to_integral_value()
    grouped = f"{amount:,.0f}" if whole else f"{amount:,.2f}"
    return f"Rp{in_marks(grouped, language)}"


def spelled(number: Decimal, language: Language) -> str:
    """Return a number in words: `satu juta dua ratus lima puluh ribu`. One that is too large stays in figures."""
    if abs(number) >= LARGEST:
        return f"{number:f}"
    exact = number.normalize()
    value = int(exact) if exact == exact.to_integral_value() else exact
    return str(num2words.num2words(value, lang=_LANGUAGES[language]))


def in_rupiah(amount: Decimal, language: Language) -> str:
    """Return an amount in words, with its currency: `satu juta rupiah`, `one million rupiah`."""
    return f"{spelled(amount, language)} rupiah"
