"""What Word reckons by itself: page numbers, numbers of captions, the table of contents. Each shows what is known until Word has.

A table of contents leads to its headings and names no pages: only who lays the file out knows them, and a file that asks
for that when it is opened greets its reader with a question.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from docx.document import Document as WordFile
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.text.paragraph import Paragraph as Written


@dataclass(frozen=True, kw_only=True)
class Entry:
    """A heading as the table of contents has it."""

    text: str
    level: int
    mark: str  # the bookmark around the heading


def add_field(written: Written, asks: str, *, shown: str) -> None:
    """Add a field to a paragraph; `shown` stands there until Word has filled it."""
    for part in _field(asks, shown):
        written.add_run()._r.append(part)  # noqa: SLF001  the library has no word for it


def add_contents(file: WordFile, entries: Sequence[Entry]) -> None:
    """Add a table of contents: one field over a paragraph for each heading, which leads to it."""
    last: Written | None = None
    for place, entry in enumerate(entries):
        last = file.add_paragraph(style=f"toc {entry.level}")
        if place == 0:
            for part in (
                _mark("begin"),
                _text("w:instrText", r'TOC \o "1-3" \n \h \z \u'),
                _mark("separate"),
            ):
                last.add_run()._r.append(part)  # noqa: SLF001
        last._p.append(_leading(entry))  # noqa: SLF001
    if last is not None:
        last.add_run()._r.append(_mark("end"))  # noqa: SLF001


def _leading(entry: Entry) -> BaseOxmlElement:
    """Return a link to a heading."""
    link = OxmlElement("w:hyperlink")
    link.set(qn("w:anchor"), entry.mark)
    link.set(qn("w:history"), "1")
    run = OxmlElement("w:r")
    run.append(_text("w:t", entry.text))
    link.append(run)
    return link


def add_bookmark(written: Written, mark: str, number: int) -> None:
    """Put a bookmark around what a paragraph says."""
    begin, end = OxmlElement("w:bookmarkStart"), OxmlElement("w:bookmarkEnd")
    for part in (begin, end):
        part.set(qn("w:id"), str(number))
    begin.set(qn("w:name"), mark)
    written._p.insert(1 if written._p.pPr is not None else 0, begin)  # noqa: SLF001
    written._p.append(end)  # noqa: SLF001


def _field(asks: str, shown: str) -> Iterator[BaseOxmlElement]:
    yield _mark("begin")
    yield _text("w:instrText", f" {asks} ")
    yield _mark("separate")
    yield _text("w:t", shown)
    yield _mark("end")


def _mark(kind: str) -> BaseOxmlElement:
    mark = OxmlElement("w:fldChar")
    mark.set(qn("w:fldCharType"), kind)
    return mark


def _text(tag: str, said: str) -> BaseOxmlElement:
    part = OxmlElement(tag)
    part.set(qn("xml:space"), "preserve")
    part.text = said
    return part
