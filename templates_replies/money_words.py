"""Amounts of rupiah as people read them."""

from decimal import Decimal

from templates_replies.catalogue import Language

_SWAPPED = str.maketrans(",.", ".,")


def rupiah(amount: int, language: Language) -> str:
    """Return `Rp1.250.000`, in English `Rp1,250,000`; what is below nothing has its sign before it."""
    sign = "-" if amount < 0 else ""
    return f"{sign}Rp{number(Decimal(abs(amount)), language)}"


def number(value: Decimal, language: Language) -> str:
    """Return `1.250,5`, in English `1,250.5`."""
    return in_marks(f"{value:,f}", language)


def in_marks(grouped: str, language: Language) -> str:
    """Return a number that Python has grouped, such as `1,250.50`, with the marks of a language."""
    return grouped.translate(_SWAPPED) if language == "id" else grouped
