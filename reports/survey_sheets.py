"""The surveys in the month's workbook: figures for the front page, a sheet of answers, a sheet of the nine elements."""

from collections.abc import Sequence

from reports.labels import Labels
from reports.measures import MonthReport
from reports.satisfaction import PublicService, SurveyRow
from reports.sheets import Book, Cell, Figure, Heading
from templates_replies.catalogue import supported_language
from templates_replies.public_survey import QUESTIONS


def survey_figures(report: MonthReport) -> tuple[Sequence[Figure], Sequence[Figure]]:
    """Return the figures of the front page, in two columns."""
    found, public = report.surveys, report.public_service
    left: list[Figure] = [
        ("survey.mean", None if found.mean is None else float(found.mean), "mean"),
        ("survey.satisfied", found.satisfied, "share"),
        ("survey.low", found.low, "number"),
        ("survey.waiting", found.waiting, "number"),
    ]
    right: list[Figure] = [
        ("survey.asked", found.asked, "number"),
        ("survey.answered", found.answered, "number"),
        ("survey.share", found.share, "share"),
        ("survey.withheld", found.withheld, "number"),
    ]
    if public is not None:
        left.append(("skm.index", _float(public.index.index), "mean"))
        right.append(("skm.grade", public.index.grade, "text"))
    return left, right


def write_survey_sheets(book: Book, labels: Labels, report: MonthReport) -> None:
    """Add the sheet of answers where anybody was asked, and that of the elements where the desk takes the survey of public services."""
    if report.surveys.is_any:
        _answers(book, labels, report)
    if report.public_service is not None:
        _elements(book, labels, report.public_service)


def _answers(book: Book, labels: Labels, report: MonthReport) -> None:
    headings = [
        Heading(label=labels("column.number"), kind="number"),
        Heading(label=labels("survey.asked_at"), kind="instant"),
        Heading(label=labels("survey.score"), kind="number"),
        Heading(label=labels("survey.comment"), kind="text"),
        Heading(label=labels("category"), kind="text"),
        Heading(label=labels("agent"), kind="text"),
        Heading(label=labels("channel"), kind="text"),
        Heading(label=labels("survey.answered_at"), kind="instant"),
        Heading(label=labels("survey.follow_up"), kind="text"),
    ]

    def cells(row: SurveyRow) -> list[Cell]:
        return [
            row.ticket, row.asked_at, row.score, row.remark, report.names.category(row.category),
            report.names.person(row.assignee), labels.word(row.channel), row.answered_at,
            labels("survey.waits") if row.waits else row.follow_up,
        ]  # fmt: skip

    book.long_table(
        labels("sheet.surveys"), code="tbl_surveys", headings=headings, rows=map(cells, report.surveys.answers),
        empty=labels("empty.surveys"),
    )  # fmt: skip


def _elements(book: Book, labels: Labels, public: PublicService) -> None:
    index = public.index
    headings = [
        Heading(label=labels("skm.element"), kind="text"),
        Heading(label=labels("survey.mean"), kind="mean", dashed=True),
    ]
    means: Sequence[object] = index.means or (None,) * len(QUESTIONS)
    rows: list[list[Cell]] = [
        [question.name.say(supported_language(labels.language)), _float(mean)]
        for question, mean in zip(QUESTIONS, means, strict=True)
    ]
    rows += [
        [labels("skm.index"), _float(index.index)],
        [labels("skm.grade_is", grade=index.grade or "–"), None],
        [labels("skm.answers", answers=index.answers, invited=public.invited), None],
    ]
    book.table(labels("sheet.skm"), code="tbl_skm", headings=headings, rows=rows, empty="")


def _float(value: object) -> float | None:
    return None if value is None else float(str(value))
