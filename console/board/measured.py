"""What the board shows beside its figures, measured at most once a minute: the page is drawn anew with every event."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Generic, TypeVar

from fastapi import FastAPI
from sqlmodel import Session

from console.channels.channels_page import AccountShown, accounts_of
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
    """The indicators of each desk's month, how its automatic answers stand, and how its accounts fare."""

    def __init__(self) -> None:
        self._months: _Kept[Indicators] = _Kept()
        self._gates: _Kept[Gate] = _Kept()
        self._accounts: _Kept[Sequence[AccountShown]] = _Kept()

    def of(self, session: Session, desk: DeskNow, *, now: datetime) -> Indicators:
        zone = desk.desk.calendar.zone
        return self._months.of(
            desk.slug, lambda: indicators(session, desk=desk.slug, zone=zone, now=now), now=now
        )

    def gate(self, session: Session, desk: str, *, now: datetime) -> Gate:
        return self._gates.of(desk, lambda: gate_of(session, desk), now=now)

    def accounts(self, session: Session, desk: DeskNow, *, now: datetime) -> Sequence[AccountShown]:
        return self._accounts.of(desk.slug, lambda: accounts_of(session, desk=desk.desk, now=now), now=now)


def measured_in(app: FastAPI) -> Measured:
    """Return what is measured for an application, by the first of its pages and programs that asks."""
    if not hasattr(app.state, "measured"):
        app.state.measured = Measured()
    found: Measured = app.state.measured
    return found
