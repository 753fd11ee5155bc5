"""Numbers and rupiah as people type them: `1.200`, `2,5`, `Rp1,5 juta`, `kira-kira 500an`. Pure."""

import re
from decimal import Decimal, InvalidOperation

_SCALES = {"ribu": 1_000, "rb": 1_000, "k": 1_000, "juta": 1_000_000, "jt": 1_000_000, "miliar": 10**9}
_ABOUT = r"(?:(?:kira-kira|kira kira|sekitar|kurang lebih|lebih kurang|±|about|around|approx\.?)\s*)?"
_NUMBER = re.compile(
    rf"{_ABOUT}(?:rp\.?\s*)?(-?[\d][\d.,]*)\s*(ribu|rb|k|juta|jt|miliar)?(?:-?an)?\b", re.IGNORECASE
)
_GROUPED = re.compile(r"(?<![\d.,])\d{1,3}(?:,\d{3})+(?![\d.,])")


def number_of(text: str) -> Decimal | None:
    """Return the number with which a text begins; None where it begins with none."""
    found = _NUMBER.match(text)
    if found is None:
        return None
    try:
        return Decimal(_plain(found[1])) * _SCALES.get((found[2] or "").lower(), 1)
    except InvalidOperation:
        return None


def amount_of(text: str) -> Decimal | None:
    """Return rupiah: nobody writes thousandths of one, so that `500,000` is half a million in either language."""
    return number_of(_GROUPED.sub(lambda found: found[0].replace(",", ""), text))


def _plain(written: str) -> str:
    """Return a number as Python reads it: points part thousands and a comma the rest, as Indonesian writes it."""
    written = written.rstrip(".,")
    if "," in written:
        whole, _, rest = written.rpartition(",")
        return f"{whole.replace('.', '').replace(',', '')}.{rest}"
    groups = written.split(".")
    is_grouped = len(groups) > 1 and all(len(each) == 3 for each in groups[1:])
    return written.replace(".", "") if is_grouped else written
