"""What has changed since a month was closed, in its workbook: the figures from and to, and what happened to which ticket."""

from datetime import timedelta

from reports.correction_words import cause_details, doer, figure_name
from reports.filed.closing import Cause, Change, Corrections
from reports.labels import Labels
from reports.rows import Names
from reports.sheet_sizes import Kinded
from reports.sheets import Book, Cell, Heading


def write_correction_sheets(book: Book, labels: Labels, found: Corrections, names: Names) -> None:
    book.table(
        labels("sheet.changes"), code="tbl_changes", empty=labels("empty.changes"),
        headings=[
            Heading(label=labels("change.figure"), kind="text"),
            *(Heading(label=labels(f"change.{key}"), kind="length", dashed=True) for key in ("before", "after")),
        ],
        rows=[_change(each, labels, names) for each in found.changes],
    )  # fmt: skip
    kinds = (("at", "instant"), ("ticket", "number"), ("why", "text"), ("from_to", "text"), ("by", "text"))
    rows = [_cause(each, labels, names) for each in found.causes]
    book.table(
        labels("sheet.causes"), code="tbl_causes", empty=labels("empty.causes"),
        headings=[Heading(label=labels(f"change.{key}"), kind=kind) for key, kind in kinds],
        rows=[*rows, [None, None, labels("cause.more"), None, None]] if found.more else rows,
    )  # fmt: skip


def _change(one: Change, labels: Labels, names: Names) -> list[Cell | Kinded]:
    return [
        figure_name(one.key, labels, names),
        *(_figure(one.key, value) for value in (one.before, one.after)),
    ]


def _figure(key: str, value: float | None) -> Kinded | None:
    """Return a figure as what it is: a share, a length or a count."""
    if value is None:
        return None
    what = key.partition("/")[0]
    if what == "share":
        return Kinded(value, "share")
    return Kinded(timedelta(seconds=value), "length") if what == "median" else Kinded(int(value), "number")


def _cause(one: Cause, labels: Labels, names: Names) -> list[Cell]:
    details = cause_details(one, labels, names)
    return [one.at, one.ticket, labels(f"cause.{one.kind}"), details, doer(one.by, labels, names)]
