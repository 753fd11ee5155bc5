"""The scorecard of a desk as pure rules: what is measured, against which target, and what it is worth.

An indicator names one of the measures that reports know. Its achievement is what was reached of the target, and its
light says in three steps whether that is enough. A score is the mean of achievements by weight, over the indicators that
have a figure: what could not be measured counts neither for nor against anybody.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

CAP = 1.2  # of an achievement: one indicator cannot make up for all others
GREEN, YELLOW = 1.0, 0.8  # achievements from which a light has this colour, where an indicator says nothing
ALL_WEIGHTS = 100
MOST = 40  # indicators of a desk


class Perspective(StrEnum):
    """The four sides from which a balanced scorecard looks, in its order."""

    CUSTOMER = "customer"
    FINANCE = "finance"
    PROCESS = "process"
    GROWTH = "growth"


class Unit(StrEnum):
    """What a figure is counted in."""

    SHARE = "share"  # 0 to 1; written 95%
    SCORE = "score"  # of the question after closing, on the desk's scale
    INDEX = "index"  # of public services, 25 to 100


class Filter(StrEnum):
    """Which part of the desk's work an indicator looks at."""

    CATEGORY = "category"
    CHANNEL = "channel"
    TEAM = "team"
    PROCEDURE = "procedure"


class Measure(StrEnum):
    """What can be measured; each is a figure of the month's report, of the survey or of the procedures."""

    FIRST_RESPONSE_IN_TIME = "first_response_in_time"
    NEXT_RESPONSE_IN_TIME = "next_response_in_time"
    RESOLUTION_IN_TIME = "resolution_in_time"
    CATEGORISED = "categorised"
    REOPENED = "reopened"
    VERIFIED = "verified"
    SATISFIED = "satisfied"
    MEAN_SCORE = "mean_score"
    RESPONSE_RATE = "response_rate"
    PUBLIC_SERVICE_INDEX = "public_service_index"
    MATCHER_PRECISION = "matcher_precision"
    STEPS_IN_STANDARD = "steps_in_standard"
    RECAP_MADE = "recap_made"
    FINDINGS_IN_TIME = "findings_in_time"

    @property
    def unit(self) -> Unit:
        return _UNITS.get(self, Unit.SHARE)

    @property
    def less_is_better(self) -> bool:
        return self is Measure.REOPENED

    @property
    def filters(self) -> frozenset[Filter]:
        """Return what an indicator of this measure may look at a part of."""
        return _FILTERS.get(self, _OF_TICKETS)


_UNITS = {Measure.MEAN_SCORE: Unit.SCORE, Measure.PUBLIC_SERVICE_INDEX: Unit.INDEX}
_OF_TICKETS = frozenset({Filter.CATEGORY, Filter.CHANNEL, Filter.TEAM})
_OF_ANSWERS = frozenset({Filter.CATEGORY, Filter.CHANNEL})
_FILTERS: Mapping[Measure, frozenset[Filter]] = {
    Measure.SATISFIED: _OF_ANSWERS,
    Measure.MEAN_SCORE: _OF_ANSWERS,
    Measure.RESPONSE_RATE: _OF_ANSWERS,
    Measure.PUBLIC_SERVICE_INDEX: frozenset(),
    Measure.MATCHER_PRECISION: frozenset(),
    Measure.STEPS_IN_STANDARD: frozenset({Filter.PROCEDURE}),
    Measure.RECAP_MADE: frozenset(),
    Measure.FINDINGS_IN_TIME: frozenset(),
}


class Over(StrEnum):
    """Over how long an indicator is measured."""

    MONTH = "month"
    YEAR = "year"  # from January on


@dataclass(frozen=True, kw_only=True)
class Indicator:
    """One line of the scorecard."""

    id: str
    names: Mapping[str, str]  # by language: id, en
    perspective: Perspective
    measure: Measure
    target: float  # in the measure's unit
    weight: int  # of 100 over the whole scorecard
    where: Mapping[Filter, str] = field(default_factory=dict)
    over: Over = Over.MONTH
    green: float = GREEN  # least achievement for this light
    yellow: float = YELLOW

    def name(self, language: str) -> str:
        return self.names.get(language) or next(iter(self.names.values()))


class Light(StrEnum):
    """What an achievement comes to."""

    GREEN = "green"
    YELLOW = "yellow"
    RED = "red"
    NONE = "none"  # there is no figure


@dataclass(frozen=True, kw_only=True)
class Rated:
    """An indicator with what was reached."""

    indicator: Indicator
    actual: float | None  # in the measure's unit; None: there was nothing to measure
    of: int  # how many promises, tickets, answers … that rests on

    @property
    def achievement(self) -> float | None:
        """From 0 to `CAP`; None without a figure."""
        one = self.indicator
        if self.actual is None:
            return None
        return achievement(self.actual, one.target, less_is_better=one.measure.less_is_better)

    @property
    def light(self) -> Light:
        reached = self.achievement
        if reached is None:
            return Light.NONE
        if reached >= self.indicator.green:
            return Light.GREEN
        return Light.YELLOW if reached >= self.indicator.yellow else Light.RED


@dataclass(frozen=True, kw_only=True)
class Score:
    """What several indicators come to."""

    value: float | None  # mean achievement by weight; None: none of them has a figure
    weight: int  # of all of them
    counted: int  # of those that have a figure

    @property
    def light(self) -> Light:
        if self.value is None:
            return Light.NONE
        if self.value >= GREEN:
            return Light.GREEN
        return Light.YELLOW if self.value >= YELLOW else Light.RED


def achievement(actual: float, target: float, *, less_is_better: bool) -> float:
    """Return how much of a target was reached, from 0 to `CAP`.

    Where less is better it is 2 - actual / target, as offices reckon what is to be kept low: exactly on the target it is
    1, at twice the target nothing is left, and nothing at all to complain about is worth the cap.
    """
    share = actual / target
    reached = 2 - share if less_is_better else share
    # Shares such as 0.95 / 0.95 are whole to a person, but not always to a processor.
    return round(min(max(reached, 0.0), CAP), 9)


def scored(rated: Iterable[Rated]) -> Score:
    """Return the mean achievement by weight of the indicators that have a figure."""
    every = tuple(rated)
    found = [(one.indicator.weight, one.achievement) for one in every if one.achievement is not None]
    counted = sum(weight for weight, _ in found)
    total = sum(weight * reached for weight, reached in found)
    return Score(
        value=round(total / counted, 9) if counted else None,
        weight=sum(one.indicator.weight for one in every),
        counted=counted,
    )
