"""What a desk's page shows of its month and its matcher, measured at most once a minute: it is drawn anew with every event."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Generic, TypeVar

from sqlmodel import Session

from reports.indicators import Indicators, indicators
from reports.quality import Gate, gate_of
from tickets.desk import DeskNow

EVERY = timedelta(minutes=1)

_Found = TypeVar("_Found")


class _Kept(Generic[_Found]):
    """What was found for each desk, and when."""

    def __init__(self) -> None:
        self._by_desk: dict[str, tuple[datetime, _Found]] = {}

    def of(self, desk: str, find: Callable[[], _Found], *, now: datetime) -> _Found:
        kept = self._by_desk.get(desk)
        if kept is None or now - kept[0] >= EVERY:
            kept = self._by_desk[desk] = (now, find())
        return kept[1]


class Measured:
    """The indicators of each desk's month, and how its automatic answers stand."""

    def __init__(self) -> None:
        self._months: _Kept[Indicators] = _Kept()
        self._gates: _Kept[Gate] = _Kept()

    def of(self, session: Session, desk: DeskNow, *, now: datetime) -> Indicators:
        zone = desk.desk.calendar.zone
        return self._months.of(
            desk.slug, lambda: indicators(session, desk=desk.slug, zone=zone, now=now), now=now
        )

    def gate(self, session: Session, desk: str, *, now: datetime) -> Gate:
        return self._gates.of(desk, lambda: gate_of(session, desk), now=now)
