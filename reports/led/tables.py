"""The tables and drawings of a self-evaluation: its indicators, its promises, its media and months, and what users said."""

from collections.abc import Sequence
from datetime import timedelta

from reports.charts.drawings import WIDE, Bar, Target, Trend, bar_chart, column_chart, trend_chart
from reports.charts.layout import Value
from reports.figures import HEADLINES
from reports.led.evidence_words import NAMES, NO_DATA, SENTENCES
from reports.led.speaking import Speaking
from reports.led.year import Year
from reports.paper.blocks import Column, Picture, Pictures, Table
from reports.written import NOTHING
from tickets.evaluation import Criterion, Evidence, Proof, Proven

_MEDIA = 3  # lines of a chart


def criteria(proven: Sequence[Proven], year: Year, words: Speaking) -> Table:
    """The indicators of the unit, each with what the ledger proves of it."""
    return Table(
        columns=(
            Column(label=words("code")), Column(label=words("indicator"), share=3), Column(label=words("evidence"), share=4),
            Column(label=words("target"), right=True), Column(label=words("reached"), right=True), Column(label=words("status")),
        ),
        rows=tuple(_criterion(each, year, words) for each in proven), title=words("criteria"),
    )  # fmt: skip


def _criterion(each: Proven, year: Year, words: Speaking) -> tuple[str, ...]:
    one, unit = each.criterion, each.proofs[0].evidence.unit
    return (
        one.code, one.name(words.language), "; ".join(_sentence(proof, one, year, words) for proof in each.proofs),
        words.figure(one.target, unit), words.figure(each.actual, unit), words(f"status.{_status(each)}"),
    )  # fmt: skip


def _status(each: Proven) -> str:
    if each.actual is None:
        return "no_data"
    if each.reached is None:
        return "no_target"
    return "reached" if each.reached else "missed"


def _sentence(proof: Proof, criterion: Criterion, year: Year, words: Speaking) -> str:
    name = NAMES[proof.evidence].say(words.language)
    if proof.actual is None:
        return NO_DATA.say(words.language, evidence=name)
    return SENTENCES[proof.evidence].say(
        words.language, actual=words.figure(proof.actual, proof.evidence.unit), part=words.many(proof.part),
        of=words.many(proof.of), within=words.length(criterion.within), channels=words.channels(year),
        scale=str(year.satisfaction.scale),
    )  # fmt: skip


def answered_chart(year: Year, criterion: Criterion, words: Speaking) -> Pictures:
    """Draw the share of first answers within the criterion's time, a line a medium."""
    shares = {
        (each.channel, each.month.number): each.share for each in year.answered[criterion.within]
    }  # fmt: skip
    months = [each.month.number for each in year.services_by_month]
    lines = [
        Trend(name=words.channel(key), values=tuple(shares.get((key, month)) for month in months))
        for key in _channels(year)[:_MEDIA]
    ]
    title = _answered(criterion.within, words)
    drawing = trend_chart(
        [words.month(month) for month in months], lines, says=title, top=1.0, written=words.share,
        targets=_goal(criterion, words),
    )  # fmt: skip
    return Pictures(pictures=(Picture(title=title, drawing=drawing),))


def _goal(criterion: Criterion, words: Speaking) -> tuple[Target, ...]:
    """Return the line to be reached, where the share of answers is what is held against the target."""
    if criterion.target is None or criterion.evidence[0] is not Evidence.ANSWERED_WITHIN:
        return ()
    return (Target(name=words("goal", goal=words.share(criterion.target)), value=criterion.target),)


def answered(year: Year, criterion: Criterion, words: Speaking) -> Table:
    """Requests and those answered in time, a row a month, a column a medium."""
    channels = _channels(year)
    found = {(each.channel, each.month.number): each for each in year.answered[criterion.within]}

    def cell(channels: Sequence[str], months: Sequence[int]) -> str:
        some = [found[key] for key in ((c, m) for c in channels for m in months) if key in found]
        requests, in_time = sum(each.requests for each in some), sum(each.in_time for each in some)
        if not requests:
            return NOTHING
        return f"{words.many(in_time)}/{words.many(requests)} ({words.share(in_time / requests)})"

    months = [each.month.number for each in year.services_by_month]
    rows = [
        (words.month(month), *(cell([each], [month]) for each in channels), cell(channels, [month]))
        for month in months
    ]
    rows.append((words("all"), *(cell([each], months) for each in channels), cell(channels, months)))
    return Table(
        columns=(
            Column(label=words("month")), *(Column(label=words.channel(each), right=True, share=1) for each in channels),
            Column(label=words("all"), right=True, share=1),
        ),
        rows=tuple(rows), title=_answered(criterion.within, words),
    )  # fmt: skip


def additional(year: Year, words: Speaking) -> Table:
    """Promises, requests and what became of them, beside the year before."""
    rows = []
    for kind in HEADLINES:
        now, before = year.now.promise(kind), year.before.promise(kind)
        name = words.promise(kind)
        rows += [
            (words("share", promise=name), words.share(now.share), words.share(before.share)),
            (words("median", promise=name), words.length(now.median), words.length(before.median)),
            (words("p90", promise=name), words.length(now.p90), words.length(before.p90)),
        ]
    rows += [
        (words("requests"), words.many(year.now.tickets), words.many(year.before.tickets)),
        (words("finished"), words.many(year.now.finished), words.many(year.before.finished)),
    ]
    return Table(
        columns=(
            Column(label=words("indicator"), share=3), Column(label=str(year.year), right=True, share=1),
            Column(label=words("year_before"), right=True, share=1),
        ),
        rows=tuple(rows), title=words("additional"),
    )  # fmt: skip


def volume_chart(year: Year, words: Speaking) -> Pictures:
    title = words("requests_by_month")
    values = [
        Value(label=words.month(each.month.number), many=each.tickets, inner=each.finished, says="")
        for each in year.services_by_month
    ]
    legend = (words("requests"), words("finished"))
    drawing = column_chart(values, says=title, legend=legend, written=words.many)
    return Pictures(pictures=(Picture(title=title, drawing=drawing),))


def scores_chart(year: Year, words: Speaking) -> Pictures:
    found, title = year.satisfaction, words("scores")
    bars = [Bar(label=str(score), many=many, says=words.many(many)) for score, many in found.counts.items()]
    drawing = bar_chart(bars, says=title, width=WIDE, most=max(found.answered, 1))
    return Pictures(pictures=(Picture(title=title, drawing=drawing),))


def _channels(year: Year) -> list[str]:
    return [each.key or "other" for each in year.now.channels]


def _answered(within: timedelta, words: Speaking) -> str:
    return words("answered", within=words.length(within))
