"""The tables and drawings of a self-evaluation."""

from collections import Counter
from collections.abc import Iterator, Sequence

from reports.charts.drawings import WIDE, Bar, Trend, bar_chart, column_chart, trend_chart
from reports.charts.layout import Value
from reports.led.speaking import Speaking
from reports.led.year import Year
from reports.measures import HEADLINES, Group
from reports.paper.blocks import Column, Picture, Pictures, Table
from reports.written import NOTHING
from templates_replies.render import one_line
from tickets.findings import Stand
from tickets.views import FindingView

MOST_FINDINGS = 60  # in a table
_LONGEST = 260  # characters of a finding in a table
_MEDIA = 3  # lines of a chart


def share_in_time(year: Year) -> float | None:
    """Return the share of requests that had their first answer in time, by whichever medium."""
    requests = sum(each.requests for each in year.media)
    return sum(each.in_time for each in year.media) / requests if requests else None


def indicators(year: Year, words: Speaking) -> Table:
    """The four indicators of the unit, each with what the ledger proves of it."""
    requests, in_time = (sum(getattr(each, name) for each in year.media) for name in ("requests", "in_time"))
    served = [each for each in year.months if each.tickets]
    closed = sum(each.stand is Stand.CLOSED for each in year.findings)
    tickets, finished = year.now.tickets, year.now.finished
    asked_for = len(year.now.categories) + sum(bool(each.cases) for each in year.procedures)
    rows = (
        ("B.1.8.17.a", words("served", finished=words.many(finished), tickets=words.many(tickets)),
         words.share(finished / tickets if tickets else None)),
        ("B.1.8.17.b", words("months_served", months=len(served), all=len(year.months), channels=words.channels(year)),
         words.share(len(served) / len(year.months) if year.months else None)),
        ("B.1.8.17.c", words("evaluated", services=words.many(asked_for), closed=words.many(closed), findings=words.many(len(year.findings))),
         words.share(closed / len(year.findings) if year.findings else None)),
        ("B.1.14.11.a", words("calendar", in_time=words.many(in_time), requests=words.many(requests)),
         words.share(share_in_time(year))),
    )  # fmt: skip
    return Table(
        columns=(
            Column(label=words("code")), Column(label=words("indicator"), share=3), Column(label=words("evidence"), share=4),
            Column(label=words("reached"), right=True),
        ),
        rows=tuple((code, words(code), evidence, reached) for code, evidence, reached in rows),
    )  # fmt: skip


def media_chart(year: Year, words: Speaking) -> Pictures:
    shares = {(each.channel, each.month.number): each.share for each in year.media}
    largest = [each.key or "other" for each in year.now.channels][:_MEDIA]
    months = [each.month.number for each in year.months]
    lines = [
        Trend(name=words.channel(key), values=tuple(shares.get((key, month)) for month in months))
        for key in largest
    ]
    title = words("media")
    drawing = trend_chart(
        [words.month(month) for month in months], lines, says=title, top=1.0, written=words.share, target=1.0
    )
    return Pictures(pictures=(Picture(title=title, drawing=drawing),))


def media(year: Year, words: Speaking) -> Table:
    """Requests and those answered in time, a row a month, a column a medium."""
    channels = [each.key or "other" for each in year.now.channels]
    found = {(each.channel, each.month.number): each for each in year.media}

    def cell(channels: Sequence[str], months: Sequence[int]) -> str:
        some = [found[key] for key in ((c, m) for c in channels for m in months) if key in found]
        requests, in_time = sum(each.requests for each in some), sum(each.in_time for each in some)
        if not requests:
            return NOTHING
        return f"{words.many(in_time)}/{words.many(requests)} ({words.share(in_time / requests)})"

    months = [each.month.number for each in year.months]
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
        rows=tuple(rows), title=words("media"),
    )  # fmt: skip


