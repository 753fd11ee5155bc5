"""The first page: the month's key figures and how they stand, and beside them the earlier months."""

from collections.abc import Iterator, Mapping
from datetime import timedelta

from reports import compared as side_by_side
from reports.charts.drawings import column_chart
from reports.charts.layout import Value
from reports.compared import Compared, compared
from reports.correction_words import closed_line
from reports.figures import HEADLINES
from reports.findings.facts import Facts
from reports.findings.goals import promise_goal
from reports.gone import said_of_gone
from reports.lost_line import said_of_lost
from reports.measures import MonthReport
from reports.month_paper.words import Words
from reports.paper.blocks import Block, Column, Figure, Figures, Heading, Paragraph, Picture, Pictures, Table
from reports.statistics import Statistics


def front(facts: Facts, words: Words) -> Iterator[Block]:
    """Return what the first page says; of an empty month, that it is one."""
    report, label = facts.month.report, words.label
    if report.month.running:
        yield Paragraph(text=label("running", at=words.at(report.made_at)), strong=True)
    if (found := facts.month.corrections) is not None:
        on = words.labels.day(found.closing.closed_at.astimezone(report.month.tz).date())
        yield Paragraph(text=closed_line(found, on, words.labels, report.names), strong=True)
    if (gone := said_of_gone(facts.month.gone, words.labels)) is not None:
        yield Paragraph(text=gone, strong=True)
    if not report.tickets:
        yield Paragraph(text=label("empty_month"), strong=True)
    yield Figures(figures=tuple(_figures(facts, words)))
    yield Paragraph(text=words("goals", **_goals(facts, words)), quiet=True)
    yield Paragraph(text=said_of_lost(report.brought, words.labels), quiet=True)
    if report.tickets:
        yield _days(facts, words)
    yield from _comparison(facts, words)


def _figures(facts: Facts, words: Words) -> Iterator[Figure]:
    report, label = facts.month.report, words.label
    yield Figure(
        label=label("tickets_in"), value=words.many(report.tickets),
        notes=(f"{label('spam')}: {words.many(report.left_out.spam)}", f"{label('merged')}: {words.many(report.left_out.merged)}"),
    )  # fmt: skip
    for kind in HEADLINES:
        yield _promise(facts, kind, words)
    yield Figure(
        label=words("key.finished"), value=words.many(report.finished),
        notes=(*_of_tickets(report.finished, report, words), words("key.reopened", reopened=words.many(report.reopened))),
    )  # fmt: skip
    surveys = report.surveys
    mean = None if surveys.mean is None else float(surveys.mean)
    yield Figure(
        label=words("key.satisfaction", scale=words.many(surveys.scale)), value=words.many(mean, places=2),
        notes=(words("key.answers", answered=words.many(surveys.answered), asked=words.many(surveys.asked)),),
    )  # fmt: skip
    many = len(report.uncategorised)
    yield Figure(
        label=label("uncategorised"), value=words.many(many),
        notes=(*_of_tickets(many, report, words), words("key.unread", unread=words.many(facts.unread))),
    )  # fmt: skip


def _goals(facts: Facts, words: Words) -> Mapping[str, str]:
    return {kind: words.share(promise_goal(facts.month.desk, kind)) for kind in HEADLINES}


def _of_tickets(many: int, report: MonthReport, words: Words) -> tuple[str, ...]:
    return (words("key.of_tickets", share=words.share(many / report.tickets)),) if report.tickets else ()


def _promise(facts: Facts, kind: str, words: Words) -> Figure:
    found, goal = facts.month.report.promise(kind), promise_goal(facts.month.desk, kind)
    due = found.met + found.breached
    kept = (
        words("key.of_due", met=words.many(found.met), due=words.many(due))
        if due
        else words("key.nothing_due")
    )
    return Figure(
        label=words("key.in_time", promise=words.promise(kind)), value=words.share(found.share),
        good=None if found.share is None or goal is None else found.share >= goal,
        notes=(
            kept, words("key.promise", promise=words.promised(kind)),
            *((words("key.median", median=words.length(found.median, kind)),) if found.median is not None else ()),
        ),
    )  # fmt: skip


def _days(facts: Facts, words: Words) -> Block:
    label, days = words.label, facts.month.report.days
    drawing = column_chart(
        [Value(label=str(day.on.day), many=day.tickets, inner=day.finished, says="") for day in days],
        says=f"{label('chart.days')}: {', '.join(f'{day.on.day}: {day.tickets}' for day in days if day.tickets)}",
        legend=(label("tickets_in"), label("finished")),
        written=words.many,
    )
    return Pictures(pictures=(Picture(title=label("chart.days"), drawing=drawing),))


def can_compare(facts: Facts) -> bool:
    """Whether the month before, or that of a year before, has any tickets."""
    return any(each.tickets for each in (facts.month.before, facts.month.year_before))


def _comparison(facts: Facts, words: Words) -> Iterator[Block]:
    month, label = facts.month, words.label
    earlier = (month.before, month.year_before)
    yield Heading(text=label("compared"), level=2)
    until = words.many(month.before.days.last_on.day)
    if not can_compare(facts):
        nothing = "nothing_so_far" if month.report.month.running else "nothing_to_compare"
        yield Paragraph(text=words(nothing, day=until))
        return
    heads = (
        words.labels.month(month.report.month.year, month.report.month.number),
        *(_month(each, words) for each in earlier),
    )
    yield Table(
        columns=(Column(label="", share=1), *(Column(label=head, right=True) for head in heads)),
        rows=tuple(_compared(each, words) for each in compared(month)),
    )
    for each in earlier:
        if not each.tickets:
            yield Paragraph(text=words("no_such_month", month=_month(each, words)), quiet=True)
    if month.report.month.running:
        yield Paragraph(text=label("compared_until", day=until), quiet=True)


def _compared(row: Compared, words: Words) -> tuple[str, ...]:
    name = words.label(row.key)
    if row.of:
        name = f"{words.promise(row.of)}: {name.lower()}"
    return (name, *(_said(value, row, words) for value in (row.now, row.before, row.year_before)))


def _said(value: side_by_side.Figure, row: Compared, words: Words) -> str:
    if isinstance(value, timedelta):
        return words.length(value, row.of)
    if row.kind == "mean":
        return words.many(value, places=2)
    return words.share(value) if isinstance(value, float) else words.many(value)


def _month(found: Statistics, words: Words) -> str:
    first = found.days.first_on
    return words.labels.month(first.year, first.month)
