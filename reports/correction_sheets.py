"""What has changed since a month was closed, in its workbook: the figures from and to, and what happened to which ticket."""

from datetime import timedelta

from reports.filed.closing import Cause, Change, Corrections
from reports.labels import Labels
from reports.rows import Names
from reports.sheets import Book, Cell, Heading


def write_correction_sheets(book: Book, labels: Labels, found: Corrections, names: Names) -> None:
    book.table(
        labels("sheet.changes"), code="tbl_changes", empty=labels("empty.changes"),
        headings=[Heading(label=labels(f"change.{key}"), kind="text") for key in ("figure", "before", "after")],
        rows=[_change(each, labels, names) for each in found.changes],
    )  # fmt: skip
    kinds = (("at", "instant"), ("ticket", "number"), ("why", "text"), ("from_to", "text"))
    rows = [_cause(each, labels, names) for each in found.causes]
    book.table(
        labels("sheet.causes"), code="tbl_causes", empty=labels("empty.causes"),
        headings=[Heading(label=labels(f"change.{key}"), kind=kind) for key, kind in kinds],
        rows=[*rows, [None, None, labels("cause.more"), None]] if found.more else rows,
    )  # fmt: skip


def figure_name(key: str, labels: Labels, names: Names) -> str:
    """Return what a figure of a closed month is called."""
    what, _, of = key.partition("/")
    if what == "category":
        return f"{labels('category')}: {names.category(of)}"
    return f"{labels.promise(of)}: {labels(what).lower()}" if of else labels(what)


def figure_words(key: str, value: float | None, labels: Labels) -> str:
    """Return such a figure as people read it: a share as per cent, a length as hours, minutes, seconds."""
    if value is None:
        return "–"
    what = key.partition("/")[0]
    if what == "share":
        said = f"{value:.1%}"
        return said.replace(".", ",") if labels.language == "id" else said
    if what == "median":
        minutes, seconds = divmod(round(timedelta(seconds=value).total_seconds()), 60)
        return f"{minutes // 60}:{minutes % 60:02}:{seconds:02}"
    return str(int(value))


def _change(one: Change, labels: Labels, names: Names) -> list[Cell]:
    figures = (figure_words(one.key, value, labels) for value in (one.before, one.after))
    return [figure_name(one.key, labels, names), *figures]


def _cause(one: Cause, labels: Labels, names: Names) -> list[Cell]:
    return [one.at, one.ticket, labels(f"cause.{one.kind}"), cause_details(one, labels, names)]


def cause_details(one: Cause, labels: Labels, names: Names) -> str | None:
    """Return from which category to which, or into which ticket."""
    if one.into is not None:
        return f"→ #{one.into}"
    if one.after is None:
        return None
    return f"{names.category(one.before) or labels('no_category')} → {names.category(one.after)}"