def additional(year: Year, words: Speaking) -> Table:
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
    in_time: Counter[int] = Counter()
    for each in year.media:
        in_time[each.month.number] += each.in_time
    values = [
        Value(
            label=words.month(each.month.number), many=each.tickets, inner=in_time[each.month.number], says=""
        )
        for each in year.months
    ]
    legend = (words("requests"), words("B.1.14.11.a"))
    return Pictures(pictures=(Picture(title=title, drawing=column_chart(values, says=title, legend=legend)),))


def services(year: Year, words: Speaking) -> Table:
    """Every kind of service: how much, how well, how satisfied, and what was found of it."""
    before = {each.key: each.tickets for each in year.before.categories}
    found = Counter(each.service for each in year.findings)

    def row(each: Group) -> tuple[str, ...]:
        resolution = each.resolution
        return (
            each.name or words("no_category"), words.many(each.tickets), words.many(before.get(each.key, 0)),
            words.share(resolution.share), words.length(resolution.median), words.length(resolution.p90),
            words.mean(year.scores.get(each.key)), words.many(found[f"category:{each.key}"]),
        )  # fmt: skip

    heads = ("requests", "year_before", "in_time", "median_short", "p90_short", "score", "findings")
    return Table(
        columns=(
            Column(label=words("service"), share=3),
            *(Column(label=words(head), right=True, share=2 if head in {"median_short", "p90_short"} else 1) for head in heads),
        ),
        rows=tuple(row(each) for each in year.now.categories), title=words("by_service"),
    )  # fmt: skip


def procedures(year: Year, words: Speaking) -> Table:
    found = Counter(each.service for each in year.findings)
    rows = tuple(
        (
            each.procedure.name, words.many(each.cases), words.many(year.procedures_before.get(each.procedure.id, 0)),
            words.many(each.open), words.many(each.went_round), words.length(each.median), words.length(each.p90),
            each.bottleneck.step.does if each.bottleneck else NOTHING, words.many(found[f"procedure:{each.procedure.id}"]),
        )
        for each in year.procedures
        if each.cases
    )  # fmt: skip
    heads = ("cases", "year_before", "open", "again", "median_short", "p90_short")
    return Table(
        columns=(
            Column(label=words("procedure"), share=3), *(Column(label=words(head), right=True, share=1) for head in heads),
            Column(label=words("bottleneck"), share=3), Column(label=words("findings"), right=True, share=1),
        ),
        rows=rows, title=words("by_procedure"),
    )  # fmt: skip


def register(year: Year, words: Speaking, found: Sequence[FindingView], *, title: str) -> Table:
    return Table(
        columns=(
            Column(label=words("number"), right=True), Column(label=words("finding"), share=4),
            Column(label=words("action"), share=4), Column(label=words("responsible"), share=2),
            Column(label=words("due"), share=2), Column(label=words("stand"), share=2),
        ),
        rows=tuple(_finding(each, year, words) for each in found[:MOST_FINDINGS]), title=title,
    )  # fmt: skip


def _finding(each: FindingView, year: Year, words: Speaking) -> tuple[str, ...]:
    responsible = year.names.get(each.responsible, each.responsible) if each.responsible else NOTHING
    return (
        str(each.id), one_line(each.text, longest=_LONGEST), one_line(each.action, longest=_LONGEST) or NOTHING, responsible,
        words.day(each.due_on) if each.due_on else NOTHING, ", ".join(_stands(each, year, words)),
    )  # fmt: skip


def _stands(each: FindingView, year: Year, words: Speaking) -> Iterator[str]:
    yield words(f"stand.{each.stand}")
    if each.effect:
        yield words(f"effect.{each.effect}")
    if each.is_overdue(words.today(year)):
        yield words("overdue")


def scores_chart(year: Year, words: Speaking) -> Pictures:
    found, title = year.satisfaction, words("scores")
    bars = [Bar(label=str(score), many=many, says=words.many(many)) for score, many in found.counts.items()]
    drawing = bar_chart(bars, says=title, width=WIDE, most=max(found.answered, 1))
    return Pictures(pictures=(Picture(title=title, drawing=drawing),))
