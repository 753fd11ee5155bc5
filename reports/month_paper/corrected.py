"""What has changed since the month was closed, on paper: the figures from and to, and what happened to which ticket."""

from collections.abc import Iterator

from reports.correction_words import cause_details, doer, figure_name, figure_words
from reports.filed.closing import Change
from reports.findings.facts import Facts
from reports.month_paper.words import Words
from reports.paper.blocks import Block, Column, Heading, Paragraph, Table
from reports.written import NOTHING

MOST = 40  # causes; the workbook has more of them


def corrections(facts: Facts, words: Words) -> Iterator[Block]:
    """Tell nothing of a month that is not closed."""
    found, label = facts.month.corrections, words.label
    if found is None:
        return
    names, labels = facts.month.report.names, words.labels

    def cells(one: Change) -> tuple[str, ...]:
        figures = (figure_words(one.key, value, labels) for value in (one.before, one.after))
        return (figure_name(one.key, labels, names), *figures)

    yield Heading(text=label("sheet.changes"))
    if not found.changes:
        yield Paragraph(text=label("empty.changes"))
        return
    yield Table(
        columns=(
            Column(label=label("change.figure"), share=1), Column(label=label("change.before"), right=True),
            Column(label=label("change.after"), right=True),
        ),
        rows=tuple(cells(one) for one in found.changes),
    )  # fmt: skip
    if not found.causes:
        return
    yield Table(
        columns=(
            Column(label=label("change.at")), Column(label=label("change.ticket")),
            Column(label=label("change.why"), share=1), Column(label=label("change.from_to"), share=1),
            Column(label=label("change.by")),
        ),
        rows=tuple(
            (
                words.at(one.at), f"#{one.ticket}", label(f"cause.{one.kind}"),
                cause_details(one, labels, names) or NOTHING, doer(one.by, labels, names),
            )
            for one in found.causes[:MOST]
        ),
    )  # fmt: skip
    if found.more or len(found.causes) > MOST:
        yield Paragraph(text=label("cause.more"), quiet=True)
