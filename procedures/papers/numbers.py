"""The numbers of papers: patterns such as `{no:03}/IT1.B04.3/TU/{month_roman}/{year}`, filled in. Pure."""

import re
from collections.abc import Callable, Mapping
from datetime import date

LONGEST = 100  # characters of a pattern
_PIECE = re.compile(r"\{([a-z_]+)(?::0([1-9]))?\}")
_ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")
_PIECES: Mapping[str, Callable[[int, date], str]] = {
    "no": lambda no, _day: str(no),
    "year": lambda _no, day: str(day.year),
    "month": lambda _no, day: f"{day.month:02}",
    "month_roman": lambda _no, day: _ROMAN[day.month - 1],
    "day": lambda _no, day: f"{day.day:02}",
}


class PatternError(ValueError):
    """The pattern cannot number anything; the message says what is expected."""


def check_pattern(pattern: str) -> str:
    """Return a pattern that can be filled in. Raises PatternError."""
    names = [match[1] for match in _PIECE.finditer(pattern)]
    if not 0 < len(pattern) <= LONGEST or not pattern.isprintable():
        raise PatternError(f"expected a text of 1 to {LONGEST} characters")
    if re.search(r"[{}]", _PIECE.sub("", pattern)) or not set(names) <= set(_PIECES):
        known = ", ".join(f"{{{name}}}" for name in _PIECES)
        raise PatternError(f"expected text with {known}; {{no:03}} has three digits at least")
    if names.count("no") != 1 or "year" not in names:
        raise PatternError("expected {no} once, and {year}: numbers are counted anew each year")
    return pattern


def numbered(pattern: str, no: int, day: date) -> str:
    """Return a number in words, such as `007/TU/XI/2026`; `day` is the desk's own date."""

    def piece(match: re.Match[str]) -> str:
        return _PIECES[match[1]](no, day).zfill(int(match[2] or 0))

    return _PIECE.sub(piece, pattern)
