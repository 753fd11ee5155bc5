"""Whom an event concerns on their own devices, and whether it is still worth a word later: pure rules."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from tickets.clocks import SECOND_LINE, ClockState
from tickets.lifecycle import TO_DO, Status

Clocks = Mapping[tuple[str, str, int], ClockState]
News = Mapping[str, Any]  # `kind` and `data` of an event
STALE = timedelta(hours=4)  # what is older is no news


class Why(StrEnum):
    """Why somebody is told, the most pressing first."""

    BREACHED = "breached"
    WARNED = "warned"
    ASSIGNED = "assigned"
    MENTIONED = "mentioned"
    HELD = "held"
    MESSAGE = "message"


_WHY = {
    "clock.breached": Why.BREACHED,
    "clock.warned": Why.WARNED,
    "ticket.assigned": Why.ASSIGNED,
    "ticket.team_assigned": Why.ASSIGNED,
    "staff.mentioned": Why.MENTIONED,
    "answer.held": Why.HELD,
    "message.received": Why.MESSAGE,
}
_THEIRS = frozenset(
    {Why.MENTIONED, Why.HELD}
)  # of somebody named, whoever has the ticket and however it stands
KINDS = frozenset(_WHY)


@dataclass(frozen=True, kw_only=True)
class Held:
    """How a ticket stands: who has it, and whether anything is to be done."""

    assignee: str | None
    team_holder: str | None
    status: Status

    @property
    def holders(self) -> frozenset[str]:
        return frozenset(each for each in (self.assignee, self.team_holder) if each is not None)


def concerned(kind: str, data: Mapping[str, Any], held: Held) -> frozenset[str]:
    """Return the ids of those whom an event concerns."""
    if _WHY.get(kind) in _THEIRS:
        return frozenset({data["to"]})
    if _WHY.get(kind) is Why.ASSIGNED:
        return frozenset({data["to"]}) & held.holders
    if kind == "message.received":
        return held.holders if data.get("asks", True) else frozenset()
    whose = held.team_holder if data.get("clock") == SECOND_LINE else held.assignee
    return frozenset() if whose is None else frozenset({whose})


def still(news: Sequence[News], who: str, held: Held, clocks: Clocks, now: datetime) -> tuple[Why, ...]:
    """Return what of the news is still true of somebody's ticket, the most pressing first and each once."""
    found = {
        _WHY[each["kind"]]
        for each in news
        if who in concerned(each["kind"], each["data"], held) and _is_on(each, clocks, now)
    }
    if held.status not in TO_DO:
        found &= _THEIRS
    if Why.BREACHED in found:
        found.discard(Why.WARNED)
    return tuple(why for why in Why if why in found)


def is_stale(at: datetime, now: datetime) -> bool:
    return now - at > STALE


def _is_on(news: News, clocks: Clocks, now: datetime) -> bool:
    """Whether the clock that something is told of still runs, and has not been given more time since."""
    about = news["data"]
    if "clock" not in about:
        return True
    clock = clocks.get((about["clock"], about.get("about", ""), about["cycle"]))
    if clock is None or not clock.running:
        return False
    return clock.due_at <= now if news["kind"] == "clock.breached" else clock.due_at > now
