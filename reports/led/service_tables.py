"""Every kind of service in the self-evaluation: what became of it over the year and month by month, and how it was rated."""

from collections import Counter
from collections.abc import Iterator, Sequence

from reports.charts.drawings import Trend, trend_chart
from reports.charts.layout import round_above
from reports.figures import Group
from reports.led.services import Served
from reports.led.speaking import Speaking
from reports.led.year import Year
from reports.paper.blocks import Column, Picture, Pictures, Table
from reports.written import NOTHING
from templates_replies.render import one_line
from tickets.clocks import RESOLUTION

_LINES = 3  # of a chart
_LONGEST_NAME = 100  # characters of a line's name


def services(year: Year, words: Speaking) -> Table:
    """Every kind of service: how much, how well, how satisfied, and how much was found of it."""
    before = {each.key: each.tickets for each in year.before.categories}
    found = Counter(each.service for each in year.findings)

    def row(each: Group) -> tuple[str, ...]:
        resolution, service = each.resolution, f"category:{each.key}"
        return (
            each.name or words("no_category"), words.many(each.tickets), words.many(before.get(each.key, 0)),
            words.share(resolution.share), words.length(resolution.median), words.length(resolution.p90),
            words.mean(year.scores.get(service)), words.many(found[service]),
        )  # fmt: skip

    def idle(service: str, name: str) -> tuple[str, ...]:
        earlier = before.get(service.partition(":")[2], 0)
        return (name, words.many(0), words.many(earlier), *(NOTHING,) * 4, words.many(found[service]))

    asked_for = {f"category:{each.key}" for each in year.now.categories}
    never = [(key, name) for key, name in year.categories() if key not in asked_for]
    heads = ("requests", "year_before", "in_time", "median_short", "p90_short", "score", "findings")
    return Table(
        columns=(
            Column(label=words("service"), share=7),
            *(_figure(head, words) for head in heads),
        ),
        rows=(*(row(each) for each in year.now.categories), *(idle(*each) for each in never)), title=words("by_service"),
    )  # fmt: skip


def _figure(head: str, words: Speaking) -> Column:
    """Return a column of numbers, as wide as they are; lengths of time have room for two words beside each other."""
    return Column(label=words(head), right=True, share=2 if head in {"median_short", "p90_short"} else 0)


def largest_chart(year: Year, words: Speaking) -> Pictures:
    """Draw the requests of the kinds most asked for, month by month."""
    months = year.services_by_month
    lines = [
        Trend(
            name=one_line(each.name or words("no_category"), longest=_LONGEST_NAME),
            values=tuple(month.tickets_of(each.key) for month in months),
        )
        for each in year.now.categories[:_LINES]
    ]
    keys = [each.key for each in year.now.categories[:_LINES]]
    top = round_above(max((month.tickets_of(key) for key in keys for month in months), default=0))
    title = words("largest")
    drawing = trend_chart(
        [words.month(each.month.number) for each in months], lines, says=title, top=float(top),
        written=lambda value: words.many(value) if value.is_integer() else "",
    )  # fmt: skip
    return Pictures(pictures=(Picture(title=title, drawing=drawing),))


def services_by_month(year: Year, words: Speaking) -> Table:
    """Requests and the share that was solved in time, a row a kind of service, a column a month."""
    months = year.services_by_month
    rows = [
        _months_row(
            each.name or words("no_category"), [month.categories.get(each.key) for month in months],
            (each.tickets, each.resolution.share), words,
        )
        for each in year.now.categories
    ]  # fmt: skip
    total = (year.now.tickets, year.now.promise(RESOLUTION).share)
    rows.append(_months_row(words("all"), [month.all() for month in months], total, words))
    return _by_month(year, rows, words, title=words("services_by_month"), head=words("service"))


def _months_row(
    name: str, served: Sequence[Served | None], total: tuple[int, float | None], words: Speaking
) -> tuple[str, ...]:
    def cell(tickets: int, share: float | None) -> str:
        return f"{words.many(tickets)}\n{words.whole(share)}" if tickets else NOTHING

    months = (cell(each.tickets, each.solved.share) if each else NOTHING for each in served)
    return (name, *months, cell(*total))


def procedures(year: Year, words: Speaking) -> Table:
    """Every procedure of which a case began: how many, how they went, which step held them up."""
    found = Counter(each.service for each in year.findings)
    rows = tuple(
        (
            each.procedure.name, words.many(each.cases), words.many(year.procedures_before.get(each.procedure.id, 0)),
            words.many(each.open), words.many(each.went_round), words.length(each.median), words.length(each.p90),
            each.bottleneck.step.does if each.bottleneck else NOTHING,
            words.mean(year.scores.get(f"procedure:{each.procedure.id}")), words.many(found[f"procedure:{each.procedure.id}"]),
        )
        for each in year.procedures
        if each.cases
    )  # fmt: skip
    heads = ("cases", "year_before", "open", "again", "median_short", "p90_short")
    return Table(
        columns=(
            Column(label=words("procedure"), share=6), *(_figure(head, words) for head in heads),
            Column(label=words("bottleneck"), share=6), *(_figure(head, words) for head in ("score", "findings")),
        ),
        rows=rows, title=words("by_procedure"),
    )  # fmt: skip


def cases_by_month(year: Year, words: Speaking) -> Table:
    rows = [
        (each.procedure.name, *_cases(year, each.procedure.id, words), words.many(each.cases))
        for each in year.procedures
        if each.cases
    ]
    return _by_month(year, rows, words, title=words("cases_by_month"), head=words("procedure"))


def _cases(year: Year, procedure: str, words: Speaking) -> Iterator[str]:
    for month in year.services_by_month:
        cases = month.cases.get(procedure)
        yield words.many(cases) if cases else NOTHING


def _by_month(
    year: Year, rows: Sequence[tuple[str, ...]], words: Speaking, *, title: str, head: str
) -> Table:  # fmt: skip
    months = (words.month(each.month.number) for each in year.services_by_month)
    return Table(
        columns=(
            Column(label=head, share=6), *(Column(label=month, right=True, share=1) for month in months),
            Column(label=words("all"), right=True),
        ),
        rows=tuple(rows), title=title,
    )  # fmt: skip
