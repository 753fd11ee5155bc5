"""When a desk works, as one value: its zone, its week, its exceptions and closed days."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Self
from zoneinfo import ZoneInfo

from tickets.hours.timeline import Timeline
from tickets.hours.windows import DAY_MINUTES, DAYS, ClosedDay, DatedHours, HoursError, Window, Windows


class NoOperatingHours(HoursError):  # noqa: N818  the name says it
    """The week has no window at all, so nothing could ever fall due."""


@dataclass(frozen=True, kw_only=True)
class Calendar:
    """When a desk works. Raises HoursError for an unknown zone, NoOperatingHours for a week without a window."""

    zone: str  # IANA name
    week: tuple[Windows, ...]  # Monday first, seven entries
    exceptions: tuple[DatedHours, ...] = ()
    closed: tuple[ClosedDay, ...] = field(default=(), repr=False)  # hundreds of them
    timeline: Timeline = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        if len(self.week) != len(DAYS):
            raise HoursError("A week has seven days.")
        if not any(self.week):
            raise NoOperatingHours("No weekday has a window; name at least one, such as mon: [08:00-16:00].")
        object.__setattr__(self, "timeline", Timeline(self.zone, self.week, self.exceptions, self.closed))

    @classmethod
    def always(cls, zone: str) -> Self:
        """Open around the clock, every day."""
        return cls(zone=zone, week=((Window(start=0, end=DAY_MINUTES),),) * len(DAYS))

    @property
    def tz(self) -> ZoneInfo:
        return self.timeline.tz

    def day_of(self, at: datetime) -> date:
        """Return the local date of an instant."""
        return at.astimezone(self.tz).date()

    def windows_on(self, day: date) -> tuple[Windows, str]:
        """Return the windows that start on this local date, and the note of the exception that set them."""
        return self.timeline.windows_on(day)

    def to_data(self) -> dict[str, Any]:
        """Return the calendar as JSON data; `from_data` reads it back."""
        return {
            "zone": self.zone,
            "week": _week_data(self.week),
            "exceptions": [
                {"from": one.first_on.isoformat(), "to": one.last_on.isoformat(), "note": one.note}
                | {"week": _week_data(one.week)}
                for one in self.exceptions
            ],
            "closed": [{"on": day.on.isoformat(), "name": day.name} for day in self.closed],
        }

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> Self:
        """Build a calendar from what `to_data` returned. Raises HoursError."""
        return cls(
            zone=data["zone"],
            week=tuple(windows or () for windows in _week_from(data["week"])),
            exceptions=tuple(
                DatedHours(
                    first_on=date.fromisoformat(one["from"]),
                    last_on=date.fromisoformat(one["to"]),
                    week=_week_from(one["week"]),
                    note=one.get("note", ""),
                )
                for one in data.get("exceptions", ())
            ),
            closed=tuple(
                ClosedDay(date.fromisoformat(day["on"]), day["name"]) for day in data.get("closed", ())
            ),
        )


def _week_data(week: Iterable[Windows | None]) -> dict[str, list[str]]:
    return {
        day: [str(window) for window in windows]
        for day, windows in zip(DAYS, week, strict=True)
        if windows is not None
    }


def _week_from(data: Mapping[str, Iterable[str]]) -> tuple[Windows | None, ...]:
    return tuple(tuple(Window.parse(text) for text in data[day]) if day in data else None for day in DAYS)
