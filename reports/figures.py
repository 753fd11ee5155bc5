"""The figures that reports and statistics are made of, as values."""

from dataclasses import dataclass
from datetime import date, timedelta

from tickets.clocks import FIRST_RESPONSE, RESOLUTION
from tickets.lifecycle import Status

HEADLINES = (FIRST_RESPONSE, RESOLUTION)
FINISHED = frozenset({Status.SOLVED, Status.CLOSED})


@dataclass(frozen=True, kw_only=True)
class Attainment:
    """How one kind of promise was kept."""

    kind: str
    met: int
    breached: int
    running: int
    ended: int  # closed without an answer, before it was due
    median: timedelta | None  # None: nothing was kept
    p90: timedelta | None

    @property
    def share(self) -> float | None:
        """From 0 to 1; None where nothing came due."""
        counted = self.met + self.breached
        return self.met / counted if counted else None


@dataclass(frozen=True, kw_only=True)
class Group:
    """The tickets that have one thing in common: a channel, a category, an agent, a day."""

    key: str | None  # None: no category, nobody
    name: str | None
    tickets: int
    finished: int  # solved or closed
    first_response: Attainment
    resolution: Attainment
    answers: int = 0  # of agents: how many they wrote, on whoever's ticket


@dataclass(frozen=True, kw_only=True)
class Day:
    on: date
    tickets: int
    finished: int  # of that day's tickets, whenever it was
