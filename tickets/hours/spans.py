"""Lengths as people promise them, read and written."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Literal, Self

from tickets.hours.timeline import ZERO
from tickets.hours.windows import HoursError

Counts = Literal["operating", "calendar"]


@dataclass(frozen=True, kw_only=True)
class Span:
    """A length as people promise it: `15m` of open time, `3d` operating days, `24h` by the calendar."""

    length: timedelta
    days: int | None = None  # set where it was said in days: operating days are counted, not hours
    counts: Counts = "operating"

    def __post_init__(self) -> None:
        if self.length <= ZERO or (self.days is not None and self.length != timedelta(days=self.days)):
            raise HoursError("A length is more than nothing, and one in days is as long as its days.")

    @classmethod
    def parse(cls, text: str, counts: Counts = "operating") -> Self:
        """Read `3s`, `15m`, `24h` or `3d`. Raises HoursError."""
        length = parse_duration(text)
        return cls(length=length, days=length.days if text.strip().endswith("d") else None, counts=counts)

    def __str__(self) -> str:
        if self.days is not None:
            return f"{self.days}d"
        seconds = round(self.length.total_seconds())
        size, unit = next(
            (size, unit) for size, unit in ((3600, "h"), (60, "m"), (1, "s")) if seconds % size == 0
        )
        return f"{seconds // size}{unit}"

    def to_text(self) -> str:
        """Return `15m operating`; `from_text` reads it back."""
        return f"{self} {self.counts}"

    @classmethod
    def from_text(cls, text: str) -> Self:
        within, _, counts = text.partition(" ")
        return cls.from_data({"within": within, "counts": counts})

    def to_data(self) -> dict[str, str]:
        """Return JSON data of the form the desk file has: `{"within": "3d", "counts": "operating"}`."""
        return {"within": str(self), "counts": self.counts}

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> Self:
        counts: Counts = "calendar" if data["counts"] == "calendar" else "operating"
        return cls.parse(data["within"], counts)


def parse_duration(text: str) -> timedelta:
    """Read `3s`, `15m`, `24h` or `3d`, at least a second and at most ten years. Raises HoursError."""
    match = re.fullmatch(r"(\d{1,9})([smhd])", text.strip(), re.ASCII)
    unit = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days"}
    length = timedelta(**{unit[match[2]]: int(match[1])}) if match else ZERO
    if not ZERO < length <= timedelta(days=3660):
        raise HoursError(
            f'"{text[:40]}" is not a length; expected a number and s, m, h or d, such as 15m, 24h or 3d.'
        )
    return length
