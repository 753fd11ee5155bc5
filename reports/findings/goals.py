"""From which share on it is well: the targets of the desk's scorecard, and the usual ones where it names none. Pure."""

from collections.abc import Mapping

from tickets.clocks import FIRST_RESPONSE, NEXT_RESPONSE, RESOLUTION
from tickets.desk import Desk
from tickets.scorecard import Measure

_USUAL: Mapping[Measure, float] = {
    Measure.FIRST_RESPONSE_IN_TIME: 0.9,
    Measure.NEXT_RESPONSE_IN_TIME: 0.9,
    Measure.RESOLUTION_IN_TIME: 0.9,
    Measure.SATISFIED: 0.8,
    Measure.MATCHER_PRECISION: 0.7,
}
_PROMISES: Mapping[str, Measure] = {
    FIRST_RESPONSE: Measure.FIRST_RESPONSE_IN_TIME,
    NEXT_RESPONSE: Measure.NEXT_RESPONSE_IN_TIME,
    RESOLUTION: Measure.RESOLUTION_IN_TIME,
}


def goal(desk: Desk, measure: Measure) -> float:
    """Return the target of a share, from 0 to 1; that of a part of the tickets alone is none."""
    targets = (one.target for one in desk.scorecard if one.measure is measure and not one.where)
    return next(targets, _USUAL[measure])


def promise_goal(desk: Desk, kind: str) -> float | None:
    """Return which share of the promises of a kind is to be kept in time; None for a kind that has no target."""
    measure = _PROMISES.get(kind)
    return None if measure is None else goal(desk, measure)
