"""The tables of the month on paper; of long ones the rows that matter most, and where the others are."""

from collections.abc import Iterator, Sequence
from datetime import timedelta

from procedures.words.masking import hidden
from reports.broken_steps import promise_name
from reports.figures import Attainment, Group
from reports.findings.causes import causes_of
from reports.findings.facts import Facts
from reports.month_paper.words import Words
from reports.paper.blocks import Block, Column, Heading, Paragraph, Table
from reports.tally import Breach, Mentioned
from reports.written import NOTHING
from templates_replies.render import one_line

MOST_GROUPS, MOST_BREACHES, MOST_UNCATEGORISED = 60, 40, 20
_LONGEST = 80  # of a subject


def promises(facts: Facts, words: Words) -> Iterator[Block]:
    """Tell how each kind of promise was kept."""
    yield Heading(text=words.label("promises"))
    keys = ("share", "met", "breaches", "running_count", "ended", "median", "p90")
    yield Table(
        columns=(
            Column(label=words.label("promise"), share=4),
            *(Column(label=words.label(key), right=True, share=2) for key in keys),
        ),
        rows=tuple(_promise(each, words) for each in facts.month.report.promises),
    )


def _promise(each: Attainment, words: Words) -> tuple[str, ...]:
    promised = words.promised(each.kind)
    name = f"{words.promise(each.kind)} ({promised})" if promised else words.promise(each.kind)
    counts = (each.met, each.breached, each.running, each.ended)
    times = (words.length(length, each.kind, brief=True) for length in (each.median, each.p90))
    return (name, words.share(each.share), *map(words.many, counts), *times)


def groups(facts: Facts, words: Words) -> Iterator[Block]:
    """Tell of categories, channels and agents, each with how its promises were kept."""
    report = facts.month.report
    yield from _groups("categories", report.categories, "category", "no_category", words)
    yield from _groups("channels", report.channels, "channel", "word.other", words)
    yield from _groups("agents", report.agents, "agent", "nobody", words, answers=True)


def _groups(
    sheet: str, found: Sequence[Group], name: str, nameless: str, words: Words, *, answers: bool = False
) -> Iterator[Block]:  # fmt: skip
    label = words.label
    parts = [(kind, part) for kind in ("first_response", "resolution") for part in ("share", "median")]
    heads = [label(key) for key in ("tickets", "finished", *(("answers",) if answers else ()))]
    heads += [f"{words.promise(kind)}: {label(part).lower()}" for kind, part in parts]
    yield Heading(text=label(f"sheet.{sheet}"), level=2)
    yield Table(
        columns=(
            Column(label=label(name), share=9),
            *(Column(label=head, right=True, share=3 if ":" in head else 2) for head in heads),
        ),
        rows=tuple(_group(each, nameless, words, answers=answers) for each in found[:MOST_GROUPS]),
    )
    if len(found) > MOST_GROUPS:
        yield _shown("most_of", MOST_GROUPS, len(found), words)


def _group(each: Group, nameless: str, words: Words, *, answers: bool) -> tuple[str, ...]:
    name = words.label(nameless) if each.name is None else words.labels.word(each.name)
    kept = [
        said
        for one in (each.first_response, each.resolution)
        for said in (words.share(one.share), words.length(one.median, one.kind, brief=True))
    ]
    counts = (each.tickets, each.finished, *((each.answers,) if answers else ()))
    return (name, *map(words.many, counts), *kept)


def breaches(facts: Facts, words: Words) -> Iterator[Block]:
    """Tell of the promises that were not kept, the latest first, each with its circumstances."""
    found = sorted(facts.month.report.breaches, key=_late, reverse=True)
    yield Heading(text=words.label("sheet.breaches"))
    if not found:
        yield Paragraph(text=words.label("empty.breaches"))
        return
    label = words.label
    yield Table(
        columns=(
            Column(label=words.labels.column("number"), right=True),
            Column(label=words.labels.column("subject"), share=5),
            Column(label=label("promise"), share=3), Column(label=words("dates"), share=4),
            Column(label=label("late"), share=3), Column(label=label("held_by"), share=4), Column(label=words("why"), share=4),
        ),
        rows=tuple(_breach(each, facts, words) for each in found[:MOST_BREACHES]),
    )  # fmt: skip
    if len(found) > MOST_BREACHES:
        yield _shown("shown_of", MOST_BREACHES, len(found), words)


def _breach(each: Breach, facts: Facts, words: Words) -> tuple[str, ...]:
    promise, label = each.promise, words.label
    kept = label("still_open") if promise.ended_at is None else label("word.ended")
    if promise.met_at is not None:
        kept = words.at(promise.met_at)
    why = [words(cause) for cause in causes_of(each, facts)]
    if promise.extended_why:
        why.append(words("extended", why=one_line(hidden(promise.extended_why), longest=_LONGEST)))
    return (
        f"#{each.ticket.number}",
        _subject(each.ticket, words),
        promise_name(promise, facts.month.steps, words.labels),
        f"{words.at(promise.breached_at or promise.due_at)} / {kept}",
        words.length(promise.late, promise.kind, brief=True),
        each.held_by_name or label("no_holder"),
        "; ".join(why) or NOTHING,
    )


def uncategorised(facts: Facts, words: Words) -> Iterator[Block]:
    """List the tickets without a category."""
    report, column = facts.month.report, words.labels.column
    yield Heading(text=words.label("sheet.uncategorised"), level=2)
    if not report.uncategorised:
        yield Paragraph(text=words.label("empty.uncategorised"))
        return
    yield Table(
        columns=(
            Column(label=column("number"), right=True), Column(label=column("created_at")),
            Column(label=column("channel")), Column(label=column("subject"), share=5),
            Column(label=column("status")), Column(label=column("assignee_name"), share=4),
        ),
        rows=tuple(
            (
                f"#{row.number}", words.at(row.created_at), words.labels.word(row.channel), _subject(row, words),
                words.labels.word(row.status), row.assignee_name or words.label("nobody"),
            )
            for row in report.uncategorised[:MOST_UNCATEGORISED]
        ),
    )  # fmt: skip
    if len(report.uncategorised) > MOST_UNCATEGORISED:
        yield _shown("oldest_of", MOST_UNCATEGORISED, len(report.uncategorised), words)


def _subject(row: Mentioned, words: Words) -> str:
    return one_line(hidden(row.subject), longest=_LONGEST) if row.subject else words.labels.word(row.channel)


def _late(breach: Breach) -> timedelta:
    return breach.promise.late or timedelta()


def _shown(key: str, shown: int, every: int, words: Words) -> Paragraph:
    return Paragraph(text=words(key, shown=words.many(shown), all=words.many(every)), quiet=True)
