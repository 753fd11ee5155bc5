"""The SOP form's table as a drawing: activities as rows, actors as columns with the flow's shapes and arrows in them.

The form is that of the civil-service guideline for SOPs (Permenpan-RB 35/2012): number, activity, actors, then what must be at
hand, time, output and remarks. Rounded shapes begin and end, boxes are activities, diamonds decide. Everything here is in
the units of the drawing; how it looks is the page's.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from textwrap import wrap

from procedures.definition import DONE, Procedure, Standard, Step
from templates_replies.catalogue import Language
from templates_replies.moments import in_words

_NUMBER, _ACTIVITY, _ROLE, _TEXT, _TIME = 36, 220, 104, 130, 84  # widths of columns
_LINE, _PADDING, _LEAST = 16, 14, 66  # height of a line, around it, of a row
_HALF_WIDTH, _HALF_HEIGHT, _MORE = 30, 15, 6  # of a shape, and how much more a diamond takes
_CHARACTER, _BOLD = 8, 9  # the width of a character, and of one in a heading
_LANE = 7  # between arrows that run beside each other
_DAYS: Mapping[Language, str] = {"id": "{} hari", "en": "{} d"}
_BEFORE: Mapping[Language, str] = {"id": "{} sebelum {}", "en": "{} before {}"}


@dataclass(frozen=True, kw_only=True)
class Text:
    """Lines of one cell, the first line's middle at x and y."""

    x: int
    y: int
    lines: Sequence[str]
    centred: bool = False
    head: bool = False


@dataclass(frozen=True, kw_only=True)
class Shape:
    """What a step is drawn as: `end`, `box` or `diamond`, around its middle."""

    step: str
    kind: str
    x: int
    y: int
    half_width: int = _HALF_WIDTH
    half_height: int = _HALF_HEIGHT


@dataclass(frozen=True, kw_only=True)
class Arrow:
    """A way from one step to another, and what it is called."""

    points: Sequence[tuple[int, int]]
    label: str = ""

    @property
    def path(self) -> str:
        return "M" + " L".join(f"{x} {y}" for x, y in self.points)


@dataclass(frozen=True, kw_only=True)
class Drawing:
    width: int
    height: int
    texts: Sequence[Text]
    lines: Sequence[tuple[int, int, int, int]]  # of the table: x1, y1, x2, y2
    shapes: Sequence[Shape]
    arrows: Sequence[Arrow]


@dataclass(frozen=True, kw_only=True)
class Heads:
    """What the columns are called, in the reader's language."""

    number: str
    activity: str
    needs: str
    time: str
    output: str
    note: str


@dataclass(frozen=True)
class _Column:
    x: int
    width: int
    head: str

    @property
    def middle(self) -> int:
        return self.x + self.width // 2


