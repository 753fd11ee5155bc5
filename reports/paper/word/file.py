"""The same blocks as a Word file: headings with a table of contents, captions with numbers, pictures with words beside them."""

from collections import Counter
from dataclasses import dataclass, field
from io import BytesIO

from docx import Document
from docx.document import Document as WordFile
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK, WD_COLOR_INDEX
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.section import _Footer
from docx.shared import Cm, Pt
from docx.text.paragraph import Paragraph as Written

from reports.paper.blocks import (
    Block,
    Column,
    Figures,
    Heading,
    NewPage,
    Paragraph,
    Picture,
    Pictures,
    Points,
    Table,
)
from reports.paper.press import Sheets, logo_png, png
from reports.paper.word.fields import Entry, add_bookmark, add_contents, add_field
from reports.paper.word.look import QUIET, WIDE, lay_out
from reports.paper.word.tables import add_table
from reports.paper.writable import writable

_LOGO = Cm(2.1)
_SMALL = Pt(8)


@dataclass(frozen=True, kw_only=True)
class Words:
    """What parts of a Word file are called in its language."""

    table: str
    picture: str
    page: str
    of: str  # between the page and how many there are


@dataclass(kw_only=True)
class _Writing:
    """A file that is being written, and how far its numbers have come."""

    file: WordFile
    words: Words
    numbers: Counter[str] = field(default_factory=Counter)


def word(sheets: Sheets, words: Words) -> bytes:
    """Return a report as a Word file."""
    file = Document()
    lay_out(file, sheets.language)
    properties = file.core_properties
    properties.title, properties.author = (
        writable(f"{sheets.title} – {sheets.subtitle}"),
        writable(sheets.unit),
    )
    properties.created = properties.modified = sheets.at.replace(tzinfo=None, microsecond=0)
    _head(file, sheets)
    if sheets.contents:
        _contents(file, sheets)
    writing = _Writing(file=file, words=words)
    for block in sheets.blocks:
        _add(writing, block)
    _around(file, sheets, words)
    made = BytesIO()
    file.save(made)
    return made.getvalue()


def _contents(file: WordFile, sheets: Sheets) -> None:
    """Name all headings on the first page, each with a link to it."""
    file.add_paragraph(writable(sheets.contents), style="TOC Heading")
    headings = (each for each in sheets.blocks if isinstance(each, Heading))
    entries = (
        Entry(text=writable(each.text), level=each.level, mark=_mark(place))
        for place, each in enumerate(headings, start=1)
    )
    add_contents(file, tuple(entries))
    _break(file)


def _head(file: WordFile, sheets: Sheets) -> None:
    """Begin with the letterhead, under which the title stands."""
    head = sheets.letterhead
    if head is not None:
        if sheets.logo is not None and (picture := logo_png(sheets.logo)):
            _centred(file).add_run().add_picture(BytesIO(picture), height=_LOGO)
            _describe(file, words=head.unit)
        for line in head.above:
            _centred(file).add_run(writable(line).upper())
        _centred(file).add_run(writable(head.unit).upper()).bold = True
        last = _centred(file)
        last.add_run(writable("\n".join(head.address))).font.size = _SMALL
        _underline(last)
    file.add_paragraph(writable(sheets.title), style="Title")
    file.add_paragraph(writable(f"{sheets.subtitle}\n{sheets.unit}"), style="Subtitle")


def _centred(file: WordFile) -> Written:
    written = file.add_paragraph()
    written.alignment = WD_ALIGN_PARAGRAPH.CENTER
    written.paragraph_format.space_after = Pt(0)
    return written


def _underline(written: Written) -> None:
    """Draw the line that closes a letterhead."""
    borders, line = OxmlElement("w:pBdr"), OxmlElement("w:bottom")
    for key, said in (("val", "thinThickSmallGap"), ("sz", "18"), ("space", "4"), ("color", "auto")):
        line.set(qn(f"w:{key}"), said)
    borders.append(line)
    written._p.get_or_add_pPr().append(borders)  # noqa: SLF001  the library has no word for it


def _around(file: WordFile, sheets: Sheets, words: Words) -> None:
    """Say on each page what it is of, and which page; the first one has its title already."""
    section = file.sections[0]
    head = section.header.paragraphs[0]
    said = head.add_run(writable(f"{sheets.title} – {sheets.subtitle}\t{sheets.unit}"))
    said.font.size, said.font.color.rgb = _SMALL, QUIET
    for footer in (section.footer, section.first_page_footer):
        _foot(footer, writable(f"{sheets.reading} {sheets.made}."), words)


def _foot(footer: _Footer, reading: str, words: Words) -> None:
    said = footer.paragraphs[0]
    said.add_run(reading)
    pages = footer.add_paragraph(style="Footer")
    pages.add_run(f"\t{words.page} ")
    add_field(pages, "PAGE", shown="1")
    pages.add_run(f" {words.of} ")
    add_field(pages, "NUMPAGES", shown="1")
    for run in (*said.runs, *pages.runs):
        run.font.size, run.font.color.rgb = _SMALL, QUIET


def _add(writing: _Writing, block: Block) -> None:
    file = writing.file
    match block:
        case Heading():
            writing.numbers["heading"] += 1
            place = writing.numbers["heading"]
            add_bookmark(file.add_heading(writable(block.text), block.level), _mark(place), place)
        case Paragraph():
            _paragraph(file, block)
        case Points():
            for point in block.points:
                style = "List Number" if block.numbered else "List Bullet"
                written = file.add_paragraph(style=style)
                written.add_run(writable(point.lead)).bold = True
                written.add_run(writable(f" {point.text}"))
        case Figures():
            rows = [(each.label, each.value, "; ".join(each.notes)) for each in block.figures]
            columns = (
                Column(label="", share=2),
                Column(label="", right=True, share=1),
                Column(label="", share=2),
            )
            add_table(file, columns, rows)
        case Pictures():
            for each in block.pictures:
                _picture(writing, each)
        case Table():
            if block.title:
                _caption(writing, writing.words.table, block.title).paragraph_format.keep_with_next = True
            add_table(file, block.columns, block.rows)
        case NewPage():
            _break(file)


def _paragraph(file: WordFile, block: Paragraph) -> None:
    run = file.add_paragraph().add_run(writable(block.text))
    run.bold = block.strong
    if block.wanted:
        run.font.highlight_color = WD_COLOR_INDEX.YELLOW
    if block.quiet:
        run.font.size, run.font.color.rgb = Pt(9), QUIET


def _picture(writing: _Writing, each: Picture) -> None:
    file = writing.file
    file.add_picture(BytesIO(png(each.drawing)), width=WIDE)
    _describe(file, words=each.drawing.says)
    file.paragraphs[-1].paragraph_format.keep_with_next = True
    _caption(writing, writing.words.picture, each.title)


def _describe(file: WordFile, *, words: str) -> None:
    """Say of the picture that was added last what it shows, for whoever does not see it."""
    shape = file.inline_shapes[-1]._inline.docPr  # noqa: SLF001
    shape.set("descr", writable(words))


def _caption(writing: _Writing, kind: str, text: str) -> Written:
    writing.numbers[kind] += 1
    written = writing.file.add_paragraph(style="Caption")
    written.add_run(f"{kind} ")
    add_field(written, f"SEQ {kind} \\* ARABIC", shown=str(writing.numbers[kind]))
    written.add_run(writable(f". {text}"))
    return written


def _mark(place: int) -> str:
    """Return the bookmark of a heading, by its place among all."""
    return f"_Toc{place:08}"


def _break(file: WordFile) -> None:
    file.add_paragraph().add_run().add_break(WD_BREAK.PAGE)
