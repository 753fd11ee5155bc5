"""The SOP form's table as a drawing: activities as rows, actors as columns with the flow's shapes and arrows in them.

The form is that of the civil-service guideline for SOPs (Permenpan-RB 35/2012): number, activity, actors, then what must be at
hand, time, output and remarks. Rounded shapes begin and end, boxes are activities, diamonds decide. Everything here is in
the units of the drawing; how it looks is said where it is shown.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from procedures.definition.procedure import Procedure, Step
from procedures.sop_table.cells import LABEL, LANE, MARGIN, Column, columns_of, label_lines, mark_of, sides_of
from procedures.sop_table.drawing import Arrow, Connector, Drawing, Shape, Text
from procedures.sop_table.lines import LINE, SMALL_LINE, wrapped
from procedures.sop_table.rows import (
    BEND,
    PENTAGON,
    REACH,
    Paged,
    Plan,
    Row,
    arrival_lines,
    arrival_side,
    balanced,
    connector_below,
    departure_lines,
    halves,
    label_height,
    paged,
)
from procedures.sop_table.ways import Side, Way, ways_between
from templates_replies.catalogue import Language

Point = tuple[int, int]
_PENTAGON_HALF, _CONNECTOR = (
    14,
    47,
)  # half a connector's width, and how far beside its shape's middle it stands


def sop_table(procedure: Procedure, *, language: Language, notes: Mapping[str, str] | None = None) -> Drawing:
    """Draw a procedure on one sheet. `notes` replaces the remarks of steps, by id: what a running case has to say of them."""
    ways = ways_between(procedure, language)
    columns = columns_of(procedure, ways, language, least=0, connects=False)
    plan = Plan(procedure=procedure, language=language, ways=ways, columns=columns, notes=notes or {})
    return _page(plan, paged(plan, None), 0)


def sop_pages(
    procedure: Procedure, *, language: Language, notes: Mapping[str, str] | None = None, least: int, ratio: float
) -> list[Drawing]:  # fmt: skip
    """Draw a procedure on pages `least` wide at least, and at most `ratio` of their width high."""
    ways = ways_between(procedure, language)
    columns = columns_of(procedure, ways, language, least=least, connects=True)
    plan = Plan(procedure=procedure, language=language, ways=ways, columns=columns, notes=notes or {})
    height = int((columns[-1].x + columns[-1].width) * ratio)
    found = balanced(plan, max(height - _heading_height(columns), _LOWEST_PAGE))
    return [_page(plan, found, at) for at in range(len(found.pages))]


_LOWEST_PAGE = 240
_TIED = 5  # above and below the middle: the lines between those who do a step together
_BAND, _HEAD_PADDING = (
    24,
    7,
)  # how high a head is that several columns have together, and around those below it


@dataclass(frozen=True)
class _Placed:
    """Where a step's shape stands, and the lower edge of its row."""

    step: Step
    column: Column
    y: int
    bottom: int

    @property
    def x(self) -> int:
        return self.column.middle

    def edge(self, side: Side) -> Point:
        """Return where a way leaves by a side."""
        wide, high = halves(self.step)
        return (self.x, self.y + high) if side is Side.DOWN else (self.x + side * wide, self.y)


def _page(plan: Plan, pages: Paged, at: int) -> Drawing:
    columns, rows = plan.columns, pages.pages[at]
    tops = [_heading_height(columns)]
    for row in rows:
        tops.append(tops[-1] + row.height)
    width, height = columns[-1].x + columns[-1].width, tops[-1]
    placed = {
        row.step.id: _placed(plan, row, top) for row, top in zip(rows, tops, strict=False) if row.has_shape
    }
    flow = _Flow(plan, pages, placed)
    shapes = {step: list(_shapes(plan, one)) for step, one in placed.items()}
    for one in placed.values():
        flow.leave(one)
        flow.arrive(one)
    return Drawing(
        width=width,
        height=height,
        texts=[*_headings(columns, tops[0]), *_written(columns, rows, tops), *flow.texts],
        lines=[
            *((0, y, width, y) for y in (0, *tops)),
            *((column.x, _edge(columns, at), column.x, height) for at, column in enumerate(columns)),
            *((first.x, _BAND, last.x + last.width, _BAND) for first, last in _groups(columns)),
            (width, 0, width, height),
        ],
        shapes=[shape for each in shapes.values() for shape in each],
        arrows=[*flow.arrows, *(tie for each in shapes.values() for tie in _ties(each))],
        connectors=flow.connectors,
    )


