"""The survey of public services on paper, in the order in which PermenPAN-RB 14/2017 has it reported."""

from collections.abc import Iterator, Sequence

from reports.charts.drawings import WIDE, Bar, bar_chart
from reports.paper.blocks import (
    Block,
    Column,
    Figure,
    Figures,
    Heading,
    Paragraph,
    Picture,
    Pictures,
    Point,
    Points,
    Table,
)
from reports.surveyed import words
from reports.surveyed.measured import PublicReport
from reports.surveyed.paper import MOST_LISTED, comment
from templates_replies.catalogue import Language
from templates_replies.public_survey import QUESTIONS
from tickets.survey import MARKS


def blocks(report: PublicReport, language: Language) -> Iterator[Block]:
    """Yield what the report says."""
    index = report.public.index
    earlier = words.index_and_class(report.year_before, language)
    before = (words.YEAR_BEFORE.say(language, value=earlier),) if report.year_before.index.answers else ()
    if report.running:
        yield Paragraph(text=words.RUNNING.say(language), strong=True)
    yield Figures(
        figures=(
            Figure(label=words.INDEX.say(language), value=words.number(index.index, language), notes=before),
            Figure(
                label=words.CLASS.say(language), value=index.grade or "–",
                notes=(words.performance(index.grade, language),) if index.grade else (),
            ),
            Figure(label=words.RESPONDENTS.say(language), value=words.many(index.answers, language)),
        )
    )  # fmt: skip
    yield Paragraph(text=words.sample(report, language))
    if index.index is None:
        yield Paragraph(text=words.NO_PUBLIC.say(language), strong=True)
        return
    yield Heading(text=words.CHARACTERISTICS.say(language))
    for trait in report.respondents:
        yield _characteristics(trait, report.in_order(trait), language)
    yield Heading(text=words.ELEMENTS.say(language))
    names = element_names(language)
    yield Pictures(pictures=(_bars(report, language),))
    yield Paragraph(text=words.extremes(names, index.means, language))
    yield _elements(report, language)
    yield Paragraph(text=words.ROUNDED_WEIGHT.say(language), quiet=True)
    if report.public.remarks:
        yield Heading(text=words.SUGGESTIONS.say(language))
        shown = report.public.remarks[-MOST_LISTED:]
        yield Points(points=tuple(Point(text=comment(remark)) for remark in reversed(shown)))
        if more := len(report.public.remarks) - len(shown):
            yield Paragraph(text=words.MORE.say(language, count=words.many(more, language)), quiet=True)
        yield Paragraph(text=words.MASKED.say(language), quiet=True)


def element_names(language: Language) -> tuple[str, ...]:
    """Return the nine elements in the regulation's order, numbered U1 to U9."""
    return tuple(f"U{at}. {question.name.say(language)}" for at, question in enumerate(QUESTIONS, start=1))


def _characteristics(trait: str, values: Sequence[tuple[str | None, int]], language: Language) -> Table:
    total = sum(count for _, count in values)
    return Table(
        columns=(
            Column(label=words.TRAITS[trait].say(language), share=1),
            Column(label=words.COUNT.say(language), right=True), Column(label="%", right=True),
        ),
        rows=tuple(
            (words.trait_value(trait, value, language), words.many(count, language), words.percent(count / total, language))
            for value, count in values
        ),
    )  # fmt: skip


def _bars(report: PublicReport, language: Language) -> Picture:
    index = report.public.index
    bars = [
        Bar(label=name, many=float(mean), says=words.number(mean, language))
        for name, mean in zip(element_names(language), index.means, strict=True)
    ]
    title = words.NRR.say(language)
    told = "; ".join(f"{bar.label} {bar.says}" for bar in bars)
    return Picture(title=title, drawing=bar_chart(bars, says=told, width=WIDE, most=float(MARKS[-1])))


def _elements(report: PublicReport, language: Language) -> Table:
    index = report.public.index
    heads = (words.NRR, words.NRR_WEIGHTED, words.CONVERTED)
    rows = [
        (name, *(words.number(value, language) for value in values))
        for name, *values in zip(
            element_names(language), index.means, index.weighted, index.converted, strict=True
        )
    ]
    total = words.number(index.weighted_sum, language)
    rows.append((words.SUM.say(language), "", total, words.number(index.index, language)))
    return Table(
        columns=(
            Column(label=words.ELEMENT.say(language), share=1),
            *(Column(label=head.say(language), right=True) for head in heads),
        ),
        rows=tuple(rows),
    )
