"""Tables of a Word file: as wide as the page, by the shares of their columns; the head is repeated, no row is broken."""

from collections.abc import Iterable, Sequence

from docx.document import Document as WordFile
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Length, Pt, RGBColor
from docx.table import Table as WordTable
from docx.table import _Cell, _Row

from reports.paper.blocks import Column
from reports.paper.word.look import ACCENT, WIDE
from reports.paper.writable import writable

_MANY = 10  # columns from which on letters are smaller
_LETTER, _BOLD, _AIR = (
    Cm(0.17),
    Cm(0.21),
    Cm(0.45),
)  # how wide a letter is, one of the head, and what a cell keeps free
_NARROWEST, _WIDEST = Cm(0.9), Cm(3.2)  # of a column that is as wide as what stands in it
_WHITE = RGBColor(0xFF, 0xFF, 0xFF)
_LINE = "BEBEBE"


def add_table(file: WordFile, columns: Sequence[Column], rows: Sequence[tuple[str, ...]]) -> None:
    """Add a table; without labels it has no head."""
    heads = tuple(column.label for column in columns)
    headed = any(heads)
    made = file.add_table(rows=0, cols=len(columns), style="Table Grid")
    made.autofit = False
    _lines(made)
    size = 7.0 if len(columns) > _MANY else 8.5
    widths = widths_of(columns, rows)
    for place, values in enumerate((heads, *rows) if headed else rows):
        row = made.add_row()
        _mark(row, "w:cantSplit")
        is_head = headed and place == 0
        if is_head:
            _mark(row, "w:tblHeader")
        for cell, column, width, value in zip(row.cells, columns, widths, values, strict=True):
            cell.width = width
            _fill(cell, value, size=size, right=column.right, is_head=is_head)
    for grid, width in zip(made.columns, widths, strict=True):
        grid.width = width
    file.add_paragraph().paragraph_format.space_after = Pt(0)


def widths_of(columns: Sequence[Column], rows: Sequence[tuple[str, ...]]) -> list[Length]:
    """Share the width of the page out: columns without a share are as wide as their longest line, the others get the rest.

    Where that is less than the longest word of a column asks for, it is that wide, and its neighbours give way.
    """
    texts = [(column.label, *(row[at] for row in rows)) for at, column in enumerate(columns)]
    heads = [_needed([column.label.split()], letter=_BOLD) for column in columns]
    words = [
        _needed((text.split() for text in each[1:]), least=head)
        for each, head in zip(texts, heads, strict=True)
    ]
    lines = [
        _needed((text.split("\n") for text in each[1:]), least=word)
        for each, word in zip(texts, words, strict=True)
    ]
    widths = {at: width for at, width in enumerate(lines) if not columns[at].share}
    while free := [at for at in range(len(columns)) if at not in widths]:
        left, shares = WIDE - sum(widths.values()), sum(columns[at].share for at in free)
        given = {at: left * columns[at].share // shares for at in free}
        narrow = {at: words[at] for at in free if given[at] < words[at]}
        widths |= narrow or given
    total = sum(widths.values())
    return [Length(widths[at] * WIDE // total) for at in range(len(columns))]


def _needed(pieces: Iterable[Iterable[str]], *, least: int = _NARROWEST, letter: int = _LETTER) -> int:
    """Return how wide the longest of some pieces of text is, within bounds."""
    longest = max((len(piece) for of_text in pieces for piece in of_text), default=0)
    return min(max(int(longest * letter) + _AIR, least), _WIDEST)


def _fill(cell: _Cell, value: str, *, size: float, right: bool, is_head: bool) -> None:
    written = cell.paragraphs[0]
    written.paragraph_format.space_after = Pt(1)
    if right:
        written.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    run = written.add_run(writable(value))
    run.font.size, run.bold = Pt(size), is_head
    if is_head:
        run.font.color.rgb = _WHITE
        shade = OxmlElement("w:shd")
        for key, said in (("w:val", "clear"), ("w:color", "auto"), ("w:fill", ACCENT)):
            shade.set(qn(key), said)
        cell._tc.get_or_add_tcPr().append(shade)  # noqa: SLF001  the library has no word for it


def _mark(row: _Row, what: str) -> None:
    mark = OxmlElement(what)
    mark.set(qn("w:val"), "true")
    row._tr.get_or_add_trPr().append(mark)  # noqa: SLF001


def _lines(table: WordTable) -> None:
    """Let thin grey lines part the rows alone."""
    borders = OxmlElement("w:tblBorders")
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        line = OxmlElement(f"w:{side}")
        drawn = side in {"top", "bottom", "insideH"}
        for key, said in (
            ("val", "single" if drawn else "nil"),
            ("sz", "4"),
            ("space", "0"),
            ("color", _LINE),
        ):
            line.set(qn(f"w:{key}"), said)
        borders.append(line)
    table._tbl.tblPr.append(borders)  # noqa: SLF001
