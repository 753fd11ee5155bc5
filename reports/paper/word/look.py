"""How a Word file looks: its paper, and its styles in the colours of the pages that are typeset."""

from docx.document import Document as WordFile
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor
from docx.styles.style import ParagraphStyle

from templates_replies.catalogue import Language

WIDE = Cm(17)  # of what is written, on A4
ACCENT = "1F5A73"
QUIET = RGBColor(0x5A, 0x5A, 0x5A)
_FACE = "Times New Roman"  # what every office has
_LOCALES = {"id": "id-ID", "en": "en-GB"}
_HEADINGS = {1: 14, 2: 12, 3: 11}  # points


def lay_out(file: WordFile, language: Language) -> None:
    """Give a file its paper and its styles, and say in which language it is written."""
    section = file.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2)
    section.top_margin, section.bottom_margin = Cm(2.2), Cm(2.6)
    section.different_first_page_header_footer = True
    _style(file, "Normal", size=11, after=6)
    for level, size in _HEADINGS.items():
        heading = _style(file, f"Heading {level}", size=size, bold=True, colour=ACCENT, before=14, after=5)
        heading.paragraph_format.keep_with_next = True
    _style(file, "Title", size=22, bold=True, colour=ACCENT, before=10, after=2)
    _bare(file.styles["Title"])
    _style(file, "Subtitle", size=13, bold=True, colour="000000", after=12)
    file.styles["Subtitle"].font.italic = False
    _unspaced(file.styles["Subtitle"])
    for name in ("Header", "Footer"):
        tabs = file.styles[name].paragraph_format.tab_stops
        tabs.clear_all()
        tabs.add_tab_stop(WIDE, WD_TAB_ALIGNMENT.RIGHT)
    _style(file, "TOC Heading", size=14, bold=True, colour=ACCENT, before=10, after=5)
    _style(file, "Caption", size=9.5, bold=True, colour="000000", before=8, after=3)
    for level in _HEADINGS:
        _contents(file, level)
    _speaks(file, _LOCALES[language])


def _style(
    file: WordFile, name: str, *, size: float, bold: bool | None = None, colour: str | None = None, before: float = 0,
    after: float = 0,
) -> ParagraphStyle:  # fmt: skip
    style: ParagraphStyle = file.styles[name]
    style.font.size, style.font.bold = Pt(size), bold
    if colour is not None:
        style.font.color.rgb = RGBColor.from_string(colour)
    style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(before), Pt(after)
    faces = style.element.get_or_add_rPr().get_or_add_rFonts()
    faces.attrib.clear()  # the typefaces of the theme
    for kind in ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia"):
        faces.set(qn(kind), _FACE)
    return style


def _bare(style: ParagraphStyle) -> None:
    """Take the line below a style away."""
    properties = style.element.get_or_add_pPr()
    for border in properties.findall(qn("w:pBdr")):
        properties.remove(border)


def _unspaced(style: ParagraphStyle) -> None:
    """Let letters stand as close as everywhere else."""
    properties = style.element.get_or_add_rPr()
    for spacing in properties.findall(qn("w:spacing")):
        properties.remove(spacing)


def _contents(file: WordFile, level: int) -> None:
    """Add the style of the lines of a table of contents: pages at the right, dots before them."""
    style = file.styles.add_style(f"toc {level}", WD_STYLE_TYPE.PARAGRAPH)
    style.base_style = file.styles["Normal"]
    form = style.paragraph_format
    form.left_indent, form.space_after = Cm(0.5 * (level - 1)), Pt(3)


def _speaks(file: WordFile, locale: str) -> None:
    for properties in file.styles.element.iter(qn("w:rPrDefault")):
        run = properties.find(qn("w:rPr"))
        if run is None:
            continue
        said = run.find(qn("w:lang"))
        if said is None:
            said = OxmlElement("w:lang")
            run.append(said)
        for kind in ("w:val", "w:eastAsia"):
            said.set(qn(kind), locale)
    file.core_properties.language = locale
