"""The procedures in the month's workbook: what became of the cases that began in it, and each step against its standard."""

from collections.abc import Sequence

from procedures.sop_table.times import time_words
from reports.labels import Labels
from reports.procedures import ProcedureFigures, StepFigures
from reports.sheets import Book, Cell, Heading
from templates_replies import catalogue, sop_phrases
from templates_replies.catalogue import supported_language


def write_procedure_sheets(book: Book, labels: Labels, found: Sequence[ProcedureFigures]) -> None:
    """Add both sheets, where a case began in the month."""
    if not found:
        return
    cases = (
        ("procedure", "text"), ("procedure.cases", "number"), ("procedure.open", "number"), ("procedure.ends", "text"),
        ("median", "length"), ("p90", "length"), ("procedure.again", "number"), ("procedure.bottleneck", "text"),
    )  # fmt: skip
    book.table(
        labels("sheet.procedures"), code="tbl_procedures", headings=_headings(cases, labels), empty="",
        rows=[_case_cells(one, labels) for one in found],
    )  # fmt: skip
    steps = (
        ("procedure", "text"), ("step.no", "text"), ("step", "text"), ("step.role", "text"), ("step.standard", "text"),
        ("step.done", "number"), ("median", "length"), ("p90", "length"), ("step.late", "number"),
        ("step.late_share", "share"), ("step.overdue", "length"), ("step.open", "number"), ("step.passed", "number"),
        ("step.again", "number"),
    )  # fmt: skip
    book.table(
        labels("sheet.steps"), code="tbl_steps", headings=_headings(steps, labels), empty="",
        rows=[_step_cells(one, step, labels) for one in found for step in one.steps],
    )  # fmt: skip


def _headings(columns: Sequence[tuple[str, str]], labels: Labels) -> Sequence[Heading]:
    return [
        Heading(label=labels(key), kind=kind, dashed=kind in {"share", "length"}) for key, kind in columns
    ]


def _case_cells(one: ProcedureFigures, labels: Labels) -> list[Cell]:
    names = {end.id: end.name for end in one.procedure.ends}
    ends = sorted(one.ends.items(), key=lambda each: -each[1])
    said = (
        f"{names.get(end, sop_phrases.ended_otherwise(_language(labels), end))}: {count}"
        for end, count in ends
    )
    bottleneck = one.bottleneck
    return [
        one.procedure.name, one.cases, one.open, ", ".join(said) or None, one.median, one.p90, one.went_round,
        None if bottleneck is None else f"{bottleneck.step.number}. {bottleneck.step.does}",
    ]  # fmt: skip


def _step_cells(of: ProcedureFigures, one: StepFigures, labels: Labels) -> list[Cell]:
    standard = time_words(of.procedure, one.step, _language(labels))
    return [
        of.procedure.name, one.step.number, one.step.does, one.role, standard or None, one.done, one.median, one.p90,
        one.late, one.late_share, one.overdue or None, one.open, one.passed, one.again,
    ]  # fmt: skip


def _language(labels: Labels) -> catalogue.Language:
    return supported_language(labels.language)
