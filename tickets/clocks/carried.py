"""Clocks that go along when what they are about goes to another ticket: as they stand, met, broken or warned of. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import fields
from datetime import datetime
from typing import Any

from tickets.clocks.rules import ClockRule
from tickets.clocks.values import ClockState, Happening
from tickets.hours import Span
from tickets.promises import Pause

States = tuple[ClockState, ...]

CLOCKS = "clocks"  # in the data of the event: those that left, or came, as `to_data` writes them
_INSTANTS = tuple(field.name for field in fields(ClockState) if field.name.endswith("_at"))


def to_data(state: ClockState) -> dict[str, Any]:
    """Return a clock as an event holds it; what it does not have is left out."""
    plain = {field.name: getattr(state, field.name) for field in fields(state)}
    instants = {name: plain[name].isoformat() for name in _INSTANTS if plain[name] is not None}
    pauses = [[pause.start.isoformat(), pause.end and pause.end.isoformat()] for pause in state.pauses]
    others = {name: value for name, value in plain.items() if name not in _INSTANTS and value is not None}
    return others | instants | {"promise": state.promise.to_text(), "pauses": pauses}


def without_carried(rule: ClockRule, states: States, happening: Happening) -> States:
    """Return the clocks of the ticket that some of this rule have left."""
    gone = {clock.key for clock in _named(rule, happening)}
    return tuple(state for state in states if state.key not in gone)


def with_carried(rule: ClockRule, states: States, happening: Happening) -> States:
    """Return the clocks of the ticket to which some of this rule have come."""
    return (*states, *_named(rule, happening))


def _named(rule: ClockRule, happening: Happening) -> Iterable[ClockState]:
    return [clock for data in happening.data.get(CLOCKS, ()) if (clock := _from_data(data)).kind == rule.kind]


def _from_data(data: Mapping[str, Any]) -> ClockState:
    instants = {name: datetime.fromisoformat(data[name]) for name in _INSTANTS if name in data}
    pauses = tuple(
        Pause(datetime.fromisoformat(start), end and datetime.fromisoformat(end))
        for start, end in data["pauses"]
    )
    return ClockState(**{**data, **instants, "promise": Span.from_text(data["promise"]), "pauses": pauses})
