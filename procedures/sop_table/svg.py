"""A drawing of the table as SVG: for a page, which says how it looks, or as a file, which brings its look along."""

from collections.abc import Iterator, Mapping
from html import escape

from procedures.sop_table.drawing import Arrow, Connector, Drawing, Shape, Text
from procedures.sop_table.lines import SIZE, SMALL

_SIZES = {"cell": SIZE, "head": SIZE, "way": SMALL, "mark": SMALL}
_LOWERED = 0.35  # from a line's middle to where letters stand, by their size
_LOOK = """
.sop text { fill: #111; font-family: "DejaVu Sans", "Liberation Sans", Arial, "Libertinus Serif", sans-serif; }
.sop-head { font-weight: bold; }
.sop-way { paint-order: stroke; stroke: #fff; stroke-width: 3px; }
.sop-grid line { stroke: #666; stroke-width: 0.8; }
.sop-ways path { fill: none; stroke: #222; stroke-width: 1.3; }
.sop-ways path.sop-passes { stroke-dasharray: 4 3; }
.sop-tip { fill: #222; }
.sop-shape, .sop-connector { fill: #fff; stroke: #222; stroke-width: 1.3; }
.sop-shape[data-state="done"] { fill: #d3ecd9; }
.sop-shape[data-state="late"] { fill: #f6d4cf; }
.sop-shape[data-state="now"] { fill: #ffd75e; stroke-width: 2.6; }
.sop-shape[data-state="passed"], .sop-shape[data-state="dropped"] { fill: #eee; stroke-dasharray: 4 3; }
"""
NO_STATES: Mapping[str, str] = {}


def svg(drawing: Drawing, *, name: str, states: Mapping[str, str] = NO_STATES, whole: bool = False) -> str:
    """Return a drawing as SVG, called `name`.

    `states` are those of steps, by id: done, late, now, held, passed, dropped, ahead. `whole`: as a file of its own.
    """
    wide, high = drawing.width + 2, drawing.height + 2
    return "".join(
        [
            '<svg xmlns="http://www.w3.org/2000/svg" class="sop" ',
            f'width="{wide}" height="{high}" viewBox="-1 -1 {wide} {high}" role="img" aria-label="{escape(name)}">',
            f"<style>{_LOOK}</style>" if whole else "",
            '<defs><marker id="tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto">',
            '<path class="sop-tip" d="M0 0L8 4L0 8z"/></marker></defs>',
            f'<rect x="-1" y="-1" width="{wide}" height="{high}" fill="#fff"/>' if whole else "",
            '<g class="sop-grid">',
            *(f'<line x1="{x1}" y1="{y1}" x2="{x2}" y2="{y2}"/>' for x1, y1, x2, y2 in drawing.lines),
            '</g><g class="sop-ways">',
            *(_arrow(each) for each in drawing.arrows),
            "</g>",
            *(_shape(each, states.get(each.step, "")) for each in drawing.shapes),
            *(_connector(each) for each in drawing.connectors),
            *(part for each in drawing.texts for part in _text(each)),
            "</svg>",
        ]
    )


def _arrow(arrow: Arrow) -> str:
    tip = ' marker-end="url(#tip)"' if arrow.points_at else ""
    passes = ' class="sop-passes"' if arrow.passes else ""
    return f'<path d="{arrow.path}"{passes}{tip}/>'


def _shape(shape: Shape, state: str) -> str:
    x, y, wide, high = shape.x, shape.y, shape.half_width, shape.half_height
    marks = f'class="sop-shape" data-state="{escape(state)}"'
    if shape.kind == "diamond":
        return f'<path {marks} d="M{x} {y - high}L{x + wide} {y}L{x} {y + high}L{x - wide} {y}z"/>'
    rounded = high if shape.kind == "end" else 2
    return (
        f'<rect {marks} x="{x - wide}" y="{y - high}" width="{2 * wide}" height="{2 * high}" rx="{rounded}"/>'
    )


def _connector(one: Connector) -> str:
    x, y, wide, high = one.x, one.y, one.half_width, one.half_height
    shoulder = y + high - 7
    return (
        f'<path class="sop-connector" d="M{x - wide} {y - high}L{x + wide} {y - high}'
        f'L{x + wide} {shoulder}L{x} {y + high}L{x - wide} {shoulder}z"/>'
    )


def _text(text: Text) -> Iterator[str]:
    size = _SIZES[text.kind]
    y = text.y + size * _LOWERED
    anchor = "" if text.anchor == "start" else f' text-anchor="{text.anchor}"'
    yield f'<text class="sop-{text.kind}" font-size="{size}"{anchor}>'
    for at, line in enumerate(text.lines):
        yield f'<tspan x="{text.x}" y="{y + at * text.line:g}">{escape(line)}</tspan>'
    yield "</text>"
