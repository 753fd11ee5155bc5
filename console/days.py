"""Days as addresses and forms write them: 2026-10-31."""

from datetime import date

_YEARS = range(1900, 2200)  # beyond, a day more or a zone's hours may leave what can be reckoned with


def day_in(text: str) -> date | None:
    """Read a day; None: it is none, or none that anybody could mean."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if day.year in _YEARS else None
