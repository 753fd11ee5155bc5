"""The drawings of the month on paper: over the week, how long promises took, where tickets came from, the year."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from reports.charts.drawings import Bar, Target, Trend, bar_chart, heat_chart, trend_chart
from reports.figures import HEADLINES, Group
from reports.findings.facts import Facts
from reports.findings.goals import promise_goal
from reports.month_paper.words import Words
from reports.paper.blocks import Block, Picture, Pictures
from reports.sums import STEPS
from templates_replies.moments import in_words

MOST_BARS = 10
_MONDAY = date(2024, 1, 1)  # any
_WORKING_HOURS = (8, 16)  # the map of hours shows these at least


def charts(facts: Facts, words: Words) -> Iterator[Block]:
    """Return the drawings of a month that has tickets, in their order."""
    report, label = facts.month.report, words.label
    yield Pictures(pictures=(_trend(facts, words),))
    yield Pictures(pictures=(_hours(facts, words),))
    yield Pictures(pictures=tuple(_steps(facts, kind, words) for kind in HEADLINES))
    shown = min(MOST_BARS, len(report.categories))
    every = shown == len(report.categories)
    categories = (
        label("chart.categories") if every else label("chart.categories_top", shown=words.many(shown))
    )
    yield Pictures(
        pictures=(
            _groups(words("chart.channels"), report.channels, "word.other", words),
            _groups(categories, report.categories, "no_category", words),
        )
    )


def _trend(facts: Facts, words: Words) -> Picture:
    title = words("chart.trend")
    lines = [
        Trend(name=words.promise(kind), values=tuple(each.share(kind) for each in facts.months))
        for kind in HEADLINES
    ]
    labels = [
        f"{words.labels.month(each.month.year, each.month.number)[:3]} {each.month.year % 100:02}"
        for each in facts.months
    ]
    told = (
        f"{line.name}: {', '.join(f'{at} {words.share(share)}' for at, share in zip(labels, line.values, strict=True) if share is not None)}"
        for line in lines
    )
    drawing = trend_chart(
        labels, lines, says=f"{title}. {'. '.join(told)}", top=1.0, written=words.share, targets=tuple(_targets(facts, words))
    )  # fmt: skip
    return Picture(title=title, drawing=drawing)


def _targets(facts: Facts, words: Words) -> Iterator[Target]:
    """Yield what is to be reached; one line where both promises have the same target."""
    goals = {kind: promise_goal(facts.month.desk, kind) for kind in HEADLINES}
    for value in dict.fromkeys(goals.values()):
        if value is not None:
            promises = ", ".join(words.promise(kind).lower() for kind in HEADLINES if goals[kind] == value)
            yield Target(name=words("goal", promise=promises, goal=words.share(value)), value=value)


def _hours(facts: Facts, words: Words) -> Picture:
    report, title = facts.month.report, words("chart.hours")
    counts = report.by_hour
    seen = [hour for _, hour in counts]
    hours = range(min((*seen, _WORKING_HOURS[0])), max((*seen, _WORKING_HOURS[1])) + 1)
    rows = [
        (words.labels.weekday(_MONDAY + timedelta(days=day)), [counts.get((day, hour), 0) for hour in hours])
        for day in range(7)
    ]
    told = "; ".join(
        f"{name} {', '.join(f'{hour:02}: {many}' for hour, many in zip(hours, theirs, strict=True) if many)}"
        for name, theirs in rows
        if any(theirs)
    )
    return Picture(
        title=title,
        drawing=heat_chart(
            rows, [f"{hour:02}" for hour in hours], says=f"{title}. {told}", written=words.many
        ),
    )


def _steps(facts: Facts, kind: str, words: Words) -> Picture:
    title = words("chart.steps", promise=words.promise(kind))
    counts = facts.month.report.steps[kind]
    names = [words("up_to", length=in_words(step, words.language)) for step in STEPS[kind]]
    return _bars(title, [*names, words("longer")], counts, words)


def _groups(title: str, groups: Sequence[Group], nameless: str, words: Words) -> Picture:
    shown = groups[:MOST_BARS]
    names = [words.label(nameless) if each.name is None else words.labels.word(each.name) for each in shown]
    return _bars(
        title, names, [each.tickets for each in shown], words, whole=sum(each.tickets for each in groups)
    )


def _bars(
    title: str, names: Sequence[str], counts: Sequence[int], words: Words, *, whole: int | None = None
) -> Picture:  # fmt: skip
    of = whole or sum(counts)
    bars = [
        Bar(label=name, many=many, says=f"{words.many(many)} ({words.share(many / of)})" if of else "0")
        for name, many in zip(names, counts, strict=True)
    ]
    told = ", ".join(f"{each.label}: {each.says}" for each in bars)
    return Picture(title=title, drawing=bar_chart(bars, says=f"{title}. {told}"))
