"""The SOP form on paper: its head as Permenpan-RB 35/2012 has it, then the table page by page, as PDF; the table alone as PNG.

What the form says goes to typst as data and is never read as markup, and the template reads no file.
"""

import json
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from later import Later
from procedures.definition.procedure import Head, Procedure
from procedures.sop_table.layout import sop_pages, sop_table
from procedures.sop_table.progress import OnCase
from procedures.sop_table.svg import svg
from templates_replies import sop_phrases as phrases
from templates_replies.catalogue import Language

if TYPE_CHECKING:
    import typst
else:
    typst = Later("typst")

_TEMPLATE = (Path(__file__).parent / "form.typ").read_bytes()
_PICTURE = (Path(__file__).parent / "picture.typ").read_bytes()
_LEAST_WIDTH = 1150  # units on a page: letters are at most 9 pt high
_BESIDE = (
    "unit",
    "number",
    "revision",
    "made_on",
    "revised_on",
    "in_force_on",
    "made_by",
    "checked_by",
    "approved_by",
)
_LISTS = ("legal_basis", "qualification", "related", "equipment", "warning", "records")
_SHARPEST, _MOST_POINTS = 144.0, 25_000_000  # of a picture: points an inch, and points in all


class Paper(StrEnum):
    """The sheet, lying on its side."""

    A4 = "a4"
    F4 = "f4"  # folio, as Indonesian offices have it

    @property
    def size(self) -> tuple[int, int]:
        """Width and height in mm."""
        return (297, 210) if self is Paper.A4 else (330, 215)


def form_pdf(
    procedure: Procedure, *, language: Language, printed: str, paper: Paper = Paper.A4, case: OnCase | None = None
) -> bytes:  # fmt: skip
    """Return the form as PDF; `printed` is when, in words. Takes some tenths of a second."""
    wide, high = paper.size
    margin, band = 10, 26  # mm: around a page, and for what stands above and below the table
    drawings = sop_pages(
        procedure, language=language, notes=case.notes if case else None, least=_LEAST_WIDTH,
        ratio=(high - 2 * margin - band) / (wide - 2 * margin),
    )  # fmt: skip
    states = case.states if case else {}
    data = {
        "name": procedure.name,
        "width": wide,
        "height": high,
        "margin": margin,
        "language": language,
        "case": _remarks(procedure, case, language),
        "printed": phrases.printed(language, printed),
        "pages": [svg(each, name=procedure.name, states=states, whole=True) for each in drawings],
        "sheets": [phrases.sheet(language, at, len(drawings)) for at in range(1, len(drawings) + 1)],
        "signed": phrases.signed_here(language),
        "initials": phrases.initials(language),
        "head": _head(procedure.head, procedure.name, language),
    }
    return typst.compile(_TEMPLATE, format="pdf", sys_inputs={"data": json.dumps(data)})


def table_png(procedure: Procedure, *, language: Language, case: OnCase | None = None) -> bytes:
    """Return the whole table as one picture, as chats show it."""
    drawing = sop_table(procedure, language=language, notes=case.notes if case else None)
    points = drawing.width * drawing.height * (_SHARPEST / 72) ** 2
    sharp = _SHARPEST * min(1.0, (_MOST_POINTS / points) ** 0.5)
    data = {
        "name": procedure.name,
        "case": _remarks(procedure, case, language),
        "width": drawing.width + 2,
        "svg": svg(drawing, name=procedure.name, states=case.states if case else {}, whole=True),
    }
    return typst.compile(_PICTURE, format="png", ppi=sharp, sys_inputs={"data": json.dumps(data)})


def _remarks(procedure: Procedure, case: OnCase | None, language: Language) -> str:
    """Say how the case stands, and what the colours and marks mean."""
    of_case = [case.summary, phrases.legend(language)] if case else []
    return " ".join([*of_case, *([phrases.ours(language)] if procedure.has_ours else [])])


def _head(head: Head, name: str, language: Language) -> dict[str, object] | None:
    """Return what stands in the head, each with what it is called; None where the paper gives nothing of it."""
    if head == Head():
        return None
    beside = {key: getattr(head, key) or "" for key in _BESIDE} | {"name": name}
    lists = {key: getattr(head, key) or () for key in _LISTS}
    return {
        "unit": head.unit or "",
        "beside": [
            [key, phrases.HEAD[key].say(language), beside[key]]
            for key in (*(key for key in _BESIDE if key != "unit"), "name")
            if beside[key] or key in {"number", "made_on", "revised_on", "in_force_on", "approved_by"}
        ],
        "lists": [
            [phrases.HEAD[key].say(language), [value] if isinstance(value, str) else list(value)]
            for key, value in lists.items()
        ],
    }
