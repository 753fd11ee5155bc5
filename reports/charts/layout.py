"""Drawings of figures: where the columns, their labels and the lines behind them stand. Pure; whoever shows them only paints."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

WIDTH, HEIGHT = 720, 200
LEFT, BOTTOM, TOP = 48, 26, 10  # room for the numbers at the side, the labels below, and air above
MOST_LABELS = 10
HEATS = 4  # steps of a heat map, besides none


@dataclass(frozen=True, kw_only=True)
class Column:
    x: float
    y: float
    width: float
    height: float
    inner_y: float  # of the part of it that is told apart
    inner_height: float
    says: str  # read out, and shown to whoever points at it
    label: str | None  # below it; None: there is no room for all


@dataclass(frozen=True, kw_only=True)
class Line:
    y: float
    label: str


@dataclass(frozen=True, kw_only=True)
class Columns:
    columns: tuple[Column, ...]
    lines: tuple[Line, ...]
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    floor: int = HEIGHT - BOTTOM


@dataclass(frozen=True, kw_only=True)
class Value:
    """What one column stands for: so many, of which some are told apart."""

    label: str
    many: int
    inner: int
    says: str


def columns(values: Sequence[Value], *, written: Callable[[int], str]) -> Columns:
    """Lay columns out over the width; the highest line is a round number, `written` as the reader's language has it."""
    top = round_above(max((each.many for each in values), default=0))
    room, floor = WIDTH - LEFT, HEIGHT - BOTTOM
    each_width = room / max(1, len(values))
    every = -(-len(values) // MOST_LABELS) or 1
    unit = (floor - TOP) / top
    return Columns(
        columns=tuple(
            Column(
                x=round(LEFT + place * each_width + each_width * 0.12, 1), width=round(each_width * 0.76, 1),
                y=round(floor - each.many * unit, 1), height=round(each.many * unit, 1),
                inner_y=round(floor - each.inner * unit, 1), inner_height=round(each.inner * unit, 1),
                says=each.says, label=each.label if place % every == 0 else None,
            )
            for place, each in enumerate(values)
        ),
        lines=tuple(Line(y=round(floor - many * unit, 1), label=written(many)) for many in (0, top // 2, top)),
    )  # fmt: skip


def round_above(most: int) -> int:
    """Return the first of 2, 4, 10, 20, 40, 100 … that is no less: half of it is a whole number."""
    power = 1
    while True:
        for first in (2, 4, 10):
            if first * power >= most:
                return first * power
        power *= 10


def heat(many: int, most: int) -> int:
    """Return how hot a field is, from 0 (nothing) to `HEATS`."""
    return 0 if not many else -(-many * HEATS // most)


def share_of(many: int, most: int) -> float:
    """Return the length of a bar, from 0 to 100."""
    return round(100 * many / most, 1) if most else 0.0
