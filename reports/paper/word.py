"""The same blocks as a Word file: headings with a table of contents, captions with numbers of their own, heads of tables repeated."""

from collections.abc import Iterator
from io import BytesIO

from docx import Document
from docx.document import Document as WordFile
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK, WD_COLOR_INDEX
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Cm, Pt
from docx.table import _Row
from docx.text.paragraph import Paragraph as Written

from reports.paper.blocks import (
    Block,
    Figures,
    Heading,
    NewPage,
    Paragraph,
    Pictures,
    Points,
    Table,
)
from reports.paper.press import Sheets, png

_WIDE = Cm(17)
_CONTROLS = dict.fromkeys((*range(9), 11, 12, *range(14, 32)))  # no file of XML holds these


def word(sheets: Sheets, *, contents: str, table: str, picture: str) -> bytes:
    """Return a report as a Word file; `contents`, `table` and `picture` are what these are called in its language."""
    file = Document()
    section = file.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2)
    properties = file.core_properties
    properties.title, properties.author = _clean(f"{sheets.title} – {sheets.subtitle}"), _clean(sheets.unit)
    properties.created = properties.modified = sheets.at.replace(tzinfo=None, microsecond=0)
    _head(file, sheets)
    file.add_paragraph(contents, style="TOC Heading")
    _field(file.add_paragraph(), r'TOC \o "1-3" \h \z \u', shown=contents)
    _update_fields(file)
    file.add_paragraph().add_run().add_break(WD_BREAK.PAGE)
    for block in sheets.blocks:
        _add(file, block, table, picture)
    footer = section.footer.paragraphs[0]
    footer.text = _clean(f"{sheets.reading} {sheets.made}. ")
    _field(footer, "PAGE", shown="1")
    made = BytesIO()
    file.save(made)
    return made.getvalue()


def _head(file: WordFile, sheets: Sheets) -> None:
    head = sheets.letterhead
    if head is not None:
        for line in (*head.above, head.unit, *head.address):
            written = file.add_paragraph()
            written.alignment = WD_ALIGN_PARAGRAPH.CENTER
            written.paragraph_format.space_after = Pt(0)
            written.add_run(_clean(line)).bold = line == head.unit
    file.add_paragraph(_clean(sheets.title), style="Title")
    file.add_paragraph(_clean(f"{sheets.subtitle} – {sheets.unit}"), style="Subtitle")


def _add(file: WordFile, block: Block, table: str, picture: str) -> None:
    match block:
        case Heading():
            file.add_heading(_clean(block.text), block.level)
        case Paragraph():
            _paragraph(file, block)
        case Points():
            for point in block.points:
                style = "List Number" if block.numbered else "List Bullet"
                written = file.add_paragraph(style=style)
                written.add_run(_clean(point.lead)).bold = True
                written.add_run(_clean(f" {point.text}"))
        case Figures():
            rows = tuple((each.label, each.value, "; ".join(each.notes)) for each in block.figures)
            _rows(file, rows, right=frozenset({1}))
        case Pictures():
            for each in block.pictures:
                file.add_picture(BytesIO(png(each.drawing)), width=_WIDE)
                _caption(file, picture, each.title)
        case Table():
            if block.title:
                _caption(file, table, block.title, above=True)
            heads = tuple(column.label for column in block.columns)
            right = frozenset(at for at, column in enumerate(block.columns) if column.right)
            _rows(file, (heads, *block.rows), right=right, headed=any(heads))
        case NewPage():
            file.add_paragraph().add_run().add_break(WD_BREAK.PAGE)


def _paragraph(file: WordFile, block: Paragraph) -> None:
    run = file.add_paragraph().add_run(_clean(block.text))
    run.bold = block.strong
    if block.wanted:
        run.font.highlight_color = WD_COLOR_INDEX.YELLOW
    if block.quiet:
        run.font.size = Pt(8.5)


def _rows(
    file: WordFile, rows: tuple[tuple[str, ...], ...], *, right: frozenset[int], headed: bool = False
) -> None:
    made = file.add_table(rows=0, cols=len(rows[0]), style="Table Grid")
    for place, values in enumerate(rows):
        row = made.add_row()
        for at, value in enumerate(values):
            written = row.cells[at].paragraphs[0]
            run = written.add_run(_clean(value))
            run.font.size, run.bold = Pt(8.5), headed and place == 0
            if at in right:
                written.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        if headed and place == 0:
            _repeat(row)
    file.add_paragraph()


def _repeat(row: _Row) -> None:
    """Let a row stand at the head of the table on each page."""
    mark = OxmlElement("w:tblHeader")
    mark.set(qn("w:val"), "true")
    row._tr.get_or_add_trPr().append(mark)  # noqa: SLF001  the library has no word for it


def _caption(file: WordFile, kind: str, text: str, *, above: bool = False) -> None:
    written = file.add_paragraph(style="Caption")
    written.paragraph_format.keep_with_next = above
    written.add_run(f"{kind} ")
    _field(written, f"SEQ {kind} \\* ARABIC", shown="–")
    written.add_run(_clean(f". {text}"))


def _field(written: Written, asks: str, *, shown: str) -> None:
    """Add what Word fills in by itself; `shown` stands there until it has."""
    for part in _field_parts(asks, shown):
        written.add_run()._r.append(part)  # noqa: SLF001  the library has no word for it


def _field_parts(asks: str, shown: str) -> Iterator[BaseOxmlElement]:
    for kind in ("begin", "instr", "separate", "shown", "end"):
        if kind in {"instr", "shown"}:
            part = OxmlElement("w:instrText" if kind == "instr" else "w:t")
            part.set(qn("xml:space"), "preserve")
            part.text = asks if kind == "instr" else shown
        else:
            part = OxmlElement("w:fldChar")
            part.set(qn("w:fldCharType"), kind)
        yield part


def _update_fields(file: WordFile) -> None:
    """Let Word fill the fields when the file is opened."""
    mark = OxmlElement("w:updateFields")
    mark.set(qn("w:val"), "true")
    file.settings.element.append(mark)


def _clean(text: str) -> str:
    return text.translate(_CONTROLS)
