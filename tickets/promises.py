"""What a desk promises: how long each kind of clock may run, in which hours, for which matters."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from tickets.hours import Calendar, Span, add, between, due


class Pause(NamedTuple):
    """A time that does not count; `end` is None while it lasts."""

    start: datetime
    end: datetime | None


@dataclass(frozen=True, kw_only=True)
class Special:
    """Other promises for some tickets. An empty set means any."""

    categories: frozenset[str] = frozenset()
    priorities: frozenset[int] = frozenset()
    promises: Mapping[str, Span]

    def holds_for(self, category: str | None, priority: int) -> bool:
        return (not self.categories or category in self.categories) and (
            not self.priorities or priority in self.priorities
        )

    def to_data(self) -> dict[str, Any]:
        return {
            "categories": sorted(self.categories),
            "priorities": sorted(self.priorities),
            "promises": _spans_to_data(self.promises),
        }

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> "Special":
        return cls(
            categories=frozenset(data["categories"]),
            priorities=frozenset(data["priorities"]),
            promises=_spans_from_data(data["promises"]),
        )


@dataclass(frozen=True, kw_only=True)
class Terms:
    """What a desk promised under one revision: its hours, and how long each kind of clock may run."""

    calendar: Calendar
    promises: Mapping[str, Span]
    warn_at: float | None  # share of the promise after which the supervisors are warned
    special: tuple[Special, ...] = ()  # the first that holds for a ticket and names the kind wins

    def promise(self, kind: str, *, category: str | None = None, priority: int = 0) -> Span | None:
        """Return what is promised for a ticket of this category and priority; None: nothing."""
        for special in self.special:
            if kind in special.promises and special.holds_for(category, priority):
                return special.promises[kind]
        return self.promises.get(kind)

    def to_data(self) -> dict[str, Any]:
        special = {"special": [one.to_data() for one in self.special]} if self.special else {}
        return {
            "calendar": self.calendar.to_data(),
            "promises": _spans_to_data(self.promises),
            "warn_at": self.warn_at,
            **special,
        }

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> "Terms":
        return cls(
            calendar=Calendar.from_data(data["calendar"]),
            promises=_spans_from_data(data["promises"]),
            warn_at=data["warn_at"],
            special=tuple(Special.from_data(one) for one in data.get("special", ())),
        )


def _spans_to_data(promises: Mapping[str, Span]) -> dict[str, Any]:
    return {kind: span.to_data() for kind, span in promises.items()}


def _spans_from_data(data: Mapping[str, Any]) -> dict[str, Span]:
    return {kind: Span.from_data(span) for kind, span in data.items()}


# -- reckoning under the terms ----------------------------------------------------------------------------------------


def due_under(terms: Terms, promise: Span, started_at: datetime) -> datetime:
    """Return when a promise made at `started_at` falls due, pauses not counted."""
    return due(terms.calendar, started_at, promise)


def warn_under(terms: Terms, promise: Span, started_at: datetime, due_at: datetime) -> datetime | None:
    """Return when to warn: after the terms' share of the counted time from start to due."""
    if terms.warn_at is None:
        return None
    return forward(terms, promise, started_at, counted(terms, promise, started_at, due_at) * terms.warn_at)


def counted(terms: Terms, promise: Span, start: datetime, end: datetime) -> timedelta:
    """Return how much of the time between two instants counts for a promise."""
    return between(terms.calendar, start, end) if promise.counts == "operating" else end - start


def forward(terms: Terms, promise: Span, start: datetime, length: timedelta) -> datetime:
    """Return the instant by which so much counted time has passed since `start`."""
    return add(terms.calendar, start, length) if promise.counts == "operating" else start + length


def later_by_pause(terms: Terms, promise: Span, instant: datetime, pause: Pause) -> datetime:
    """Move an instant that was still to come when a pause began by the counted length of the pause."""
    if instant <= pause.start or pause.end is None:
        return instant
    return forward(terms, promise, instant, counted(terms, promise, pause.start, pause.end))
