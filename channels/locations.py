"""A place on the map, out of what a provider gives as text or number."""

import math
from collections.abc import Iterable

from tickets.message import Location


def location_of(latitude: object, longitude: object, words: Iterable[str]) -> Location | None:
    """Return the place with its label; None if it is nowhere on earth."""
    north, east = _degrees(latitude, 90), _degrees(longitude, 180)
    if north is None or east is None:
        return None
    label = ", ".join(dict.fromkeys(word.strip() for word in words if word.strip()))
    return Location(latitude=north, longitude=east, label=label or None)


def _degrees(given: object, limit: int) -> float | None:
    if not isinstance(given, str | int | float):
        return None
    try:
        value = float(given)
    except (ValueError, OverflowError):
        return None
    return value if math.isfinite(value) and abs(value) <= limit else None
