"""Days as addresses and forms write them: 2026-10-31."""

from datetime import date


def day_in(text: str) -> date | None:
    """Read a day; None: it is none."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
