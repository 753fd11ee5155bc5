"""The rows of the table, how high each must be, and on which page it stands. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from procedures.definition.procedure import Procedure, Step
from procedures.sop_table.cells import HALF_HEIGHT, HALF_WIDTH, MORE, Column, cells_of, label_lines, sides_of
from procedures.sop_table.lines import LINE, SMALL, SMALL_LINE, wrapped
from procedures.sop_table.ways import Side, Way
from templates_replies import sop_phrases as phrases
from templates_replies.catalogue import Language

PADDING, LEAST = 14, 66  # around what stands in a row, and its height at least
PENTAGON, REACH = 20, 10  # how high a connector is, and from a shape's middle or edge to it
BEND = 8  # from the lower edge of a row to where arrows turn
_AIR = 8  # above and below a shape


@dataclass(frozen=True, kw_only=True)
class Plan:
    """What is to be laid out."""

    procedure: Procedure
    language: Language
    ways: Sequence[Way]
    columns: Sequence[Column]
    notes: Mapping[str, str] = field(default_factory=dict)  # step → what replaces its remarks

    def column_of(self, step: Step) -> Column:
        return next(each for each in self.columns if each.role == step.role)


@dataclass(frozen=True, kw_only=True)
class Row:
    """A row, or what of it stands on one page."""

    step: Step
    cells: Mapping[int, Sequence[str]]  # by the number of the column
    above: int = 0  # what must be free above the shape, and …
    below: int = 0  # … below it
    has_shape: bool = True  # not where it goes on from the page before

    @property
    def height(self) -> int:
        words = max(len(lines) for lines in self.cells.values()) * LINE + 2 * PADDING
        flow = self.above + 2 * halves(self.step)[1] + self.below + 2 * _AIR if self.has_shape else 0
        return max(LEAST if self.has_shape else 0, words, flow)


@dataclass(frozen=True, kw_only=True)
class Paged:
    """The rows page by page."""

    pages: Sequence[Sequence[Row]]
    page_of: Mapping[str, int]  # step → its page, from 0

    def crosses(self, way: Way) -> bool:
        return way.side is not None and self.page_of[way.source] != self.page_of[way.target]

    def arriving(self, step: str, ways: Sequence[Way]) -> Mapping[int, Sequence[str]]:
        """Return the steps of other pages that lead to a step, by page."""
        found: dict[int, list[str]] = {}
        for way in ways:
            if way.target == step and self.crosses(way):
                found.setdefault(self.page_of[way.source], []).append(way.source)
        return found


def halves(step: Step) -> tuple[int, int]:
    """Return half the width and half the height of a step's shape."""
    more = MORE if step.decides else 0
    return HALF_WIDTH + more, HALF_HEIGHT + more