def sop_table(
    procedure: Procedure, heads: Heads, *, language: Language, notes: Mapping[str, str] | None = None
) -> Drawing:
    """Draw a procedure. `notes` replaces the remarks of steps, by id: what a running case has to say of them."""
    columns = _columns(procedure, heads)
    top = _PADDING * 2 + _LINE * max(
        len(_wrapped(column.head, column.width, character=_BOLD)) for column in columns
    )
    rows = [
        _cells(procedure, step, columns, (notes or {}).get(step.id), language) for step in procedure.steps
    ]
    tops = [top]
    for cells in rows:
        tall = max(len(lines) for lines in cells.values())
        tops.append(tops[-1] + max(_LEAST, tall * _LINE + 2 * _PADDING))
    width, height = columns[-1].x + columns[-1].width, tops[-1]
    middles = {step.id: (tops[at] + tops[at + 1]) // 2 for at, step in enumerate(procedure.steps)}
    actors = {role.id: columns[2 + at].middle for at, role in enumerate(procedure.roles)}
    at = {step.id: (actors[step.role], middles[step.id]) for step in procedure.steps}
    return Drawing(
        width=width,
        height=height,
        texts=[*_headings(columns, top), *_written(procedure, rows, columns, middles)],
        lines=[
            *((0, y, width, y) for y in (0, *tops)),
            *((column.x, 0, column.x, height) for column in columns),
            (width, 0, width, height),
        ],
        shapes=[_shape(procedure, step, *at[step.id]) for step in procedure.steps],
        arrows=list(_arrows(procedure, at, dict(zip(at, tops[1:], strict=True)), language)),
    )


def _columns(procedure: Procedure, heads: Heads) -> list[_Column]:
    wanted = [
        (_NUMBER, heads.number),
        (_ACTIVITY, heads.activity),
        *((max(_ROLE, _BOLD * _longest(role.name) + 14), role.name) for role in procedure.roles),
        (_TEXT, heads.needs),
        (_TIME, heads.time),
        (_TEXT, heads.output),
        (_TEXT, heads.note),
    ]
    columns, x = [], 0
    for width, head in wanted:
        columns.append(_Column(x, width, head))
        x += width
    return columns


def _cells(
    procedure: Procedure, step: Step, columns: Sequence[_Column], note: str | None, language: Language
) -> dict[int, list[str]]:
    """Return the lines of each cell that holds words, by the number of its column."""
    last = len(columns) - 1
    said = {
        0: step.number,
        1: step.does,
        last - 3: "; ".join(step.needs),
        last - 2: _time(step.standard, language),
        last - 1: "; ".join(step.output),
        last: note
        if note is not None
        else "; ".join(part for part in (step.note, _ends_of(procedure, step)) if part),
    }
    return {at: _wrapped(text, columns[at].width) for at, text in said.items()}


def _time(standard: Standard | None, language: Language) -> str:
    """Say a time standard as the paper does: `10 menit`, `2 hari sebelum tanggal`."""
    if standard is None:
        return ""
    within = standard.within
    parts = []
    if within is not None:
        parts.append(
            _DAYS[language].format(within.days) if within.days else in_words(within.length, language)
        )
    if standard.deadline is not None:
        days = _DAYS[language].format(standard.deadline.before.days)
        parts.append(_BEFORE[language].format(days, standard.deadline.answer))
    return "; ".join(parts)


def _ends_of(procedure: Procedure, step: Step) -> str:
    """Name the ends to which a decision may lead, for which the table has no row."""
    ends = {end.id: end.name for end in procedure.ends}
    named = [
        ends[place] for outcome in step.outcomes for place in outcome.to if step.decides and place in ends
    ]
    return ", ".join(dict.fromkeys(named))


def _wrapped(text: str, width: int, *, character: int = _CHARACTER) -> list[str]:
    return wrap(text, max(4, (width - 12) // character)) or [""]


def _longest(text: str) -> int:
    return max(len(word) for word in text.split())


def _headings(columns: Sequence[_Column], top: int) -> Iterator[Text]:
    for column in columns:
        lines = _wrapped(column.head, column.width, character=_BOLD)
        yield Text(x=column.middle, y=_first(top // 2, lines), lines=lines, centred=True, head=True)


def _written(
    procedure: Procedure,
    rows: Sequence[Mapping[int, list[str]]],
    columns: Sequence[_Column],
    middles: Mapping[str, int],
) -> Iterator[Text]:
    for step, cells in zip(procedure.steps, rows, strict=True):
        for at, lines in cells.items():
            centred = at == 0
            x = columns[at].middle if centred else columns[at].x + 6
            yield Text(x=x, y=_first(middles[step.id], lines), lines=lines, centred=centred)


def _first(middle: int, lines: Sequence[str]) -> int:
    """Return where the first of several lines stands, so that all of them stand around a middle."""
    return middle - (len(lines) - 1) * _LINE // 2


def _shape(procedure: Procedure, step: Step, x: int, y: int) -> Shape:
    if step.decides:
        wide, high = _halves(step)
        return Shape(step=step.id, kind="diamond", x=x, y=y, half_width=wide, half_height=high)
    kind = "end" if procedure.is_outermost(step) else "box"
    return Shape(step=step.id, kind=kind, x=x, y=y)


def _arrows(
    procedure: Procedure, at: Mapping[str, tuple[int, int]], bottoms: Mapping[str, int], language: Language
) -> Iterator[Arrow]:
    """Yield the ways between steps: down to the next row, or beside the shapes where a way skips rows or goes back."""
    order = {step: place for place, step in enumerate(at)}
    steps = {step.id: step for step in procedure.steps}
    lane = 0
    for step in procedure.steps:
        for place, label in dict(_ways(step, language)).items():
            if place not in at:
                continue
            if order[place] == order[step.id] + 1:
                yield _down(step, steps[place], at, bottoms[step.id], label)
            else:
                lane = (lane + 1) % 3
                yield _beside(step, steps[place], at, lane * _LANE, label)


def _down(step: Step, target: Step, at: Mapping[str, tuple[int, int]], between: int, label: str) -> Arrow:
    (x, y), (to_x, to_y) = at[step.id], at[target.id]
    begins, ends = y + _halves(step)[1], to_y - _halves(target)[1]
    return Arrow(points=[(x, begins), (x, between), (to_x, between), (to_x, ends)], label=label)


def _beside(step: Step, target: Step, at: Mapping[str, tuple[int, int]], lane: int, label: str) -> Arrow:
    """Lead around what lies between: to the right, but to the left into a diamond, whose right is where its own no begins."""
    (x, y), (to_x, to_y) = at[step.id], at[target.id]
    side = -1 if target.decides else 1
    outermost = max(side * x, side * to_x) + _HALF_WIDTH + 12 + lane
    begins, ends = x + side * _halves(step)[0], to_x + side * _halves(target)[0]
    return Arrow(
        points=[(begins, y), (side * outermost, y), (side * outermost, to_y), (ends, to_y)], label=label
    )


def _halves(step: Step) -> tuple[int, int]:
    """Return half the width and half the height of a step's shape."""
    more = _MORE if step.decides else 0
    return _HALF_WIDTH + more, _HALF_HEIGHT + more


def _ways(step: Step, language: Language) -> Iterator[tuple[str, str]]:
    for place in step.otherwise if step.only_if is not None or step.optional else ():
        yield place, ""
    for outcome in step.outcomes:
        label = "" if outcome.id == DONE else outcome.label.get(language, outcome.id)
        for place in outcome.to:
            yield place, label
