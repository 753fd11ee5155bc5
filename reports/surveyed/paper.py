"""Satisfaction over some days on paper."""

from collections.abc import Callable, Iterator, Sequence

from reports.charts.drawings import Trend, trend_chart
from reports.labels import Labels
from reports.paper.blocks import Block, Column, Figure, Figures, Heading, Paragraph, Picture, Pictures, Table
from reports.satisfaction import Satisfaction, SurveyRow
from reports.surveyed import words
from reports.surveyed.measured import FEW, Line, SurveyReport
from templates_replies.catalogue import Language
from templates_replies.curation.masking import masked
from templates_replies.phrase import Phrase

MOST_LISTED = 100  # low scores, and other comments, on paper
MOST_MONTHS = 13  # have room in one drawing
LONGEST = 400  # letters of a comment


def blocks(report: SurveyReport, language: Language) -> Iterator[Block]:
    """Yield what the report says."""
    yield from _summary(report.all, report.year_before, language)
    if not report.all.rows:
        yield Paragraph(text=words.NO_ANSWERS.say(language), strong=True)
        return
    yield Heading(text=words.MONTHS.say(language))
    if 1 < len(report.months) <= MOST_MONTHS:
        yield Pictures(pictures=(_trend(report, language),))
    labels = Labels(language)
    months = [(labels.month(month.year, month.month), found) for month, found in report.months]
    yield _table(words.MONTH, [_cells(name, found, language) for name, found in months], language)
    for title, lines, name in (
        (words.CHANNELS, report.channels, lambda line: words.channel(line.name, language)),
        (words.CATEGORIES, report.categories, lambda line: line.name or words.NONE.say(language)),
        (words.AGENTS, report.agents, lambda line: line.name or words.NOBODY.say(language)),
    ):
        yield from _group(title, lines, name, language)
    yield Paragraph(text=words.FEW_NOTE.say(language, few=str(FEW)), quiet=True)
    yield Heading(text=words.LOW.say(language))
    if not report.low:
        yield Paragraph(text=words.NO_LOW.say(language))
    else:
        yield from _answers(report, report.low, language, follow_up=True)
    if report.comments:
        yield Heading(text=words.COMMENTS.say(language))
        yield from _answers(report, report.comments, language, follow_up=False)
    yield Paragraph(text=words.MASKED.say(language), quiet=True)


def _summary(found: Satisfaction, before: Satisfaction, language: Language) -> Iterator[Block]:
    """Tell the figures at a glance, each with that of a year before; a mean only where the scale was the same."""
    of_scale = words.OF_SCALE.say(language, scale=str(found.scale))
    withheld = (
        (words.WITHHELD.say(language, count=words.many(found.withheld, language)),) if found.withheld else ()
    )
    waiting = (words.OPEN.say(language, count=words.many(found.waiting, language)),) if found.waiting else ()
    told: Sequence[tuple[Phrase, Callable[[Satisfaction], str], tuple[str, ...]]] = (
        (words.MEAN, lambda each: words.number(each.mean if each.scale == found.scale else None, language), (of_scale,)),
        (words.SATISFIED, lambda each: words.percent(each.satisfied, language), ()),
        (words.SHARE, lambda each: words.percent(each.share, language), withheld),
        (words.ASKED, lambda each: words.many(each.asked, language), ()),
        (words.ANSWERED, lambda each: words.many(each.answered, language), ()),
        (words.LOWS, lambda each: words.many(each.low, language), waiting),
    )  # fmt: skip
    yield Figures(
        figures=tuple(
            Figure(
                label=name.say(language), value=of(found),
                notes=(*notes, *((words.YEAR_BEFORE.say(language, value=of(before)),) if before.rows else ())),
            )
            for name, of, notes in told
        )
    )  # fmt: skip
    if found.rows and not before.rows:
        yield Paragraph(text=words.NO_YEAR_BEFORE.say(language), quiet=True)


def _trend(report: SurveyReport, language: Language) -> Picture:
    labels = Labels(language)
    names = [labels.month(month.year, month.month)[:3] for month, _ in report.months]
    values = tuple(None if found.mean is None else float(found.mean) for _, found in report.months)
    told = "; ".join(
        f"{name} {words.number(found.mean, language)}"
        for name, (_, found) in zip(names, report.months, strict=True)
    )
    title = words.MEAN.say(language)
    drawing = trend_chart(
        names, (Trend(name=title, values=values),), says=told, top=float(report.all.scale),
        written=lambda value: words.many(round(value), language), parts=report.all.scale,
    )  # fmt: skip
    return Picture(title=title, drawing=drawing)


def _group(
    title: Phrase, lines: Sequence[Line], name: Callable[[Line], str], language: Language
) -> Iterator[Block]:
    yield Heading(text=title.say(language))
    yield _table(
        words.NAME, [_cells(name(line), line.found, language, is_few=line.is_few) for line in lines], language
    )


def _table(first: Phrase, rows: Sequence[tuple[str, ...]], language: Language) -> Table:
    heads = (words.ASKED, words.ANSWERED, words.SHARE, words.MEAN, words.SATISFIED, words.LOWS)
    return Table(
        columns=(
            Column(label=first.say(language), share=1),
            *(Column(label=head.say(language), right=True) for head in heads),
        ),
        rows=tuple(rows),
    )


def _cells(name: str, found: Satisfaction, language: Language, *, is_few: bool = False) -> tuple[str, ...]:
    counted = (
        name, words.many(found.asked, language), words.many(found.answered, language), words.percent(found.share, language)
    )  # fmt: skip
    if is_few:
        return (*counted, words.few(language), "–", "–")
    return (
        *counted, words.number(found.mean, language), words.percent(found.satisfied, language),
        words.many(found.low, language),
    )  # fmt: skip


def _answers(
    report: SurveyReport, rows: Sequence[SurveyRow], language: Language, *, follow_up: bool
) -> Iterator[Block]:
    shown = rows[:MOST_LISTED]
    columns = [
        Column(label=words.TICKET.say(language)), Column(label=words.SCORE.say(language), right=True),
        Column(label=words.CATEGORY.say(language), share=3), Column(label=words.COMMENT.say(language), share=4),
    ]  # fmt: skip
    columns += [Column(label=words.DONE.say(language), share=3)] if follow_up else []
    yield Table(
        columns=tuple(columns),
        rows=tuple(_answer(report, row, language, follow_up=follow_up) for row in shown),
    )
    if len(rows) > len(shown):
        yield Paragraph(
            text=words.MORE.say(language, count=words.many(len(rows) - len(shown), language)), quiet=True
        )


def _answer(report: SurveyReport, row: SurveyRow, language: Language, *, follow_up: bool) -> tuple[str, ...]:
    category = report.names.category(row.category) or words.NONE.say(language)
    cells = (f"#{row.ticket}", f"{row.score}/{row.scale}", category, comment(row.remark))
    if not follow_up:
        return cells
    return (*cells, words.WAITS.say(language) if row.waits else comment(row.follow_up))


def comment(text: str | None) -> str:
    """Return what somebody wrote, cut short and without what points to a person."""
    return masked(text, longest=LONGEST) if text else "–"
