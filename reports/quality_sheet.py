"""The matcher in the month's workbook: one sheet, first the month and its weeks, then the categories."""

from collections.abc import Sequence

from reports.labels import Labels
from reports.measures import MonthReport
from reports.quality import Figures
from reports.sheets import Book, Cell, Heading

_FIGURES = (
    ("messages", "number"), ("suggested", "number"), ("judged", "number"), ("right", "number"), ("precision", "share"),
    ("sent", "number"), ("sent_precision", "share"), ("coverage", "share"), ("out_of_scope_share", "share"),
)  # fmt: skip


def write_quality_sheet(book: Book, labels: Labels, report: MonthReport) -> None:
    """Add the sheet, where a message of the month said a matter at all."""
    found = report.quality
    if not found.all.messages:
        return
    headings = [
        Heading(label=labels("quality.of"), kind="text"),
        *(Heading(label=labels(f"quality.{key}"), kind=kind, dashed=True) for key, kind in _FIGURES),
        Heading(label=labels("quality.missed"), kind="number", dashed=True),
    ]
    rows = [
        [labels("quality.month"), *_cells(found.all), None],
        *(
            [labels("quality.week", monday=each.monday.isoformat()), *_cells(each.figures), None]
            for each in found.weeks
        ),
        *(
            [report.names.category(each.category), *_cells(each.figures), each.missed]
            for each in found.categories
        ),
    ]
    book.table(labels("sheet.quality"), code="tbl_quality", headings=headings, rows=rows, empty="")


def _cells(found: Figures) -> Sequence[Cell]:
    return [getattr(found, key) for key, _ in _FIGURES]
