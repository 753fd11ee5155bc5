"""The matcher in the month's workbook: its figures on the front page, and a sheet with the month, its weeks, its categories."""

from collections.abc import Sequence

from reports.labels import Labels
from reports.measures import MonthReport
from reports.quality import Figures
from reports.sheets import Book, Cell, Figure, Heading

FIGURES = (
    ("messages", "number"), ("suggested", "number"), ("judged", "number"), ("right", "number"), ("precision", "share"),
    ("sent", "number"), ("coverage", "share"), ("sent_precision", "share"), ("out_of_scope", "number"),
    ("out_of_scope_share", "share"), ("out_of_scope_sent", "number"),
)  # fmt: skip


def quality_figures(report: MonthReport) -> tuple[Sequence[Figure], Sequence[Figure]]:
    """Return the figures of the front page, in two columns."""
    found = report.quality.all
    return (
        (("quality.precision", found.precision, "share"), ("quality.sent_precision", found.sent_precision, "share")),
        (("quality.coverage", found.coverage, "share"), ("quality.out_of_scope_share", found.out_of_scope_share, "share")),
    )  # fmt: skip


def write_quality_sheet(book: Book, labels: Labels, report: MonthReport) -> None:
    """Add the sheet, where a message of the month said a matter at all."""
    found = report.quality
    if not found.all.messages:
        return
    headings = [
        Heading(label=labels("quality.of"), kind="text"),
        Heading(label=labels("quality.kind"), kind="text"),
        *(Heading(label=labels(f"quality.{key}"), kind=kind, dashed=True) for key, kind in FIGURES),
        Heading(label=labels("quality.missed"), kind="number", dashed=True),
    ]
    rows = [
        [labels("quality.month"), labels("quality.by_month"), *_cells(found.all), None],
        *(
            [
                labels("quality.week", monday=labels.day(each.monday)),
                labels("quality.by_week"),
                *_cells(each.figures),
                None,
            ]
            for each in found.weeks
        ),
        *(
            [
                report.names.category(each.category),
                labels("quality.by_category"),
                *_cells(each.figures),
                each.missed,
            ]
            for each in found.categories
        ),
    ]
    book.table(labels("sheet.quality"), code="tbl_quality", headings=headings, rows=rows, empty="")


def _cells(found: Figures) -> Sequence[Cell]:
    return [getattr(found, key) for key, _ in FIGURES]