def _placed(plan: Plan, row: Row, top: int) -> _Placed:
    half = halves(row.step)[1]
    spare = row.height - row.above - 2 * half - row.below
    return _Placed(row.step, plan.column_of(row.step), top + row.above + half + spare // 2, top + row.height)


def _heading_height(columns: Sequence[Column]) -> int:
    return _BAND + 2 * _HEAD_PADDING + LINE * max(len(_heading(column)) for column in columns)


def _groups(columns: Sequence[Column]) -> Iterator[tuple[Column, Column]]:
    """Yield the first and the last of the columns that have a head together."""
    for group in dict.fromkeys(column.group for column in columns if column.group):
        own = [column for column in columns if column.group == group]
        yield own[0], own[-1]


def _edge(columns: Sequence[Column], at: int) -> int:
    """Return where the line to the left of a column begins: below the head that it has together with the one before."""
    group = columns[at].group
    return _BAND if at and group and group == columns[at - 1].group else 0


def _heading(column: Column) -> list[str]:
    return wrapped(column.head, column.room, bold=True)


def _headings(columns: Sequence[Column], height: int) -> Iterator[Text]:
    for column in columns:
        lines = _heading(column)
        middle = (height + (_BAND if column.group else 0)) // 2
        yield Text(x=column.middle, y=_first(middle, lines), lines=lines, anchor="middle", kind="head")
    for first, last in _groups(columns):
        middle = (first.x + last.x + last.width) // 2
        yield Text(x=middle, y=_BAND // 2, lines=[first.group], anchor="middle", kind="head")


def _written(columns: Sequence[Column], rows: Sequence[Row], tops: Sequence[int]) -> Iterator[Text]:
    for at_row, row in enumerate(rows):
        middle = (tops[at_row] + tops[at_row + 1]) // 2
        for at, lines in row.cells.items():
            x, anchor = (columns[at].middle, "middle") if at == 0 else (columns[at].x + MARGIN, "start")
            yield Text(x=x, y=_first(middle, lines), lines=lines, anchor=anchor)


def _first(middle: int, lines: Sequence[str]) -> int:
    """Return where the first of several lines stands, so that all of them stand around a middle."""
    return middle - (len(lines) - 1) * LINE // 2


def _shapes(plan: Plan, one: _Placed) -> Iterator[Shape]:
    """Yield the shape of a step, and one more for each who does it with its role, from left to right."""
    wide, high = halves(one.step)
    kind = "diamond" if one.step.decides else "end" if plan.procedure.is_outermost(one.step) else "box"
    for column in plan.columns:
        if column.role in one.step.roles:
            yield Shape(
                step=one.step.id, kind=kind, x=column.middle, y=one.y, half_width=wide, half_height=high
            )


def _ties(shapes: Sequence[Shape]) -> Iterator[Arrow]:
    """Yield the lines between the shapes of those who do a step together: two, so that no way is taken for one."""
    for one, other in pairwise(shapes):
        for y in (one.y - _TIED, one.y + _TIED):
            yield Arrow(points=[(one.x, y), (other.x, y)], points_at=False)


class _Flow:
    """The arrows of one page, what they are called, and the connectors to others."""

    def __init__(self, plan: Plan, pages: Paged, placed: Mapping[str, _Placed]) -> None:
        self._plan, self._pages, self._at = plan, pages, placed
        self._columns = {column.role: column for column in plan.columns if column.role}
        self.arrows: list[Arrow] = []
        self.texts: list[Text] = []
        self.connectors: list[Connector] = []

    def leave(self, one: _Placed) -> None:
        sides = sides_of(one.step.id, self._plan.ways)
        for side, way in sides.items():
            self._name(one, way, side, crowded=self._is_crowded(one, sides.get(Side.RIGHT)))
            if self._pages.crosses(way):
                self._leave_page(one, way, side, sides)
            else:
                points = self._down(one, way) if side is Side.DOWN else self._beside(one, way, side)
                self.arrows.append(Arrow(points=points, passes=way.passes))

    def arrive(self, one: _Placed) -> None:
        """Draw where a step is come to from other pages."""
        lines = arrival_lines(self._plan, self._pages, one.step)
        if not lines:
            return
        side = arrival_side(one.step.id, self._plan.ways)
        x, (edge, y) = one.x + side * _CONNECTOR, one.edge(side)
        taken = label_height(sides_of(one.step.id, self._plan.ways).get(side), one.column)
        bottom = y - REACH - taken
        self._connect(x, bottom - PENTAGON // 2, "")
        self.arrows.append(Arrow(points=[(x, bottom), (x, y), (edge, y)]))
        first = bottom - PENTAGON - 4 - SMALL_LINE * len(lines) + SMALL_LINE // 2
        self._write(one.x + side * (one.column.width // 4), first, lines, "middle")

    def _down(self, one: _Placed, way: Way) -> list[Point]:
        target, (x, begins) = self._at[way.target], one.edge(Side.DOWN)
        ends, between = target.y - halves(target.step)[1], one.bottom - BEND
        if target.x == x:
            return [(x, begins), (x, ends)]
        return [(x, begins), (x, between), (target.x, between), (target.x, ends)]

    def _beside(self, one: _Placed, way: Way, side: Side) -> list[Point]:
        target = self._at[way.target]
        if way.over:
            (x, y), top = one.edge(side), target.y - halves(target.step)[1]
            return [(x, y), (target.x, y), (target.x, top)]
        column = self._columns[way.column]
        lane = column.middle + side * (column.aside + LANE * way.lane)
        (x, y), (to_x, to_y) = one.edge(side), target.edge(side)
        return [(x, y), (lane, y), (lane, to_y), (to_x, to_y)]

    def _leave_page(self, one: _Placed, way: Way, side: Side, sides: Mapping[Side, Way]) -> None:
        """Lead into a connector: beside the shape, or below it where the next row is on the next page."""
        x, y = one.edge(side)
        target = self._plan.procedure.step(way.target)
        number, said = target.number if target else "", departure_lines(self._plan, self._pages, way)
        if side is Side.DOWN:
            leaving = frozenset(each for each in sides.values() if self._pages.crosses(each))
            top = y + connector_below(one.step, one.column, sides, leaving)
            self.arrows.append(Arrow(points=[(x, y), (x, top)], passes=way.passes, points_at=False))
            said = said if mark_of(number) else [f"{number}, {said[0]}", *said[1:]]
            self._write(x + _PENTAGON_HALF + 4, top + PENTAGON // 2, said, "start")
        else:
            x, top = one.x + side * _CONNECTOR, y + REACH
            self.arrows.append(
                Arrow(points=[one.edge(side), (x, y), (x, top)], passes=way.passes, points_at=False)
            )
            self._write(x, top + PENTAGON + SMALL_LINE // 2 + 1, said, "middle")
        self._connect(x, top + PENTAGON // 2, mark_of(number))

    def _is_crowded(self, one: _Placed, right: Way | None) -> bool:
        """Whether a connector or a lane stands to the right below a shape, so that what leads down is named to the left."""
        return right is not None and (self._pages.crosses(right) or right.column == one.step.role)

    def _name(self, one: _Placed, way: Way, side: Side, *, crowded: bool) -> None:
        """Write what a way is called beside its beginning."""
        lines = label_lines(way.label, one.column)
        if not lines:
            return
        x, y = one.edge(side)
        if side is Side.DOWN:
            to = -1 if crowded else 1
            self._write(x + to * 5, y + SMALL_LINE // 2 + 2, lines, "end" if crowded else "start")
        else:
            first = y - REACH - SMALL_LINE * len(lines) + SMALL_LINE // 2 + 4
            self._write(one.x + side * LABEL, first, lines, "start" if side is Side.RIGHT else "end")

    def _connect(self, x: int, y: int, mark: str) -> None:
        self.connectors.append(Connector(x=x, y=y, half_width=_PENTAGON_HALF, half_height=PENTAGON // 2))
        if mark:
            self.texts.append(Text(x=x, y=y - 2, lines=[mark], anchor="middle", kind="mark", line=SMALL_LINE))

    def _write(self, x: int, y: int, lines: Sequence[str], anchor: str) -> None:
        self.texts.append(Text(x=x, y=y, lines=lines, anchor=anchor, kind="way", line=SMALL_LINE))
