"""What stands beside the tickets: the survey and its index, the procedures, the matcher, what is in no figure."""

from collections.abc import Iterator, Sequence

from procedures.sop_table.times import time_words
from reports.findings.facts import Facts
from reports.month_paper.words import Words
from reports.paper.blocks import Block, Column, Heading, Paragraph, Table
from reports.procedures import ProcedureFigures, StepFigures
from reports.quality import Figures
from reports.quality_sheet import FIGURES
from reports.satisfaction import PublicService
from reports.sheets import Figure
from reports.survey_sheets import survey_figures
from reports.written import NOTHING
from templates_replies.moments import in_words
from templates_replies.public_survey import QUESTIONS


def survey(facts: Facts, words: Words) -> Iterator[Block]:
    """Tell of the questions of the month, and of the index of public services where the desk asks for it."""
    report = facts.month.report
    yield Heading(text=words.label("survey"))
    if report.surveys.is_any:
        left, right = survey_figures(report)
        yield _two_columns((*left, *right), words)
    else:
        yield Paragraph(text=words("no_survey"))
    if report.public_service is not None:
        yield from _index(report.public_service, words)


def _index(public: PublicService, words: Words) -> Iterator[Block]:
    index, label = public.index, words.label
    yield Heading(text=label("sheet.skm"), level=2)
    yield Paragraph(
        text=label("skm.answers", answers=words.many(index.answers), invited=words.many(public.invited))
    )
    if index.index is None:
        return
    yield Table(
        columns=(Column(label=label("skm.element"), share=1), Column(label=label("survey.mean"), right=True)),
        rows=(
            *((question.name.say(words.language), words.many(float(mean), places=2)) for question, mean in zip(QUESTIONS, index.means, strict=True)),
            (label("skm.index"), words.many(float(index.index), places=2)),
            (label("skm.grade"), index.grade or NOTHING),
        ),
    )  # fmt: skip


def procedures(facts: Facts, words: Words) -> Iterator[Block]:
    """Tell what became of the cases that began in the month, and of each step against its standard."""
    found = facts.month.procedures
    if not found:
        return
    yield Heading(text=words.label("sheet.procedures"))
    for each in found:
        yield from _procedure(each, words)


def _procedure(each: ProcedureFigures, words: Words) -> Iterator[Block]:
    label = words.label
    median = NOTHING if each.median is None else in_words(each.median, words.language)
    yield Paragraph(
        text=words("cases", name=each.procedure.name, cases=words.many(each.cases), open=words.many(each.open), median=median)
    )  # fmt: skip
    yield Table(
        columns=(
            Column(label=label("step"), share=4), Column(label=label("step.role"), share=3),
            Column(label=label("step.standard"), share=2), Column(label=label("step.done"), right=True),
            Column(label=label("median"), right=True), Column(label=label("step.late"), right=True),
            Column(label=label("step.again"), right=True),
        ),
        rows=tuple(_step(each, step, words) for step in each.steps),
    )  # fmt: skip


def _step(of: ProcedureFigures, one: StepFigures, words: Words) -> tuple[str, ...]:
    late = f"{words.many(one.late)} ({words.share(one.late_share)})" if one.promised else NOTHING
    median = NOTHING if one.median is None else in_words(one.median, words.language, in_days=False)
    return (
        f"{one.step.number}. {one.step.does}", one.role, time_words(of.procedure, one.step, words.language) or NOTHING,
        words.many(one.done), median, late, words.many(one.again),
    )  # fmt: skip


def matcher(facts: Facts, words: Words) -> Iterator[Block]:
    """Tell how good suggested categories were, where any message said a matter."""
    report = facts.month.report
    found: Figures = report.quality.all
    if not found.messages:
        return
    yield Heading(text=words.label("quality"), level=2)
    yield _two_columns([(f"quality.{key}", getattr(found, key), kind) for key, kind in FIGURES], words)


def completeness(facts: Facts, words: Words) -> Iterator[Block]:
    """Tell what is in no figure, and what came in and could not be read."""
    left_out = facts.month.report.left_out
    yield Heading(text=words("whole"), level=2)
    yield Table(
        columns=(Column(label="", share=1), Column(label="", right=True)),
        rows=(
            (words("unread"), words.many(facts.unread)),
            (words.label("spam"), words.many(left_out.spam)),
            (words.label("merged"), words.many(left_out.merged)),
        ),
    )


def _two_columns(figures: Sequence[Figure], words: Words) -> Table:
    """Lay figures out two in a row, each with what it is called."""
    said = [(words.label(key), _said(value, kind, words)) for key, value, kind in figures]
    half = -(-len(said) // 2)
    said += [("", "")] * (2 * half - len(said))
    return Table(
        columns=(Column(label="", share=3), Column(label="", right=True, share=1)) * 2,
        rows=tuple((*said[at], *said[half + at]) for at in range(half)),
    )


def _said(value: object, kind: str, words: Words) -> str:
    match value:
        case None:
            return NOTHING
        case int() | float():
            if kind == "share":
                return words.share(float(value))
            return words.many(value, places=2 if kind == "mean" else 0)
        case _:
            return str(value)