def balanced(plan: Plan, room: int) -> Paged:
    """Put the rows on as few pages as have `room` for them, about as much on each: none has a row left over."""
    found = paged(plan, room)
    tallest = max(row.height for rows in found.pages for row in rows)  # which is not cut for this
    least, most = max(room // 2, tallest), room
    while len(found.pages) > 1 and most - least > LEAST // 2:
        middle = (least + most) // 2
        tried = paged(plan, middle)
        if len(tried.pages) == len(found.pages):
            found, most = tried, middle
        else:
            least = middle
    return found


def paged(plan: Plan, room: int | None) -> Paged:
    """Put the rows on pages that have `room` for them; None: on one.

    A way to another page needs a connector, which makes rows higher, which may move others to other pages: so it goes
    round until nothing moves. What was once made room for keeps it.
    """
    known: frozenset[Way] = frozenset()
    found = _packed(plan, known, Paged(pages=(), page_of={}), room)
    for _ in range(2 * len(plan.ways)):
        crossing = frozenset(way for way in plan.ways if found.crosses(way))
        after = _packed(plan, known | crossing, found, room)
        if after.page_of == found.page_of and crossing <= known:
            return after
        known, found = known | crossing, after
    return found


def arrival_lines(plan: Plan, pages: Paged, step: Step) -> list[str]:
    """Say from which rows of which pages something comes to a step."""
    numbers = {each.id: each.number for each in plan.procedure.steps}
    room = plan.column_of(step).width // 2 - 2
    return [
        line
        for page, sources in pages.arriving(step.id, plan.ways).items()
        for line in wrapped(
            phrases.from_rows(plan.language, ", ".join(numbers[one] for one in sources), page + 1),
            room,
            size=SMALL,
        )
    ]


def departure_lines(plan: Plan, pages: Paged, way: Way) -> list[str]:
    """Say on which page a way goes on; with the row's number where the connector has no room for it."""
    step = plan.procedure.step(way.target)
    column = next(each for each in plan.columns if step is not None and each.role == step.role)
    return wrapped(
        phrases.on_page(plan.language, pages.page_of[way.target] + 1), column.width // 2 - 2, size=SMALL
    )


def arrival_side(step: str, ways: Sequence[Way]) -> Side:
    """Return at which side of a shape the connector of what comes from other pages stands: where nothing leaves."""
    sides = sides_of(step, ways)
    return Side.RIGHT if Side.LEFT in sides and Side.RIGHT not in sides else Side.LEFT


def label_height(way: Way | None, column: Column) -> int:
    return len(label_lines(way.label, column)) * SMALL_LINE if way else 0


def connector_below(step: Step, column: Column, sides: Mapping[Side, Way], crossing: frozenset[Way]) -> int:
    """Return how far below a shape the connector to the next page stands: under its way's label and those beside it."""
    label = label_height(sides.get(Side.DOWN), column)
    return max(REACH, label + 4 if label else 0, _beside(step, sides, crossing))


def _packed(plan: Plan, crossing: frozenset[Way], before: Paged, room: int | None) -> Paged:
    pages: list[list[Row]] = [[]]
    left = room
    for step in plan.procedure.steps:
        for row in _parts(_row(plan, step, crossing, before), room):
            if left is not None and room is not None and row.height > left and pages[-1]:
                pages.append([])
                left = room
            pages[-1].append(row)
            left = None if left is None else left - row.height
    page_of = {row.step.id: at for at, rows in enumerate(pages) for row in rows if row.has_shape}
    return Paged(pages=pages, page_of=page_of)


def _parts(row: Row, room: int | None) -> Iterator[Row]:
    """Cut a row that is higher than a page into several."""
    most = max(1, (room - 2 * PADDING) // LINE) if room is not None else None
    tallest = max(len(lines) for lines in row.cells.values())
    if most is None or tallest <= most:
        yield row
        return
    for start in range(0, tallest, most):
        cells = {at: lines[start : start + most] or [""] for at, lines in row.cells.items()}
        if start:
            cells[0] = ["…"]
        yield Row(step=row.step, cells=cells, above=row.above, below=row.below, has_shape=not start)


def _row(plan: Plan, step: Step, crossing: frozenset[Way], before: Paged) -> Row:
    column, sides = plan.column_of(step), sides_of(step.id, plan.ways)
    return Row(
        step=step,
        cells=cells_of(plan.procedure, step, plan.columns, plan.notes.get(step.id), plan.ways, plan.language),
        above=_above(plan, step, column, sides, crossing, before),
        below=_below(step, column, sides, crossing),
    )


def _above(
    plan: Plan, step: Step, column: Column, sides: Mapping[Side, Way], crossing: frozenset[Way], before: Paged
) -> int:  # fmt: skip
    half = halves(step)[1]
    labels = max(label_height(sides.get(Side.RIGHT), column), label_height(sides.get(Side.LEFT), column))
    needed = labels + REACH - half if labels else 0
    if any(way.target == step.id for way in crossing):
        said = len(arrival_lines(plan, before, step)) * SMALL_LINE
        own = label_height(sides.get(arrival_side(step.id, plan.ways)), column)
        needed = max(needed, own + REACH + PENTAGON + said + 4 - half)
    return max(0, needed)


def _below(step: Step, column: Column, sides: Mapping[Side, Way], crossing: frozenset[Way]) -> int:
    down = sides.get(Side.DOWN)
    if down is None:
        return _beside(step, sides, crossing)
    if down in crossing:
        return connector_below(step, column, sides, crossing) + PENTAGON + 4
    return max(_beside(step, sides, crossing), label_height(down, column)) + BEND


def _beside(step: Step, sides: Mapping[Side, Way], crossing: frozenset[Way]) -> int:
    """Return what the connectors beside a shape take below it."""
    leaves = any(way in crossing for side, way in sides.items() if side is not Side.DOWN)
    return REACH + PENTAGON + SMALL_LINE + 4 - halves(step)[1] if leaves else 0
