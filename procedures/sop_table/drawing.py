"""What a drawing of the SOP form's table is made of, in units of the drawing. How it looks is not said here."""

from collections.abc import Sequence
from dataclasses import dataclass

from procedures.sop_table.lines import LINE


@dataclass(frozen=True, kw_only=True)
class Text:
    """Lines of one cell, the first line's middle at x and y."""

    x: int
    y: int
    lines: Sequence[str]
    anchor: str = "start"  # start, middle, end
    kind: str = "cell"  # cell, head, way (beside an arrow), mark (in a connector)
    line: int = LINE  # from line to line


@dataclass(frozen=True, kw_only=True)
class Shape:
    """What a step is drawn as: `end`, `box` or `diamond`, around its middle."""

    step: str
    kind: str
    x: int
    y: int
    half_width: int
    half_height: int


@dataclass(frozen=True, kw_only=True)
class Arrow:
    """A way from one shape or connector to another."""

    points: Sequence[tuple[int, int]]
    passes: bool = False  # over the step: nobody does it
    points_at: bool = True  # has a tip

    @property
    def path(self) -> str:
        return "M" + " L".join(f"{x} {y}" for x, y in self.points)


@dataclass(frozen=True, kw_only=True)
class Connector:
    """A way that goes on on another page, or comes from there: a pentagon around its middle, its point down."""

    x: int
    y: int
    half_width: int
    half_height: int


@dataclass(frozen=True, kw_only=True)
class Drawing:
    width: int
    height: int
    texts: Sequence[Text]
    lines: Sequence[tuple[int, int, int, int]]  # of the table: x1, y1, x2, y2
    shapes: Sequence[Shape]
    arrows: Sequence[Arrow]
    connectors: Sequence[Connector] = ()
