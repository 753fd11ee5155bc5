"""Whole pictures of figures as SVG, for a paper: columns by day, bars, a heat map, lines over months. Pure.

They are drawn in units of two thirds of a point where a picture is as wide as the text of an A4 page (`WIDE`); two of
`HALF` stand beside each other, and letters are as large in either. What is told apart is told by more than a colour.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from html import escape
from itertools import pairwise
from textwrap import wrap

from reports.charts.layout import HEATS, WIDTH, Columns, Value, columns, heat

WIDE, HALF = WIDTH, 350
ACCENT, SOFT, TRACK, GRID, INK, QUIET, LATE = (
    "#1F5A73", "#CFE0E7", "#EDF1F3", "#D5DBDE", "#1E2629", "#5B676C", "#B42318",
)  # fmt: skip
_HEATS = ("#F3F6F7", "#CFE0E7", "#94B9C8", "#4F88A0", ACCENT)
_DASHES = ("", "7 4", "2 3")
_TARGET = "6 4"
_ROW, _MOST_LINES = 26, 6  # of a bar: how high at least, and in how many lines its name is written
_LETTER = 5.6  # how wide a letter is at the size of labels, on the wide side
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")  # of a file of XML


@dataclass(frozen=True, kw_only=True)
class Drawing:
    svg: str
    width: int
    height: int
    says: str  # read out to whoever does not see it


@dataclass(frozen=True, kw_only=True)
class Bar:
    label: str
    many: float
    says: str  # behind it


@dataclass(frozen=True, kw_only=True)
class Trend:
    """One line over the same points as its neighbours; None: nothing is known there, and the line has a gap."""

    name: str
    values: tuple[float | None, ...]


@dataclass(frozen=True, kw_only=True)
class Target:
    name: str
    value: float


def column_chart(
    values: Sequence[Value], *, says: str, legend: tuple[str, str], written: Callable[[int], str]
) -> Drawing:
    """Draw a column for each value, the part that is told apart filled; `legend` names the whole and the part."""
    drawn = columns(values, written=written)
    parts = [*_columns(drawn)]
    x = float(drawn.left)
    for name, fill in zip(legend, (SOFT, ACCENT), strict=True):
        parts += [
            _rect(x, drawn.height + 4, 10, 10, fill, edge=ACCENT),
            _text(x + 15, drawn.height + 13, name, fill=QUIET),
        ]
        x += 40 + len(name) * _LETTER
    return _drawing(parts, drawn.width, drawn.height + 18, says)


def _columns(drawn: Columns) -> Iterable[str]:
    for line in drawn.lines:
        yield _line(drawn.left, line.y, drawn.width, line.y)
        yield _text(drawn.left - 6, line.y + 4, line.label, anchor="end", fill=QUIET)
    for each in drawn.columns:
        yield _rect(each.x, each.y, each.width, each.height, SOFT, edge=ACCENT if each.height else None)
        yield _rect(each.x, each.inner_y, each.width, each.inner_height, ACCENT)
        if each.label is not None:
            yield _text(each.x + each.width / 2, drawn.floor + 16, each.label, anchor="middle", fill=QUIET)


def bar_chart(bars: Sequence[Bar], *, says: str, width: int = HALF, most: float | None = None) -> Drawing:
    """Draw lying bars, each with its name before it and its value behind it; `most` is what a whole bar stands for.

    A bar stands as far from the next as its name needs lines.
    """
    whole = most or max((each.many for each in bars), default=0) or 1
    named, told = round(width * 0.34), round(width * 0.23)
    room, top = width - named - told, 0
    parts = []
    for each in bars:
        lines = _wrapped(each.label, named - 8, lines=_MOST_LINES)
        high = max(_ROW, len(lines) * 11 + 6)
        middle, top = top + high / 2, top + high
        for place, line in enumerate(lines):
            y = middle + 4 + (place - (len(lines) - 1) / 2) * 11
            parts.append(_text(named - 8, y, line, anchor="end", size=11))
        long = max(0.0, min(1.0, each.many / whole)) * room
        parts += [
            _rect(named, middle - 7, room, 14, TRACK), _rect(named, middle - 7, long, 14, ACCENT),
            _text(named + room + 7, middle + 4, each.says),
        ]  # fmt: skip
    return _drawing(parts, width, max(_ROW, top), says)


def heat_chart(
    rows: Sequence[tuple[str, Sequence[int]]],
    heads: Sequence[str],
    *,
    says: str,
    written: Callable[[int], str],
) -> Drawing:
    """Draw how many there were by row and column, the more the darker, each with its number."""
    named, high, most = 70, 22, max((many for _, counts in rows for many in counts), default=0)
    wide = (WIDE - named) / max(1, len(heads))
    parts = [
        _text(named + (at + 0.5) * wide, 13, head, anchor="middle", fill=QUIET)
        for at, head in enumerate(heads)
    ]
    for place, (label, counts) in enumerate(rows):
        y = 20 + place * high
        parts.append(_text(named - 8, y + 15, label, anchor="end", fill=QUIET))
        for at, many in enumerate(counts):
            step = heat(many, most)
            parts.append(_rect(named + at * wide + 1, y + 1, wide - 2, high - 2, _HEATS[step]))
            if many:
                fill = "#FFFFFF" if step > HEATS // 2 else INK
                middle = named + (at + 0.5) * wide
                parts.append(_text(middle, y + 15, written(many), anchor="middle", size=11, fill=fill))
    return _drawing(parts, WIDE, 20 + len(rows) * high, says)


def trend_chart(
    labels: Sequence[str], lines: Sequence[Trend], *, says: str, top: float, written: Callable[[float], str],
    targets: Sequence[Target] = (), parts: int = 4,
) -> Drawing:  # fmt: skip
    """Draw up to three lines over the same points, from nothing up to `top` in so many parts, and a dashed red one for each target."""
    left, floor, air, width = 56, 160, 12, WIDE - 24
    step = (width - left) / max(1, len(labels) - 1)

    def x(at: int) -> float:
        return left + at * step

    def y(value: float) -> float:
        return floor - max(0.0, min(top, value)) / top * (floor - air)

    drawn = []
    for value in (top * part / parts for part in range(parts + 1)):
        drawn += [
            _line(left, y(value), width, y(value)),
            _text(left - 8, y(value) + 4, written(value), anchor="end", fill=QUIET),
        ]
    drawn += [_text(x(at), floor + 18, label, anchor="middle", fill=QUIET) for at, label in enumerate(labels)]
    drawn += [
        _line(left, y(one.value), width, y(one.value), stroke=LATE, width=1.2, dashes=_TARGET)
        for one in targets
    ]
    named = [(one.name, LATE, _TARGET, 1.2) for one in targets]
    for place, trend in enumerate(lines):
        stroke, dashes = (ACCENT, INK, QUIET)[place], _DASHES[place]
        named.insert(place, (trend.name, stroke, dashes, 2.0))
        known = [(x(at), y(value)) if value is not None else None for at, value in enumerate(trend.values)]
        drawn += [
            _line(*start, *end, stroke=stroke, width=2, dashes=dashes)
            for start, end in pairwise(known)
            if start is not None and end is not None
        ]
        drawn += [_dot(*point, stroke) for point in known if point is not None]
    said, under = _legend(named, left, floor + 37, until=WIDE)
    return _drawing([*drawn, *said], WIDE, under + 11, says)


def _legend(
    named: Iterable[tuple[str, str, str, float]], left: int, top: int, *, until: int
) -> tuple[list[str], int]:
    """Say what each kind of line is: its name, colour, dashes and width; how far down that goes."""
    said, x, y = [], float(left), top
    for name, stroke, dashes, width in named:
        room = 56 + len(name) * _LETTER
        if x > left and x + room > until:
            x, y = float(left), y + 18
        said += [
            _line(x, y, x + 22, y, stroke=stroke, width=width, dashes=dashes),
            _text(x + 28, y + 4, name, fill=QUIET),
        ]
        x += room
    return said, y


def _wrapped(text: str, width: float, *, lines: int) -> list[str]:
    """Break a label into lines that surely fit into a width; what does not fit into so many ends with `…`."""
    return wrap(
        text, max(4, int(width / _LETTER)), max_lines=lines, placeholder="…", break_on_hyphens=False
    ) or [""]  # fmt: skip


def _drawing(parts: Iterable[str], width: int, height: int, says: str) -> Drawing:
    body = "".join(parts)
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}" '
        f'font-family="Libertinus Serif, serif" font-size="12">{body}</svg>'
    )
    return Drawing(svg=svg, width=width, height=height, says=says)


def _text(
    x: float, y: float, said: str, *, anchor: str = "start", size: float = 12, fill: str = INK
) -> str:  # fmt: skip
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" font-size="{size}" fill="{fill}">'
        f"{escape(_UNWRITABLE.sub('', said))}</text>"
    )


def _rect(x: float, y: float, width: float, height: float, fill: str, *, edge: str | None = None) -> str:
    stroke = f' stroke="{edge}" stroke-width="0.5"' if edge else ""
    return f'<rect x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height:.1f}" fill="{fill}"{stroke}/>'


def _line(
    x1: float, y1: float, x2: float, y2: float, *, stroke: str = GRID, width: float = 0.8, dashes: str = ""
) -> str:  # fmt: skip
    dashed = f' stroke-dasharray="{dashes}"' if dashes else ""
    return (
        f'<line x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}" stroke="{stroke}" '
        f'stroke-width="{width}"{dashed}/>'
    )


def _dot(x: float, y: float, fill: str) -> str:
    return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3.2" fill="{fill}"/>'
